/** What `kesu --help` says. */
export const HELP = `可溯命令行  npm run -s kesu -- <命令> [选项]

命令
  replay <案件>      按入账次序重放一个案件：时间线、时限、疑点；可用 --at 等选项重放到任一时刻
  custody <案件>     责任链：每一环节由谁承办、多少天；可用 --at 等选项，同 replay
  rebuild            由事件日志重建读模型，给出事件数和散列
  backup <目录>      把内嵌事件日志压缩备份到新目录（附件和密钥不在其中，须另行备份）
  due                计算期限：--from 2026-09-18 --limit 20wd [--extend 10wd]… [--before]；只按随程序发布的日历，不含账本
                     中录入的放假通知
  calendar           放假通知：check <文件> 离线核对；propose <文件> 申请入账，approve|refuse <申请> 由另一人决定；
                     list、show <年份或申请> 查看
  law                规则包版次：check <文件> 离线核对，只与本程序所带的版次比较，不含账本中发布的；propose <文件> 申请发布，
                     approve|refuse <申请> 由另一人决定；list 查看
  sample             随机抽查：verify <抽查> 取回总体重新抽取并核对；fetch <抽查> 取回为 JSON 文件，verify <文件> 离线核对；
                     draw <总体文件> --seed <种子> --size <件数> 自行抽取
  token              取得开发令牌（仅限开发、模拟账本）

选项
  --as <账户>        以哪个账户办理，例如 chen.handler；也可在 KESU_TOKEN 中给出令牌
  --acting-as <任职> 有多项有效任职时，以哪一项任职办理
  --purpose <目的>   查阅目的：handling、supervision、audit、inquiry
  --from <日期>      起始日（不计入），以小时计的写带时区的时间
  --limit <期限>     wd 工作日、cd 自然日、h 小时，例如 20wd
  --extend <期限>    延长，可写多次，自前一到期日起续算
  --before           自起始日向前倒数
  --at <时刻>        重放到这一时刻为止所知：带时区的时间，或日期（当日终了）
  --occurred-by <时刻>  只计这一时刻以前发生的行为
  --revision <版本>  重放到案件的这一版本
  --on <日期>        申请或决定之日，不写为本机的今日；模拟账本的时间是另外的，须写明
  --reason <理由>    申请的理由；不予的，须写明
  --seed <种子>      抽取的种子：64 位小写十六进制
  --size <件数>      抽取的件数
  --json             只输出 JSON
  -h, --help         显示本说明

服务在运行时向它提出请求（KESU_URL，或数据目录中记下的地址）；没有服务时，replay、custody、rebuild 和 backup 自行
打开数据目录（KESU_DATA）。
`;
