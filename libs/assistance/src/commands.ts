import {
  ByWhom,
  Code,
  Codes,
  Day,
  Id,
  Integer,
  OccurredAt,
  Optional,
  Part,
  Parts,
  Text,
  YesNo,
  type Command,
  type LegalDate,
  type Occurrence,
  type Uuid,
} from '#libs/kernel';

/**
 * What may be asked to be recorded. Each class is the body of its request; the case it is about stands in the path.
 * `by` is who performed or signed the act on paper, who need not be the person recording it.
 */
abstract class Act implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
}

/** 请求情形. A code that stands for 其他 needs a note. */
export class GroundPart {
  @Code('请求情形代码') code!: string;
  @Optional() @Text('情形说明', 500) note?: string;
}

/** 辅助和佐证资料. */
export class MaterialPart {
  @Text('资料名称', 200) name!: string;
  @Integer('份数', 1, 100_000) copies!: number;
}

/** 行政相对人. Each is a subject of its own: a caller names no key, which could be another case's. */
export class CounterpartyPart {
  @Text('相对人名称', 200) name!: string;
  @Optional() @Text('证件号码', 64) idNumber?: string;
  @Optional() @Text('地址', 300) address?: string;
  @Optional() @Text('联系方式', 100) contact?: string;
}

/** 送达凭证: stamp, system log, call note. */
export class DeliveryProofPart {
  @Code('送达凭证种类') kind!: string;
  @Optional() @Text('凭证说明', 500) note?: string;
}

/** 提出协助请求. The requesting organ is that of the appointment it is recorded under. */
export class RequestAssistance extends Act {
  @Id('被请求机关') requested!: Uuid;
  @Text('请求事项') matter!: string;
  @Optional() @Text('请求依据') legalBasis?: string;
  @Optional() @Parts('请求情形', () => GroundPart, 20) grounds?: GroundPart[];
  @Optional() @Codes('事项类别') matterClasses?: string[];
  @Optional() @Code('协助类型') duration?: string;
  @Code('请求形式') form!: string;
  @Optional() @Text('文号', 100) documentNumber?: string;
  @Optional() @Text('请求机关的办理要求') requestedManner?: string;
  @Optional() @Day('请求机关要求的日期') requestedDueOn?: LegalDate;
  @Optional() @Parts('辅助和佐证资料', () => MaterialPart) materials?: MaterialPart[];
  @Optional() @Parts('行政相对人', () => CounterpartyPart) counterparties?: CounterpartyPart[];
}

/** 登记送达: when the requested organ received the request. Either side may record it. */
export class RecordDelivery extends Act {
  @Optional() @Part('送达凭证', () => DeliveryProofPart) proof?: DeliveryProofPart;
}

/** 受理. */
export class AcceptRequest extends Act {}

/** 登记办理步骤; `by` is the handler. */
export class RecordStep implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Part('承办人', () => ByWhom) by!: ByWhom;
  @Text('办理步骤') step!: string;
}

/** 批准延长协助期限; `by` is the approver. */
export class ApproveExtension implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Part('批准人', () => ByWhom) by!: ByWhom;
  @Text('特殊情况') circumstance!: string;
  @Optional() @Integer('延长天数', 1, 366) days?: number;
}

/** 延长期限报送备案. */
export class FileExtension extends Act {
  @Id('延长决定') extension!: Uuid;
  @Text('备案号', 100) filingNumber!: string;
  @Optional() @Id('备案机关') office?: Uuid;
}

/** 提供协助. */
export class ProvideAssistance extends Act {
  /** 当场提供; false when left out. */
  @Optional() @YesNo('是否当场提供') onSpot?: boolean;
  @Text('实际协助范围') performedScope!: string;
  @Optional() @Id('署名机关') signedInNameOf?: Uuid;
  @Optional() @Text('文号', 100) documentNumber?: string;
}

/** 书面反馈. */
export class GiveFeedback extends Act {
  @Optional() @Text('协助工作事项') matter?: string;
  @Optional() @Text('协助开展过程') course?: string;
  @Optional() @Text('协助结论或者结果') result?: string;
  @Optional() @Text('其他应当说明的情况') other?: string;
  @Optional() @Text('文号', 100) documentNumber?: string;
}

/** 办结. */
export class CloseCase extends Act {
  @Optional() @Text('办结说明') note?: string;
}
