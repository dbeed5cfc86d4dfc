import { Refusal, type RefusalDetail } from '#libs/kernel';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  ACCOUNT_NOT_LINKED: () => '这一账户没有与该人员关联。',
  ACCOUNT_TAKEN: () => '这一账户已与登记册中的人员关联，一个账户只能属于一人。',
  APPOINTMENT_NOT_HELD: () => '您现在所用的任职或授权今日已不为您所有。',
  APPOINTMENT_ENDED: ({ to = '' }: Values) => `该任职已于${to}终止。`,
  APPOINTMENT_OVERLAPS: () => '该人员在同一机关的同一职务上已有任职，期间重叠。',
  APPROVER_BENEFITS: () => '变更涉及您本人的任职、账户或授权，须由他人批准。',
  APPROVER_IS_REQUESTER: () => '申请与批准须为不同的人：这项变更是您申请的，或者是您所代表的人申请的。',
  CHANGE_DECIDED: ({ on = '' }: Values) => `这项变更申请已于${on}作出决定，不能再次决定。`,
  CHANGE_EMPTY: () => '变更没有写明任何内容，或者所写内容与登记册一致。',
  CHANGE_UNKNOWN: () => '登记册中没有这一变更申请。',
  DATES_REVERSED: () => '终止日期与开始日期的先后不对。',
  DELEGATION_CHAIN: () => '受托人不能再行授权。',
  DELEGATION_ENDED: ({ to = '' }: Values) => `该授权已于${to}终止。`,
  DELEGATION_NOT_HELD: () => '只能就本人的任职授权，这一任职不为您所有。',
  DELEGATION_NOT_YOURS: () => '只有授权人、受托人和登记管理人员可以申请终止授权。',
  DELEGATION_OVERLAPS: () => '就同一任职已授权该人员，期间重叠。',
  DELEGATION_TOO_LONG: () => '授权期间须在任职期间之内。',
  DELEGATION_TO_ONESELF: () => '不能授权给任职者本人。',
  NOT_REGISTRAR: () => '机关登记由机构编制部门的登记管理人员办理，您现在的任职不是。',
  NOT_YET_IN_EFFECT: ({ today = '' }: Values) => `机关的登记和变更自生效之日起方可办理，今日是${today}。`,
  ORGAN_HAS_SUBORDINATES: ({ organ = '' }: Values) => `该机关仍有下级机关（${organ}），须先变更其隶属关系。`,
  ORGAN_NAME_TAKEN: () => '登记册中已有同名的机关。',
  ORGAN_NOT_THERE: ({ on = '' }: Values) => `该机关在${on}尚未设立或者已经撤销。`,
  OUT_OF_AREA: () => '这一机关不在您所在机构编制部门的区划之内。',
  REGISTRARS_TOO_FEW: () => '变更之后登记管理人员将不足两人，此后任何变更都无人可以批准；请先登记新的登记管理人员。',
  ROLE_NOT_HELD: ({ role = '' }: Values) => `该任职不是${role}，不能以此授权。`,
  SUPERIOR_AND_NONE: () => '不能既写明上级机关，又写明不再有上级机关。',
  SUPERIOR_CIRCLE: () => '隶属关系不能成环：所写上级机关是该机关本身或者其下级。',
  UNKNOWN_APPOINTMENT: () => '登记册中没有这一任职。',
  UNKNOWN_DELEGATION: () => '登记册中没有这一授权。',
  UNKNOWN_ORGAN: () => '机关登记册中没有这一机关。',
  UNKNOWN_PERSON: () => '人员登记中没有这一人员。',
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type RefusalCode = keyof typeof refusals;

/** A refusal of this system. Its sentence stands above. */
export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);
