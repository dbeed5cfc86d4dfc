import {
  ByWhom,
  Code,
  Day,
  Id,
  Ids,
  OneOf,
  Optional,
  Parts,
  Text,
  YesNo,
  type LegalDate,
  type Uuid,
} from '#libs/kernel';
import { ASSESSMENT_OUTCOMES, type AssessmentOutcome } from '../facts/index.js';
import { Act, MaterialPart } from './act.js';

/** 台账所列相对人: by its subject, where the case names it already; otherwise by its name. */
export class RegisteredCounterpartyPart {
  @Optional() @Id('相对人标识') subject?: Uuid;
  @Optional() @Text('相对人名称', 200) name?: string;
  @Optional() @Text('地址', 300) address?: string;
  @Optional() @Text('联系方式', 100) contact?: string;
}

/** 负责人员. */
export class ResponsiblePart extends ByWhom {
  @Optional() @Text('联系方式', 100) contact?: string;
}

/** 登记协助请求工作台账: the side is that of the recorder's organ. */
export class EnterRegister extends Act {
  @Text('台账编号', 100) entryNumber!: string;
  @Optional() @Day('协议书订立日期') agreementSignedOn?: LegalDate;
  @Optional() @Day('请求提出日期') requestMadeOn?: LegalDate;
  @Optional() @Text('书面材料名称', 200) documentName?: string;
  @Optional() @Text('编号或者文号', 100) documentNumber?: string;
  @Optional() @YesNo('是否督办') supervised?: boolean;
  @Optional() @Parts('行政相对人', () => RegisteredCounterpartyPart) counterparties?: RegisteredCounterpartyPart[];
  @Optional() @Parts('辅助和佐证资料', () => MaterialPart) materials?: MaterialPart[];
  @Optional() @Parts('负责人员', () => ResponsiblePart, 20) responsible?: ResponsiblePart[];
  @Optional() @Text('协助结果反馈情况') feedbackSummary?: string;
  @Optional() @Day('反馈日期') feedbackOn?: LegalDate;
  @Optional() @Text('其他应当记载的事项') other?: string;
}

/** 办结. */
export class CloseCase extends Act {
  @Optional() @Text('办结说明') note?: string;
}

/** 归档: the side is that of the recorder's organ. */
export class ArchiveCase extends Act {
  @Text('归档地', 200) location!: string;
  @Text('卷宗编号', 100) archiveNumber!: string;
}

/** 启动应急处置. */
export class ActivateEmergencyRegime extends Act {
  @Text('启动文号', 100) activationDocument!: string;
  @Optional() @Text('应急预案', 500) plan?: string;
}

/** 结束应急处置: it occurs on the first day without it. */
export class EndEmergencyRegime extends Act {
  @Optional() @Text('文号', 100) documentNumber?: string;
}

/** 认定: a person's decision on a rule that software cannot decide. */
export class AssessRule extends Act {
  @Code('规则编号') rule!: string;
  @Ids('所涉事实', 50) about!: Uuid[];
  @OneOf('认定结果', ASSESSMENT_OUTCOMES) outcome!: AssessmentOutcome;
  @Text('认定理由') reason!: string;
}
