import { upcast, type FactTypes, type JsonObject, type LegalDate, type Marked, type Uuid } from '#libs/kernel';

/**
 * 角色 of an appointment: 主要负责人, 分管负责人, 承办人, 收发登记人员, 监督人员, 审计人员, 系统运维人员, 模拟时钟管理员,
 * 登记管理人员 (who keeps this register, in a staffing office).
 */
export const APPOINTMENT_ROLES = [
  'head',
  'deputyHead',
  'handler',
  'clerk',
  'supervisor',
  'auditor',
  'operator',
  'clockKeeper',
  'registrar',
  'lawKeeper',
] as const;
export type AppointmentRole = (typeof APPOINTMENT_ROLES)[number];

/** 主体类型: 行政机关, 法律法规授权的组织, 受委托的组织, 机构编制部门, 其他公共服务组织或中央、省驻当地单位 (参照执行). */
export const ORGAN_KINDS = ['administrative', 'authorised', 'entrusted', 'staffingOffice', 'byReference'] as const;
export type OrganKind = (typeof ORGAN_KINDS)[number];

/** 层级: 中央、省、市、区县、乡镇街道. It need not be that of the region: a central unit stands in a city. */
export const ORGAN_LEVELS = ['central', 'provincial', 'municipal', 'district', 'township'] as const;
export type OrganLevel = (typeof ORGAN_LEVELS)[number];

/** What an organ is at one time. */
export interface OrganTraits {
  readonly name: string;
  readonly kind: OrganKind;
  /** 行政区划代码, six digits (GB/T 2260). */
  readonly region: string;
  readonly level?: OrganLevel;
  readonly superior?: Uuid;
}

/** 机关登记. Brought in by a change, it occurs on the organ's first day; of the founding register the day is not known. */
export interface OrganRegistered {
  readonly type: 'OrganRegistered';
  readonly data: OrganTraits & { readonly organ: Uuid };
}
/** 机关变更 (更名、改隶、调整层级…): what is named here is so from the day it occurs; the rest stays. */
export interface OrganChanged {
  readonly type: 'OrganChanged';
  readonly data: Partial<OrganTraits> & {
    readonly organ: Uuid;
    /** 不再隶属: it has no superior any more. */
    readonly noSuperior?: true;
  };
}
/** 机关撤销: it occurs on the first day without the organ; `into` is the organ it was merged into (并入). */
export interface OrganAbolished {
  readonly type: 'OrganAbolished';
  readonly data: { readonly organ: Uuid; readonly into?: Uuid };
}
/** 人员登记. */
export interface PersonRegistered {
  readonly type: 'PersonRegistered';
  readonly data: { readonly person: Uuid; readonly name: string };
}
/** 姓名变更. */
export interface PersonRenamed {
  readonly type: 'PersonRenamed';
  readonly data: { readonly person: Uuid; readonly name: string };
}
/** The token subject that authenticates a person, as a keyed digest: no account name reaches the log. */
export interface AccountHolder {
  readonly person: Uuid;
  readonly issuer: string;
  readonly subjectDigest: string;
}
/** 账户关联. */
export interface AccountLinked {
  readonly type: 'AccountLinked';
  readonly data: AccountHolder;
}
/** 解除账户关联. */
export interface AccountUnlinked {
  readonly type: 'AccountUnlinked';
  readonly data: AccountHolder;
}
/** 任职: it occurs on the first day of the appointment. */
export interface AppointmentMade {
  readonly type: 'AppointmentMade';
  readonly data: {
    readonly appointment: Uuid;
    readonly person: Uuid;
    readonly organ: Uuid;
    readonly post: string;
    readonly roles: readonly AppointmentRole[];
  };
}
/** 免职: it occurs on the first day without the appointment. On its very first day it undoes the appointment. */
export interface AppointmentEnded {
  readonly type: 'AppointmentEnded';
  readonly data: { readonly appointment: Uuid };
}
/**
 * 授权委托: the holder of an appointment lets another person act under it, in these roles, from the day it occurs until
 * the day before `to`. It never outlasts the appointment.
 */
export interface DelegationMade {
  readonly type: 'DelegationMade';
  readonly data: {
    readonly delegation: Uuid;
    readonly appointment: Uuid;
    readonly person: Uuid;
    readonly roles: readonly AppointmentRole[];
    readonly to: LegalDate;
  };
}
/** 终止授权: it occurs on the first day without the delegation. */
export interface DelegationEnded {
  readonly type: 'DelegationEnded';
  readonly data: { readonly delegation: Uuid };
}

/**
 * 登记事项: what the register holds. The service records those it begins with; afterwards each is brought in by a change
 * that one person asks for and another approves.
 */
export type RegisterEntry =
  | OrganRegistered
  | OrganChanged
  | OrganAbolished
  | PersonRegistered
  | PersonRenamed
  | AccountLinked
  | AccountUnlinked
  | AppointmentMade
  | AppointmentEnded
  | DelegationMade
  | DelegationEnded;
export type RegisterEntryType = RegisterEntry['type'];

/** An entry in waiting, as it will hold once approved: its own type, version, day and data. */
export type RegisterChange<E extends RegisterEntry = RegisterEntry> = E extends RegisterEntry
  ? {
      readonly type: E['type'];
      readonly version: number;
      readonly occurredAt: { readonly on: LegalDate };
      readonly data: E['data'];
    }
  : never;

/** What is asked for: all of it holds, or none. `documentNumber` is the paper it rests on (任免、机构文件的文号). */
export interface ChangeAsked {
  readonly changes: readonly RegisterChange[];
  readonly documentNumber?: string;
  readonly reason?: Marked;
}
/** 申请登记变更, by who keeps the register. It has no effect. */
export interface RegisterChangeRequested {
  readonly type: 'RegisterChangeRequested';
  readonly data: ChangeAsked;
}
/** 申请授权委托 or its end, by an officer. It has no effect. */
export interface DelegationChangeRequested {
  readonly type: 'DelegationChangeRequested';
  readonly data: ChangeAsked;
}
/** 准予变更, by another person: the entries asked for hold from here on. */
export interface RegisterChangeApproved {
  readonly type: 'RegisterChangeApproved';
  readonly data: { readonly request: Uuid };
}
/** 不予变更. */
export interface RegisterChangeRefused {
  readonly type: 'RegisterChangeRefused';
  readonly data: { readonly request: Uuid; readonly reason: Marked };
}

export type RegisterProcedure =
  RegisterChangeRequested | DelegationChangeRequested | RegisterChangeApproved | RegisterChangeRefused;
export type RegisterFact = RegisterEntry | RegisterProcedure;

export const registerEntries: FactTypes<RegisterEntry> = {
  OrganRegistered: { version: 1 },
  OrganChanged: { version: 1 },
  OrganAbolished: { version: 1 },
  PersonRegistered: { version: 1 },
  PersonRenamed: { version: 1 },
  AccountLinked: { version: 1 },
  AccountUnlinked: { version: 1 },
  AppointmentMade: { version: 1 },
  AppointmentEnded: { version: 1 },
  DelegationMade: { version: 1 },
  DelegationEnded: { version: 1 },
};

export const registerFacts: FactTypes<RegisterFact> = {
  ...registerEntries,
  RegisterChangeRequested: { version: 1, marks: { '/reason': 'text' } },
  DelegationChangeRequested: { version: 1, marks: { '/reason': 'text' } },
  RegisterChangeApproved: { version: 1 },
  RegisterChangeRefused: { version: 1, marks: { '/reason': 'text' } },
};

/** Whether a fact says what the register holds, and is no step of a change. */
export const isEntry = <F extends RegisterFact>(fact: F): fact is Extract<F, RegisterEntry> =>
  Object.hasOwn(registerEntries, fact.type);

/** A change in the latest shape of its entry. @throws UnknownFact */
export function latestChange(change: RegisterChange): RegisterChange {
  // A stored change is JSON, and what its steps lead to is the latest shape of its type: the table of types says so.
  const data = upcast(registerEntries, change.type, change.version, change.data as unknown as JsonObject);
  return { ...change, version: registerEntries[change.type].version, data } as unknown as RegisterChange;
}
