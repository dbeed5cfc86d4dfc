import { dayOfOccurrence, UnknownFact, type FactTypes, type LegalDate, type Recorded, type Uuid } from '#libs/kernel';

/**
 * 角色 of an appointment: 主要负责人, 分管负责人, 承办人, 收发登记人员, 监督人员, 审计人员, 系统运维人员, 模拟时钟管理员.
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
] as const;
export type AppointmentRole = (typeof APPOINTMENT_ROLES)[number];

/** 主体类型: 行政机关, 法律法规授权的组织, 受委托的组织, 机构编制部门, 其他公共服务组织或中央、省驻当地单位 (参照执行). */
export const ORGAN_KINDS = ['administrative', 'authorised', 'entrusted', 'staffingOffice', 'byReference'] as const;
export type OrganKind = (typeof ORGAN_KINDS)[number];

export interface Organ {
  readonly id: Uuid;
  readonly name: string;
  readonly kind: OrganKind;
  /** 行政区划代码, six digits (GB/T 2260). */
  readonly region: string;
  readonly superior?: Uuid;
}

export interface Person {
  readonly id: Uuid;
  readonly name: string;
}

export interface Appointment {
  readonly id: Uuid;
  readonly person: Uuid;
  readonly organ: Uuid;
  /** 职务. */
  readonly post: string;
  readonly roles: readonly AppointmentRole[];
  readonly from: LegalDate;
  readonly to?: LegalDate;
}

/** 机关登记. */
export interface OrganRegistered {
  readonly type: 'OrganRegistered';
  readonly data: Omit<Organ, 'id'> & { readonly organ: Uuid };
}
/** 人员登记. */
export interface PersonRegistered {
  readonly type: 'PersonRegistered';
  readonly data: { readonly person: Uuid; readonly name: string };
}
/** 账户关联: the token subject that authenticates a person, as a keyed digest. */
export interface AccountLinked {
  readonly type: 'AccountLinked';
  readonly data: { readonly person: Uuid; readonly issuer: string; readonly subjectDigest: string };
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
/** 免职: it occurs on the first day without the appointment. */
export interface AppointmentEnded {
  readonly type: 'AppointmentEnded';
  readonly data: { readonly appointment: Uuid };
}

export type RegisterFact = OrganRegistered | PersonRegistered | AccountLinked | AppointmentMade | AppointmentEnded;

export const registerFacts: FactTypes<RegisterFact> = {
  OrganRegistered: { version: 1 },
  PersonRegistered: { version: 1 },
  AccountLinked: { version: 1 },
  AppointmentMade: { version: 1 },
  AppointmentEnded: { version: 1 },
};

/** 机关登记册, folded from its one stream. `revision` is that of the newest fact in it, −1 when empty. */
export interface OrganRegister {
  readonly revision: number;
  readonly organs: ReadonlyMap<Uuid, Organ>;
  readonly persons: ReadonlyMap<Uuid, Person>;
  readonly appointments: ReadonlyMap<Uuid, Appointment>;
  /** Person by `<issuer> <subject digest>`. */
  readonly accounts: ReadonlyMap<string, Uuid>;
}

export const emptyRegister: OrganRegister = {
  revision: -1,
  organs: new Map(),
  persons: new Map(),
  appointments: new Map(),
  accounts: new Map(),
};

/** One fold's own copy of the maps, written to while it runs. */
interface Draft {
  readonly organs: Map<Uuid, Organ>;
  readonly persons: Map<Uuid, Person>;
  readonly appointments: Map<Uuid, Appointment>;
  readonly accounts: Map<string, Uuid>;
}

const enter: {
  readonly [T in RegisterFact['type']]: (draft: Draft, fact: Recorded<Extract<RegisterFact, { type: T }>>) => void;
} = {
  OrganRegistered: ({ organs }, { data: { organ, ...rest } }) => {
    organs.set(organ, { id: organ, ...rest });
  },
  PersonRegistered: ({ persons }, { data: { person, name } }) => {
    persons.set(person, { id: person, name });
  },
  AccountLinked: ({ accounts }, { data: { person, issuer, subjectDigest } }) => {
    accounts.set(accountKey(issuer, subjectDigest), person);
  },
  AppointmentMade: ({ appointments }, { data: { appointment, ...rest }, occurredAt }) => {
    appointments.set(appointment, { id: appointment, ...rest, from: dayOfOccurrence(occurredAt) });
  },
  AppointmentEnded: ({ appointments }, { data: { appointment }, occurredAt }) => {
    const made = appointments.get(appointment);
    if (made) appointments.set(appointment, { ...made, to: dayOfOccurrence(occurredAt) });
  },
};

/**
 * The register after `facts` of its stream, in order. `register` is left as it is. The maps are copied once per call, so
 * fold many facts together. @throws UnknownFact
 */
export function registerAfter(register: OrganRegister, facts: readonly Recorded<RegisterFact>[]): OrganRegister {
  const last = facts.at(-1);
  if (!last) return register;
  const draft: Draft = {
    organs: new Map(register.organs),
    persons: new Map(register.persons),
    appointments: new Map(register.appointments),
    accounts: new Map(register.accounts),
  };
  for (const fact of facts) {
    const step = (enter as Readonly<Record<string, (draft: Draft, fact: Recorded<RegisterFact>) => void>>)[fact.type];
    if (!step) throw new UnknownFact(fact.type, fact.version);
    step(draft, fact);
  }
  return { revision: last.revision, ...draft };
}

export const accountKey = (issuer: string, subjectDigest: string): string => `${issuer} ${subjectDigest}`;

/** Whether the appointment is held on `day`: from its first day to the day before its end. */
export const isHeldOn = (appointment: Appointment, day: LegalDate): boolean =>
  appointment.from <= day && (appointment.to === undefined || day < appointment.to);

/** The appointments `person` holds on `day`. */
export const appointmentsOf = (register: OrganRegister, person: Uuid, day: LegalDate): readonly Appointment[] =>
  (byPerson(register).get(person) ?? []).filter((appointment) => isHeldOn(appointment, day));

const indexes = new WeakMap<OrganRegister, ReadonlyMap<Uuid, readonly Appointment[]>>();

/** A register never changes, so its appointments are put by person once: they are asked for at every request. */
function byPerson(register: OrganRegister): ReadonlyMap<Uuid, readonly Appointment[]> {
  const known = indexes.get(register);
  if (known) return known;
  const index = new Map<Uuid, Appointment[]>();
  for (const appointment of register.appointments.values()) {
    const held = index.get(appointment.person);
    if (held) held.push(appointment);
    else index.set(appointment.person, [appointment]);
  }
  indexes.set(register, index);
  return index;
}

/** 隶属关系: whether one organ stands above the other, at any distance. */
export function isSubordinate(register: OrganRegister, a: Uuid, b: Uuid): boolean {
  return standsAbove(register, a, b) || standsAbove(register, b, a);
}

function standsAbove(register: OrganRegister, above: Uuid, below: Uuid): boolean {
  const seen = new Set<Uuid>();
  for (let at = register.organs.get(below)?.superior; at && !seen.has(at); at = register.organs.get(at)?.superior) {
    if (at === above) return true;
    seen.add(at);
  }
  return false;
}
