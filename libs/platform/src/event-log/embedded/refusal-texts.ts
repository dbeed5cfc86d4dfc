/** What operators read when the log cannot be opened or a part of it is damaged. Every text of the embedded log is here. */

/** Why a log is not opened. Stable: other programs switch on it. */
export type RefusalCode =
  | 'LOG_LOCKED'
  | 'LOG_DAMAGED'
  | 'LOG_FOREIGN'
  | 'LOG_TRUNCATED'
  | 'LOG_FOLDER_UNUSABLE'
  | 'LOG_CHECK_FAILED'
  | 'LOG_TARGET_EXISTS';

const RESTORE = '请勿修改或删除该文件，先整体复制留存，再用最近的备份恢复。';

/** Said when a log is not opened: `file` is the file or folder meant. */
export const refusalTexts = {
  locked: (folder: string, pid: number): string =>
    `事件日志目录 ${folder} 正由进程 ${pid} 使用。请先停止该进程，或为本服务另设目录（KESU_DATA）。`,
  folderUnusable: (folder: string, cause: string): string =>
    `事件日志目录 ${folder} 无法使用：${cause}。请检查该目录是否存在、所属用户与读写权限、磁盘是否已满。`,
  missing: (file: string): string => `事件日志文件 ${file} 不见了，而该目录曾经存有日志。请用最近的备份恢复后再启动。`,
  foreign: (file: string): string =>
    `文件 ${file} 不是本系统的事件日志，或由不兼容的版本写成。请检查目录设置（KESU_DATA），或用写成它的版本打开。`,
  otherLedger: (file: string, found: string, asked: string): string =>
    `事件日志 ${file} 属于账本 ${found}，而不是 ${asked}。请检查账本名（KESU_LEDGER）与目录（KESU_DATA）的设置。`,
  truncated: (file: string, found: number, expected: number): string =>
    `事件日志文件 ${file} 被截短：现有 ${found} 字节，应有 ${expected} 字节。${RESTORE}`,
  damaged: (file: string, what: string): string => `事件日志文件 ${file} 已损坏：${what}。${RESTORE}`,
  checkFailed: (file: string, cause: string): string =>
    `无法检查事件日志文件 ${file}：${cause}。日志未必有损，请排除原因后重新启动。`,
  targetExists: (target: string): string => `备份目标 ${target} 已经存在。请另选一个不存在的目录。`,
};

/** What is damaged, as it stands inside {@link refusalTexts.damaged} and in the detail of an alarm. */
export const damageTexts = {
  record: (position: number): string => `第 ${position} 号记录校验和不符`,
  recordMissing: (position: number): string => `第 ${position} 号记录缺失`,
  recordBeyondEnd: (position: number): string => `第 ${position} 号记录超出已记的末尾`,
  recordMisplaced: (position: number): string => `第 ${position} 号记录与其所属流的次序不符`,
  index: (stream: string, revision: number): string => `流 ${stream} 第 ${revision} 号事件的索引缺失或有误`,
  indexOrder: (row: number): string => `索引第 ${row} 行缺失或次序有误`,
  stream: (number: number): string => `第 ${number} 号流的登记缺失或校验和不符`,
  counts: '总登记与各流、各记录的数目不符',
  summary: '总登记缺失或校验和不符',
  sinceLastStop: (found: number, expected: number): string => `上次停止时有 ${expected} 个事件，现在只见 ${found} 个`,
  rootPage: (page: number): string => `第 ${page} 页（根页）不是它所标明的那次提交写下的`,
  metaPage: (page: number): string => `第 ${page} 页（元页）无效`,
  metaOrder: '两个元页的提交次序不相衔接',
  freePage: (page: number): string => `第 ${page} 页（空闲页表）无效`,
  unreadable: (lastGood: number | undefined, how: string): string =>
    `读取时进程中断（${how}），${lastGood === undefined ? '一条记录也没有读到' : `最后一条完好的记录是第 ${lastGood} 号`}`,
  silent: (seconds: number): string => `${seconds} 秒内没有读出任何内容`,
  exitedWith: (code: number | null, message: string): string => `退出码 ${code ?? '无'} ${message}`.trimEnd(),
  signalled: (signal: string): string => `信号 ${signal}`,
};
