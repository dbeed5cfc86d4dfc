/** What an operator reads about the read models' database. */
export const messages = {
  notUtf8: (found: string): string => `读模型数据库的编码须为 UTF8，实际为 ${found}`,
  noAnswer: '无法使用 KESU_DATABASE 指定的读模型数据库：请检查地址、账号与网络',
  connectionLost: '读模型数据库的一个空闲连接已断开，将在下次查询时重连',
  inUse: (folder: string, pid: number): string => `读模型目录 ${folder} 正被进程 ${pid} 使用，不能同时打开`,
  setAside: (folder: string, aside: string, reason: string): string =>
    `读模型目录 ${folder} ${reason}，已移至 ${aside}，将从事件日志重新生成`,
  doesNotOpen: '无法打开',
  notTrusted: '上次没有正常关闭，其后机器断电或重新启动过，内容可能残缺',
  notFlushed: (folder: string): string => `读模型目录 ${folder} 未能写入磁盘，下次启动时可能须从事件日志重新生成`,
  stopped: '内嵌读模型数据库意外停止，读模型暂不可用，请重新启动服务',
  quarantined: '一个案件的事件无法识别或处理，已隔离，其他案件不受影响',
  alarm: '事件日志完整性告警：该案件停止对外提供',
  outrun: '另一进程已推进读模型，本进程从其位置继续',
  retrying: '读模型更新失败，稍后重试',
  unopened: (count: number): string =>
    `${count} 处文字因密钥不可用没有编入检索：请核对 KESU_KEYS，恢复密钥后重建读模型`,
  replaced: '读模型的定义已被另一版本的程序变更，本进程停止更新读模型',
} as const;
