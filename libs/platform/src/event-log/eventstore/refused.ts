/** Everything this adapter says to an operator, in one place. */
const REFUSALS = {
  scheme: () => '连接串须以 esdb:// 或 esdb+discover:// 开头。',
  form: (part: string) => `连接串不合格式：${part}。应为 esdb://[用户名:口令@]主机[:端口][,主机[:端口]…][?参数=值&…]。`,
  'discover-several-hosts': () =>
    'esdb+discover:// 只用于一个域名；给出多个主机时只有第一个会被使用。请改为 esdb://主机一,主机二,主机三。',
  'unknown-parameter': (name: string) => `连接串中有不认识的参数 ${name}。`,
  'idle-parameter': (name: string) => `连接串中的参数 ${name} 在本系统中不起作用（时限与重试由系统自定），请删去。`,
  'parameter-value': (name: string) => `连接串中参数 ${name} 的值不对。`,
  'node-preference': () => '只能连接主节点（nodePreference=leader）：从节点的数据可能已经过时。',
  'append-failure': () => 'throwOnAppendFailure 只能为 true：写入失败不得被当作成功。',
  'tls-verify': () => '不支持 tlsVerifyCert=false：请用 tlsCAFile 指明所信任的证书颁发机构。',
  'credentials-without-tls': () => '连接串带有用户名和口令却写了 tls=false：不加密时口令不会被送出，等于没有登录。',
  'ca-without-tls': () => '指定了证书颁发机构文件却写了 tls=false，二者不能同时成立。',
  'ca-file': (file: string) => `读不到证书颁发机构文件 ${file}。`,
  ledger: (name: string) => `账本名 ${name} 不合规定。`,
  unreachable: (detail: string) => `连不上 EventStoreDB 或其不作答：${detail}`,
  'access-denied': () =>
    'EventStoreDB 拒绝访问：账户或口令不对，或缺少权利。所需权利：读 $all，读写本账本及其尝试日志的流，读二者的元数据流（$$<账本>_…、$$<账本>attempts_…）。',
  'expectation-ignored': (stream: string) =>
    `自检失败：流 ${stream} 接受了一次本应冲突的写入。该服务器不检查预期版本，不能用作日志。`,
} as const;

export type RefusalCode = keyof typeof REFUSALS;

/** The connection string cannot be used, or a check at start failed: the service must not start. `code` is stable. */
export class EventStoreRefused extends Error {
  override readonly name = 'EventStoreRefused';
  constructor(
    readonly code: RefusalCode,
    detail = '',
    options?: ErrorOptions,
  ) {
    super(REFUSALS[code](detail), options);
  }
}

/** What the operator should know although the service runs. */
export const NOTES = {
  settingsUnreadable:
    '无权读取 $settings，未能核对普通账户能否删除流。请由管理员确认 $userStreamAcl 已限制 $d 与 $mw。',
  noAuthentication: '与 EventStoreDB 的连接未加密，也无身份验证：能连上该端口者都能删除账本的流。',
  open: (rights: readonly string[]) =>
    `$settings 的 $userStreamAcl 未限制 ${rights.join('、')}：普通账户可以删除账本的流或改写其元数据。请限制为 $admins。`,
} as const;

export const REPORTS = {
  alarm: '账本完整性警报',
  dropped: '订阅中断，将从最后处理的位置重开',
  retry: '与 EventStoreDB 的一次往来未成，将重试',
  probeFailed: '时钟探测未成',
} as const;
