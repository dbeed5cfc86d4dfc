import type { LegalDate, Recorder, Uuid } from '#libs/kernel';
import type { Organ } from './organ-history.js';
import type { Appointment, Delegation, OrganRegister } from './organ-register.js';
import type { AppointmentRole, OrganLevel } from './register-facts.js';

/*
 * What held on a day. A judgement of a case asks for the day of the act, so that it stays what it was when an organ is
 * renamed, moved to another superior or abolished later.
 */

/** The organ as it was on `day`; undefined when it was not yet, or no longer. */
export function organOn(register: OrganRegister, id: Uuid, day: LegalDate): Organ | undefined {
  const history = register.histories.get(id);
  const organ = history
    ? history.findLast(({ from }) => from === undefined || from <= day)?.organ
    : register.organs.get(id);
  return organ && (organ.abolishedOn === undefined || day < organ.abolishedOn) ? organ : undefined;
}

/**
 * The organ as it was on `day`, or as it was nearest to it where it was not there: which law binds a body does not end
 * with it. Undefined for one that is not registered.
 */
export function organAbout(register: OrganRegister, id: Uuid, day: LegalDate): Organ | undefined {
  const history = register.histories.get(id);
  if (!history) return register.organs.get(id);
  return (history.findLast(({ from }) => from === undefined || from <= day) ?? history[0])?.organ;
}

/** 层级 on `day`; undefined also where the register does not tell it. */
export const levelOn = (register: OrganRegister, organ: Uuid, day: LegalDate): OrganLevel | undefined =>
  organOn(register, organ, day)?.level;

/** 上级机关 on `day`, if it was there itself. */
export function superiorOn(register: OrganRegister, organ: Uuid, day: LegalDate): Organ | undefined {
  const superior = organOn(register, organ, day)?.superior;
  return superior && organOn(register, superior, day);
}

/** 隶属关系 on `day`: whether one organ stood above the other, at any distance. */
export const isSubordinate = (register: OrganRegister, a: Uuid, b: Uuid, day: LegalDate): boolean =>
  standsAbove(register, a, b, day) || standsAbove(register, b, a, day);

/** Whether `above` stood over `below` on `day`, at any distance. An organ stands over itself only in a circle. */
export function standsAbove(register: OrganRegister, above: Uuid, below: Uuid, day: LegalDate): boolean {
  const seen = new Set<Uuid>();
  for (let at = superiorOn(register, below, day); at && !seen.has(at.id); at = superiorOn(register, at.id, day)) {
    if (at.id === above) return true;
    seen.add(at.id);
  }
  return false;
}

/**
 * 同级机构编制部门 of an organ on `day`: the staffing offices of its region and, where the register tells both, of its
 * level. None for an organ that was not there, and for one whose level has no office in its region (a central unit in a
 * city): that is for a person.
 */
export function staffingOfficesOf(register: OrganRegister, organ: Uuid, day: LegalDate): readonly Organ[] {
  const own = organOn(register, organ, day);
  if (!own) return [];
  const offices = [...register.organs.keys()].flatMap((id) => organOn(register, id, day) ?? []);
  return offices.filter(
    ({ kind, region, level }) =>
      kind === 'staffingOffice' && region === own.region && (!level || !own.level || level === own.level),
  );
}

/** Whether the appointment is held on `day`: from its first day to the day before its end. */
export const isHeldOn = ({ from, to }: Pick<Appointment, 'from' | 'to'>, day: LegalDate): boolean =>
  from <= day && (to === undefined || day < to);

/** The appointments `person` holds on `day`. One in an organ that is not there on that day is held no more. */
export const appointmentsOf = (register: OrganRegister, person: Uuid, day: LegalDate): readonly Appointment[] =>
  (indexOf(register).appointments.get(person) ?? []).filter(
    (appointment) => isHeldOn(appointment, day) && isThere(register, appointment.organ, day),
  );

/** Whether the organ was there on `day`, or is none the register could tell of. */
const isThere = (register: OrganRegister, organ: Uuid, day: LegalDate): boolean =>
  !register.organs.has(organ) || organOn(register, organ, day) !== undefined;

/** 名义: what a person may act as on a day: an appointment of their own, or somebody else's by delegation. */
export interface Capacity {
  /** Of the delegation, else of the appointment: what `Kesu-Acting-As` names. */
  readonly id: Uuid;
  readonly appointment: Appointment;
  readonly delegation?: Delegation;
  /** Of a delegation only those the appointment still carries. */
  readonly roles: readonly AppointmentRole[];
}

/** Every capacity of `person` on `day`, their own appointments first. A delegation lapses with its appointment. */
export function capacitiesOf(register: OrganRegister, person: Uuid, day: LegalDate): readonly Capacity[] {
  const own = appointmentsOf(register, person, day);
  const delegated = (indexOf(register).delegations.get(person) ?? []).filter((held) => isHeldOn(held, day));
  return [
    ...own.map((appointment) => ({ id: appointment.id, appointment, roles: appointment.roles })),
    ...delegated.flatMap((delegation) => {
      const given = register.appointments.get(delegation.appointment);
      const appointment = given && appointmentsOf(register, given.person, day).find(({ id }) => id === given.id);
      if (!appointment) return [];
      const roles = delegation.roles.filter((role) => appointment.roles.includes(role));
      return [{ id: delegation.id, appointment, delegation, roles }];
    }),
  ];
}

/**
 * 登记管理人员 on `day`: who can keep the register, with an account, by an appointment of their own in a staffing office.
 * With fewer than two of them no change can be approved.
 */
export function registrarsOn(register: OrganRegister, day: LegalDate): ReadonlySet<Uuid> {
  const persons = new Set(register.accounts.values());
  return new Set([...persons].filter((person) => appointmentsOf(register, person, day).some(keeps(register, day))));
}

const keeps =
  (register: OrganRegister, day: LegalDate) =>
  ({ organ, roles }: Appointment): boolean =>
    roles.includes('registrar') && organOn(register, organ, day)?.kind === 'staffingOffice';

interface Index {
  readonly appointments: ReadonlyMap<Uuid, readonly Appointment[]>;
  readonly delegations: ReadonlyMap<Uuid, readonly Delegation[]>;
}
const indexes = new WeakMap<OrganRegister, Index>();

/** A register never changes, so what persons hold is put by person once: it is asked for at every request. */
function indexOf(register: OrganRegister): Index {
  let index = indexes.get(register);
  if (!index) {
    const { appointments, delegations } = register;
    index = { appointments: byPerson(appointments.values()), delegations: byPerson(delegations.values()) };
    indexes.set(register, index);
  }
  return index;
}

function byPerson<H extends { readonly person: Uuid }>(items: Iterable<H>): ReadonlyMap<Uuid, readonly H[]> {
  const found = new Map<Uuid, H[]>();
  for (const item of items) {
    const held = found.get(item.person);
    if (held) held.push(item);
    else found.set(item.person, [item]);
  }
  return found;
}

/** 辖区: the digits all 行政区划代码 below `region` begin with: 350200 is the city 3502, 350203 itself. */
export const areaOf = (region: string): string => region.replace(/(00)+$/, '');

/** The person at the desk, and, where they act by delegation, the one they act for. */
export function personsBehind(
  { person, appointment }: Pick<Recorder, 'person' | 'appointment'>,
  { appointments }: OrganRegister,
): readonly Uuid[] {
  const holder = appointment && appointments.get(appointment)?.person;
  return holder && holder !== person ? [person, holder] : [person];
}
