import {
  OneOf,
  SomeOf,
  Day,
  Id,
  Matching,
  OccurredAt,
  Optional,
  Part,
  Text,
  YesNo,
  type Command,
  type LegalDate,
  type Occurrence,
  type Uuid,
} from '#libs/kernel';
import {
  APPOINTMENT_ROLES,
  ORGAN_KINDS,
  ORGAN_LEVELS,
  type AccountHolder,
  type AppointmentRole,
  type OrganKind,
  type OrganLevel,
} from '#libs/law';

/**
 * What may be asked of the register. Each class is the body of its request. `occurredAt` is when it was asked or decided;
 * `effectiveOn` the first day on which what is asked for holds, `endsOn` the first day on which it no longer does.
 */
export abstract class Change implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Optional() @Text('依据文件的文号', 100) documentNumber?: string;
  @Optional() @Text('申请理由', 500) reason?: string;
}

const Region = (): PropertyDecorator => Matching('行政区划代码', /^\d{6}$/, '须为 6 位数字');
const Account = (): PropertyDecorator =>
  Matching('账户', /^[\x21-\x7e]{1,255}$/, '须为 1 至 255 个 ASCII 字符，不含空格');
const Roles = (): PropertyDecorator => SomeOf('角色', APPOINTMENT_ROLES);
const EffectiveOn = (): PropertyDecorator => Day('生效日期');

/** An account is digested before it is decided on: its name goes no further than the service's edge. */
export type AccountDigest = Omit<AccountHolder, 'person'>;

/** 申请登记机关. */
export class RegisterOrgan extends Change {
  @Text('机关名称', 100) name!: string;
  @OneOf('主体类型', ORGAN_KINDS) kind!: OrganKind;
  @Region() region!: string;
  @Optional() @OneOf('层级', ORGAN_LEVELS) level?: OrganLevel;
  @Optional() @Id('上级机关') superior?: Uuid;
  @EffectiveOn() effectiveOn!: LegalDate;
}

/** 申请变更机关登记: 更名、改隶、调整层级、区划或类型. What is left out stays. */
export class ChangeOrgan extends Change {
  @Id('机关') organ!: Uuid;
  @EffectiveOn() effectiveOn!: LegalDate;
  @Optional() @Text('机关名称', 100) name?: string;
  @Optional() @OneOf('主体类型', ORGAN_KINDS) kind?: OrganKind;
  @Optional() @Region() region?: string;
  @Optional() @OneOf('层级', ORGAN_LEVELS) level?: OrganLevel;
  @Optional() @Id('上级机关') superior?: Uuid;
  @Optional() @YesNo('不再有上级机关') noSuperior?: boolean;
}

/** 申请撤销机关，或者并入另一机关. */
export class AbolishOrgan extends Change {
  @Id('机关') organ!: Uuid;
  @EffectiveOn() effectiveOn!: LegalDate;
  @Optional() @Id('并入的机关') into?: Uuid;
}

/** 任职 of somebody who is registered in the same request. */
export class AppointmentPart {
  @Id('机关') organ!: Uuid;
  @Text('职务', 100) post!: string;
  @Roles() roles!: AppointmentRole[];
  @EffectiveOn() effectiveOn!: LegalDate;
  @Optional() @Day('任职终止日期') endsOn?: LegalDate;
}

/** 申请登记人员, with the account and the first appointment where they are known. */
export class RegisterPerson extends Change {
  @Text('姓名', 50) name!: string;
  @Optional() @Account() account?: string;
  @Optional() @Part('任职', () => AppointmentPart) appointment?: AppointmentPart;
  /** Of `account`; never part of a body. */
  digest?: AccountDigest;
}

/** 申请更改姓名. */
export class RenamePerson extends Change {
  @Id('人员') person!: Uuid;
  @Text('姓名', 50) name!: string;
}

/** 申请关联账户. */
export class LinkAccount extends Change {
  @Id('人员') person!: Uuid;
  @Account() account!: string;
  /** Of `account`; never part of a body. */
  digest?: AccountDigest;
}

/** 申请解除账户关联. */
export class UnlinkAccount extends Change {
  @Id('人员') person!: Uuid;
  @Account() account!: string;
  /** Of `account`; never part of a body. */
  digest?: AccountDigest;
}

/** 申请登记任职. */
export class MakeAppointment extends Change {
  @Id('人员') person!: Uuid;
  @Id('机关') organ!: Uuid;
  @Text('职务', 100) post!: string;
  @Roles() roles!: AppointmentRole[];
  @EffectiveOn() effectiveOn!: LegalDate;
  @Optional() @Day('任职终止日期') endsOn?: LegalDate;
}

/** 申请登记免职. On its first day it undoes an appointment that should never have been. */
export class EndAppointment extends Change {
  @Id('任职') appointment!: Uuid;
  @EffectiveOn() effectiveOn!: LegalDate;
}

/** 申请授权委托, by the holder of the appointment. */
export class MakeDelegation extends Change {
  @Id('任职') appointment!: Uuid;
  @Id('受托人') person!: Uuid;
  @Roles() roles!: AppointmentRole[];
  @EffectiveOn() effectiveOn!: LegalDate;
  @Day('授权终止日期') endsOn!: LegalDate;
}

/** 申请终止授权, by its giver, its receiver or who keeps the register. */
export class EndDelegation extends Change {
  @Id('授权') delegation!: Uuid;
  @EffectiveOn() effectiveOn!: LegalDate;
}

/** 准予变更. */
export class ApproveRegisterChange implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('变更申请') request!: Uuid;
}

/** 不予变更. */
export class RefuseRegisterChange implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('变更申请') request!: Uuid;
  @Text('不予变更的理由', 500) reason!: string;
}
