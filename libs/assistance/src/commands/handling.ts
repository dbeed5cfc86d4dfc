import { ByWhom, Code, Codes, Id, Ids, Integer, Optional, Part, Text, YesNo, type Uuid } from '#libs/kernel';
import { Act, Recording } from './act.js';

/** 送达凭证: stamp, system log, call note. */
export class DeliveryProofPart {
  @Code('送达凭证种类') kind!: string;
  @Optional() @Text('凭证说明', 500) note?: string;
}

/** 登记送达: when the requested organ received the request. Either side may record it. */
export class RecordDelivery extends Act {
  @Optional() @Part('送达凭证', () => DeliveryProofPart) proof?: DeliveryProofPart;
}

/** 确认收到: further evidence of the delivery, by the requested organ. */
export class ConfirmReceipt extends Act {}

/** 受理. */
export class AcceptRequest extends Act {
  @Optional() @YesNo('能否当场提供') onSpotPossible?: boolean;
}

/** 对事项类别提出异议. Whoever holds the matter to be none of the special ones says so: 一般事项 is a class as well. */
export class DisputeClass extends Act {
  @Codes('主张的事项类别', 32, 1) matterClasses!: string[];
  @Text('异议理由') reason!: string;
}

/**
 * 确定事项类别. 第十六条第二款 has ten working days as the rule and twenty for three classes, so a decision that leaves the class
 * open would shorten the limit without saying so: at least one is named, 一般事项 included (XM-16-5, inferred).
 */
export class DecideClass extends Act {
  @Codes('确定的事项类别', 32, 1) matterClasses!: string[];
  /** Both parties where they agreed, else the organ that decided between them. */
  @Ids('确定机关', 5) deciders!: Uuid[];
  @Optional() @Text('确定的理由') reason?: string;
}

/** 登记办理步骤; `by` is the handler. */
export class RecordStep extends Recording {
  @Part('承办人', () => ByWhom) by!: ByWhom;
  @Text('办理步骤') step!: string;
}

/** 批准延长协助期限; `by` is the approver. */
export class ApproveExtension extends Recording {
  @Part('批准人', () => ByWhom) by!: ByWhom;
  @Text('特殊情况') circumstance!: string;
  @Optional() @Integer('延长天数', 1, 366) days?: number;
  @Optional() @Text('批准文号', 100) documentNumber?: string;
}

/** 延长期限报送备案. */
export class FileExtension extends Act {
  @Id('延长决定') extension!: Uuid;
  @Text('备案号', 100) filingNumber!: string;
  @Optional() @Id('备案机关') office?: Uuid;
}
