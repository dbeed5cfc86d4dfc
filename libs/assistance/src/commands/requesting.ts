import {
  ByWhom,
  Code,
  Codes,
  Day,
  Id,
  Optional,
  Part,
  Parts,
  Text,
  YesNo,
  type LegalDate,
  type Uuid,
} from '#libs/kernel';
import { Act, GroundPart, MaterialPart } from './act.js';

/** 记录遇到障碍: it may open a case before anything is asked. It occurs on the day the obstacle was met. */
export class NoteObstacle extends Act {
  @Text('遇到的障碍') obstacle!: string;
  /** The day it was met is not known; `occurredAt` is then the day of the note. */
  @Optional() @YesNo('遇到障碍的日期不明') dateUnknown?: boolean;
  @Optional() @Parts('情形', () => GroundPart, 20) grounds?: GroundPart[];
}

/** 决定不提出请求. */
export class ForgoRequest extends Act {
  @Text('不提出请求的理由') reason!: string;
}

/** 行政相对人. Each is a subject of its own: a caller names no key, which could be another case's. */
export class CounterpartyPart {
  @Text('相对人名称', 200) name!: string;
  @Optional() @Text('证件号码', 64) idNumber?: string;
  @Optional() @Text('地址', 300) address?: string;
  @Optional() @Text('联系方式', 100) contact?: string;
}

/** 紧急情况. */
export class EmergencyPart {
  @Parts('紧急情形', () => GroundPart, 20) grounds!: GroundPart[];
  @Code('提出渠道') channel!: string;
  @Optional() @Text('渠道说明', 500) channelNote?: string;
  @Optional() @Part('提出人', () => ByWhom) caller?: ByWhom;
  @Optional() @Part('接收人', () => ByWhom) receiver?: ByWhom;
}

/** 提出协助请求, urgent ones too. The requesting organ is that of the appointment it is recorded under. */
export class RequestAssistance extends Act {
  @Id('被请求机关') requested!: Uuid;
  @Text('请求事项') matter!: string;
  @Optional() @Text('请求依据') legalBasis?: string;
  @Optional() @Text('部门职能对照') functionMatch?: string;
  @Optional() @Code('清单事项编码') catalogueItem?: string;
  @Optional() @Text('协助协议书编号', 100) agreementNumber?: string;
  @Optional() @Parts('请求情形', () => GroundPart, 20) grounds?: GroundPart[];
  @Optional() @Codes('事项类别') matterClasses?: string[];
  @Optional() @Code('协助类型') duration?: string;
  @Code('请求形式') form!: string;
  @Optional() @Part('紧急情况', () => EmergencyPart) emergency?: EmergencyPart;
  @Optional() @Text('文号', 100) documentNumber?: string;
  @Optional() @Text('请求机关的办理要求') requestedManner?: string;
  @Optional() @Day('请求机关要求的日期') requestedDueOn?: LegalDate;
  @Optional() @Parts('辅助和佐证资料', () => MaterialPart) materials?: MaterialPart[];
  @Optional() @Parts('行政相对人', () => CounterpartyPart) counterparties?: CounterpartyPart[];
}

/** 补办手续 of an urgent request. */
export class MakeUpFormalities extends Act {
  @Text('补办文号', 100) documentNumber!: string;
}

/** 补交辅助和佐证资料. */
export class HandOverMaterials extends Act {
  @Parts('辅助和佐证资料', () => MaterialPart) materials!: MaterialPart[];
}
