import type { DocumentRefusalCode } from '../documents/index.js';
import type { IdentityRefusalCode } from '../identity/index.js';
import type { DenialCode } from '../ledger/index.js';

/** Faults of a request that no system has to do with. */
export type RequestFaultCode =
  | 'BODY_INVALID'
  | 'BODY_NOT_JSON'
  | 'BODY_NOT_OBJECT'
  | 'BODY_TOO_LARGE'
  | 'BODY_NOT_STORABLE'
  | 'BODY_MEMBER_REPEATED'
  | 'CONTENT_TYPE_UNSUPPORTED'
  | 'IDEMPOTENCY_KEY_REQUIRED'
  | 'IDEMPOTENCY_KEY_MALFORMED'
  | 'IF_MATCH_MALFORMED'
  | 'PREFER_MALFORMED'
  | 'PURPOSE_UNKNOWN'
  | 'CURSOR_MALFORMED'
  | 'CURSOR_OF_ANOTHER_QUERY'
  | 'QUERY_INVALID'
  | 'MOMENT_AMBIGUOUS'
  | 'ROUTE_NOT_FOUND'
  | 'METHOD_NOT_TAKEN'
  | 'ENTRY_NOT_FOUND'
  | 'PACK_UNKNOWN'
  | 'REVISION_NOT_REACHED'
  | 'REQUEST_INVALID'
  | 'REQUEST_TIMEOUT'
  | 'HEADERS_TOO_LARGE'
  | 'EXPECTATION_FAILED'
  | 'LOOPBACK_ONLY'
  | 'ACCOUNT_UNKNOWN'
  | 'CLOCK_ONLY_FORWARD'
  | 'BACKUP_REFUSED'
  | 'CONTENT_DIGEST_MALFORMED'
  | 'UPLOAD_STALLED'
  | 'UPLOAD_ABORTED'
  | 'RANGE_NOT_SATISFIABLE';

export type ServiceFaultCode =
  | 'TOO_MANY_REFUSALS'
  | 'ATTEMPT_NOT_KEPT'
  | 'CASE_CONFLICT'
  | 'OUTCOME_UNKNOWN'
  | 'LOG_UNAVAILABLE'
  | 'CASE_INTEGRITY_BROKEN'
  | 'CASE_QUARANTINED'
  | 'FACT_UNKNOWN'
  | 'KEY_UNUSABLE'
  | 'COMMAND_TOO_LARGE'
  | 'CLOCKS_DISAGREE'
  | 'DOCUMENT_DAMAGED'
  | 'DOCUMENT_STORE_UNAVAILABLE'
  | 'VIEWS_QUERY_FAILED'
  | 'INTERNAL_ERROR';

export type PlatformCode = DenialCode | DocumentRefusalCode | IdentityRefusalCode | RequestFaultCode | ServiceFaultCode;

type Values = Readonly<Record<string, string | number>>;

/** Status, and the sentence a person reads, of every code of the platform. Systems have theirs in refusals.ts. */
export const PLATFORM_TEXTS: Readonly<
  Record<PlatformCode, readonly [status: number, text: string | ((values: Values) => string)]>
> = {
  BODY_INVALID: [400, '请求内容不符合要求，请按 errors 逐项修改'],
  BODY_NOT_JSON: [400, '请求内容不是合法的 JSON'],
  BODY_NOT_OBJECT: [400, '请求内容须为 JSON 对象，不能是列表、文字、数字或者 null'],
  BODY_TOO_LARGE: [413, '请求内容超过 64 KiB'],
  BODY_NOT_STORABLE: [
    400,
    '请求内容含有不能入账的值：数字须为 ±2^53−1 以内的整数，文字和键须为 Unicode NFC 形式且不含非字符，层级不超过 16',
  ],
  BODY_MEMBER_REPEATED: [400, '请求内容中同一对象有重复的键，请按 errors 修改'],
  CONTENT_TYPE_UNSUPPORTED: [415, '请求内容须为 application/json，以 UTF-8 编码且未经压缩'],
  IDEMPOTENCY_KEY_REQUIRED: [400, '写入须带 Idempotency-Key 请求头，重发同一命令时使用同一个值'],
  IDEMPOTENCY_KEY_MALFORMED: [400, 'Idempotency-Key 须为 1 至 128 个可见 ASCII 字符'],
  IDEMPOTENCY_KEY_REUSED: [422, '这个 Idempotency-Key 已用于另一条内容不同的命令'],
  IF_MATCH_REQUIRED: [428, '作出决定须带 If-Match 请求头，写明所看到的版本（ETag）'],
  IF_MATCH_MALFORMED: [400, 'If-Match 须为一个强 ETag，例如 "3"'],
  IF_MATCH_STALE: [412, staleText],
  PREFER_MALFORMED: [400, 'Prefer 只支持 respond-when=visible 和 wait=秒数（0 至 30）'],
  PURPOSE_UNKNOWN: [
    400,
    'Kesu-Purpose 须为 handling（办理）、supervision（监督）、audit（审计）或 inquiry（调查）之一',
  ],
  PURPOSE_REQUIRED: [400, '非本案当事机关查阅案件须带 Kesu-Purpose 请求头说明目的'],
  CURSOR_MALFORMED: [400, '翻页游标无效，请从第一页重新查询'],
  CURSOR_OF_ANOTHER_QUERY: [400, '翻页游标属于另一次查询：翻页时其他参数须与第一页相同（每页件数除外）'],
  QUERY_INVALID: [400, '查询参数不符合要求，请按 errors 逐项修改'],
  MOMENT_AMBIGUOUS: [400, 'revision、knownAt 和 position 都指明以何时所知为准，只能给出其中一个'],
  REVISION_UNKNOWN: [404, ({ revision }) => `本案没有这个版本，现在的版本是 ${revision}`],
  POSITION_UNKNOWN: [404, '日志中没有这个位置：请使用应答中给出的 position'],
  CASE_NOT_YET: [404, '在所问的时刻，本案尚无可计入的事实'],
  ROUTE_NOT_FOUND: [404, '没有这个地址'],
  METHOD_NOT_TAKEN: [405, ({ taken }) => `这个地址只接受 ${taken}`],
  ENTRY_NOT_FOUND: [404, '登记册中没有这一项'],
  PACK_UNKNOWN: [404, ({ code }) => `本程序没有规则包 ${code}`],
  REVISION_NOT_REACHED: [400, ({ revision }) => `登记册现在是版本 ${revision}，没有所查询的版本`],
  REQUEST_INVALID: [400, '请求不符合 HTTP 规范或缺少必要部分'],
  REQUEST_TIMEOUT: [408, '请求没有在规定时间内发送完毕'],
  HEADERS_TOO_LARGE: [431, '请求行和请求头超过 16 KiB'],
  EXPECTATION_FAILED: [417, '不支持 Expect 请求头所要求的行为'],
  CASE_NOT_FOUND: [404, '没有这个案件，或者您无权知悉'],
  NOT_ENTITLED: [403, ({ reading }) => `您现在的任职无权${reading === undefined ? '记录这一事项' : '查阅这些内容'}`],
  OCCURRED_IN_FUTURE: [422, '发生时间晚于现在，尚未发生的行为不能记录'],
  VIEWS_BEHIND: [503, '读模型尚未跟上，请稍后再试'],
  VIEWS_UNAVAILABLE: [503, '读模型暂时不可用，请稍后再试'],
  VIEWS_QUERY_FAILED: [500, '读模型的查询出错，重试无益，未作任何回答；请凭 traceId 联系运维人员'],
  VIEWS_NOT_HERE: [503, '本进程没有读模型：请连接运行 projector 的进程，或设置 KESU_DATABASE'],
  TOKEN_MISSING: [401, '请在 Authorization 请求头中出示 Bearer 令牌'],
  TOKEN_INVALID: [401, '令牌无效或已过期'],
  ISSUER_UNAVAILABLE: [503, '暂时无法从身份提供方取得公钥，请稍后再试'],
  PERSON_NOT_REGISTERED: [403, '令牌所示账户未与登记册中的人员关联'],
  NO_APPOINTMENT: [403, '您今日没有有效的任职'],
  ACTING_AS_REQUIRED: [
    400,
    '您今日有多项有效任职，或者只有他人的授权，请在 Kesu-Acting-As 请求头中写明以哪一项任职或授权办理',
  ],
  ACTING_AS_MALFORMED: [400, 'Kesu-Acting-As 须为任职或授权的标识（小写 UUID）'],
  ACTING_AS_NOT_HELD: [403, 'Kesu-Acting-As 所示任职或授权今日不为您所有'],
  TOO_MANY_REFUSALS: [429, '您在一分钟内被拒绝的次数过多，此刻不再受理，请按 Retry-After 稍后再试'],
  ATTEMPT_NOT_KEPT: [503, '本次拒绝未能记入尝试日志，因此没有作出答复，请以同一 Idempotency-Key 稍后重发'],
  CASE_CONFLICT: [409, '同一案件或登记册正被他人更新，请查看后重试'],
  OUTCOME_UNKNOWN: [
    503,
    '事件日志没有应答，本命令是否入账尚不知道：请以同一 Idempotency-Key 重发，或查询 statusUrl 所示地址',
  ],
  LOG_UNAVAILABLE: [503, '事件日志暂时不可用，请稍后再试'],
  CASE_INTEGRITY_BROKEN: [503, '本案的事件流曾被改动或已损坏，已停止读写，请联系审计人员'],
  CASE_QUARANTINED: [503, ({ revision }) => quarantinedText(Number(revision))],
  FACT_UNKNOWN: [503, '账本中有本程序无法解读的事实，请联系运维人员升级程序'],
  KEY_UNUSABLE: [503, '所需密钥不可用，本次未读写，请联系运维人员'],
  COMMAND_TOO_LARGE: [413, '本命令产生的事件超过单次入账的上限'],
  CLOCKS_DISAGREE: [503, '本机时钟与其他时钟相差超过 2 秒，核对一致前不受理任何命令'],
  INTERNAL_ERROR: [500, '服务内部出错，未作任何回答；请凭 traceId 联系运维人员'],
  DOCUMENT_EMPTY: [422, '文件是空的'],
  DOCUMENT_TOO_LARGE: [413, ({ max }) => `文件超过 ${max} 字节的上限`],
  DOCUMENT_TYPE_UNSUPPORTED: [
    415,
    '不收这种文件：可收 PDF、OFD、Word、Excel、PowerPoint、WPS 文档，PNG、JPEG、TIFF 图片，UTF-8 或 GB18030 文本，' +
      'MP4、M4A、MP3、WAV、AMR 录音录像；不收程序、脚本、网页、SVG、压缩包和带宏的文档',
  ],
  DOCUMENT_TYPE_MISMATCH: [
    422,
    ({ declared, found }) => `Content-Type 写的是 ${declared}，文件内容却是 ${found}，请核对后重新上传`,
  ],
  DOCUMENT_DIGEST_MISMATCH: [422, '收到的内容与 Content-Digest 所示摘要不符，请重新上传'],
  DOCUMENT_ERASED: [410, '这份文件已按规定删除，不能恢复，也不再收存'],
  DOCUMENT_UNKNOWN: [422, '附件不在文件库中：请先由本机关上传（POST /v1/documents），再在事实中引用'],
  DOCUMENT_NOT_FOUND: [404, '本案没有这份附件，或者您无权知悉'],
  DOCUMENT_DAMAGED: [503, '文件库中的这份文件已损坏或丢失，不予提供，请联系运维人员从备份中恢复'],
  DOCUMENT_STORE_UNAVAILABLE: [503, '文件库暂时不可用，本次未收存也未提供任何文件，请稍后再试'],
  CONTENT_DIGEST_MALFORMED: [400, 'Content-Digest 须含 sha-256=:摘要的 Base64:（RFC 9530）'],
  UPLOAD_STALLED: [408, '上传中断超过 30 秒，未收存，请重新上传'],
  UPLOAD_ABORTED: [400, '上传没有完成，未收存，请重新上传'],
  RANGE_NOT_SATISFIABLE: [416, ({ size }) => `所要的范围超出文件的 ${size} 字节`],
  LOOPBACK_ONLY: [403, '这个接口只接受本机直接访问'],
  ACCOUNT_UNKNOWN: [404, ({ known }) => `没有这个账户；可用的账户有：${known}`],
  CLOCK_ONLY_FORWARD: [409, ({ now }) => `模拟时钟只能向前拨，现在是 ${now}`],
  BACKUP_REFUSED: [409, ({ reason }) => `没有备份：${reason}`],
};

/** A notice of the service moves a case on, too, and what the person saw of its clocks no longer holds. */
function staleText({ revision = '', recomputed }: Values): string {
  const because = typeof recomputed !== 'number' ? '' : `（第${recomputed}号记录：法律数据已变更，期限重新计算）`;
  return `已更新到版本 ${revision}${because}，请查看后再作决定`;
}

/** Said of a case in quarantine, over HTTP and on the command line. */
export function quarantinedText(lastGoodRevision: number): string {
  const upTo =
    lastGoodRevision < 0 ? '其全部内容均不能解读' : `可靠的最后版本为 ${lastGoodRevision}，其后的内容不能解读`;
  return `本案有本程序无法解读的事件，已隔离：${upTo}；升级程序后将自动恢复，在此之前不提供查阅，也不受理命令，请联系运维人员`;
}

/** The sentence a person reads for a code of the platform. */
export function platformText(code: PlatformCode, values: Values = {}): string {
  const [, text] = PLATFORM_TEXTS[code];
  return typeof text === 'string' ? text : text(values);
}

/** What a field's fault is called where class-validator names it itself. */
export const UNKNOWN_FIELD_TEXT = '没有这个字段';
export const UNKNOWN_PARAMETER_TEXT = '没有这个查询参数';
export const periodText = (from: string, to: string): string => `截止日期${to}早于起始日期${from}`;
export const REPEATED_PARAMETER_TEXT = '这个查询参数重复出现，只能给出一次';
export const REPEATED_MEMBER_TEXT = '这个键在同一对象中重复出现';

export const UNKNOWN_ORGAN_TEXT = '机关登记中没有这个机关';

/** Whose cases an answer counts. */
export const SCOPE_TEXTS = {
  own: '只计您所在机关为当事方的案件',
  supervised: '只计您所监督的机关为当事方的案件',
  both: '计您所在机关和所监督的机关为当事方的案件',
  none: '您的任职不办理案件，也不监督案件',
} as const;
