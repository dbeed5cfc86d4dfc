import type { LegalDate, RefusalKind, Uuid } from '#libs/kernel';
import {
  isHeldOn,
  organOn,
  standsAbove,
  type Organ,
  type OrganRegister,
  type RegisterChange,
  type RegisterEntry,
  type RegisterEntryType,
} from '#libs/law';
import type { RefusalCode } from './refusals.js';
import { roleNames } from './words.js';

/** What keeps a change from being entered, and the field of the command it lies in. */
export interface Misfit {
  readonly code: RefusalCode;
  readonly kind: RefusalKind;
  readonly field?: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The register before the change and with all changes of the request, and the day on which it is asked. */
export interface Registers {
  readonly before: OrganRegister;
  readonly after: OrganRegister;
  readonly today: LegalDate;
}

export type Entry<T extends RegisterEntryType> = RegisterChange<Extract<RegisterEntry, { type: T }>>;
export const unknown = (code: RefusalCode, field: string): Misfit => ({ code, kind: 'malformed', field });
export const impossible = (code: RefusalCode, field?: string, values?: Misfit['values']): Misfit => ({
  code,
  kind: 'impossible',
  ...(field && { field }),
  ...(values && { values }),
});

export const unknownPerson = (person: Uuid, { persons }: OrganRegister): Misfit | undefined =>
  persons.has(person) ? undefined : unknown('UNKNOWN_PERSON', 'person');

export function notThere(organ: Uuid, on: LegalDate, register: OrganRegister, field: string): Misfit | undefined {
  if (!register.organs.has(organ)) return unknown('UNKNOWN_ORGAN', field);
  return organOn(register, organ, on) ? undefined : impossible('ORGAN_NOT_THERE', field, { on });
}

/** What an organ is has one latest state, read everywhere: so a change of it is registered once it has taken effect. */
export const notYet = (on: LegalDate, today: LegalDate): Misfit | undefined =>
  on > today ? impossible('NOT_YET_IN_EFFECT', 'effectiveOn', { today }) : undefined;

export function nameTaken(organ: Uuid, name: string, { before }: Registers): Misfit | undefined {
  const taken = [...before.organs.values()].some(
    (other) => other.id !== organ && other.name === name && other.abolishedOn === undefined,
  );
  return taken ? impossible('ORGAN_NAME_TAKEN', 'name') : undefined;
}

export function nothingNew(
  { data, occurredAt: { on } }: Entry<'OrganChanged'>,
  before: OrganRegister,
): Misfit | undefined {
  const { organ, noSuperior, ...traits } = data;
  const was: Partial<Organ> = organOn(before, organ, on) ?? {};
  const moved = (noSuperior === true && was.superior !== undefined) || Object.entries(traits).some(isNewTo(was));
  return moved ? undefined : impossible('CHANGE_EMPTY');
}

const isNewTo =
  (was: Readonly<Record<string, unknown>>) =>
  ([name, value]: readonly [string, unknown]): boolean =>
    was[name] !== value;

/** The day itself and every later one on which some line of superiors changes. */
const daysFrom = (on: LegalDate, { histories }: OrganRegister): readonly LegalDate[] => [
  on,
  ...[...histories.values()].flat().flatMap(({ from }) => (from !== undefined && from > on ? [from] : [])),
];

export const circle = (organ: Uuid, on: LegalDate, after: OrganRegister): Misfit | undefined =>
  daysFrom(on, after).some((day) => standsAbove(after, organ, organ, day))
    ? impossible('SUPERIOR_CIRCLE', 'superior')
    : undefined;

export function subordinates(organ: Uuid, on: LegalDate, before: OrganRegister): Misfit | undefined {
  for (const day of daysFrom(on, before))
    for (const id of before.organs.keys()) {
      const other = organOn(before, id, day);
      if (other?.superior === organ) return impossible('ORGAN_HAS_SUBORDINATES', 'organ', { organ: other.name });
    }
  return undefined;
}

interface Period {
  readonly from: LegalDate;
  readonly to?: LegalDate;
}
/** A period that ends on its first day was none. */
const overlap = (a: Period, b: Period): boolean => [a.from, b.from].some((day) => isHeldOn(a, day) && isHeldOn(b, day));

export function appointedTwice(
  { appointment }: Entry<'AppointmentMade'>['data'],
  after: OrganRegister,
): Misfit | undefined {
  const made = after.appointments.get(appointment);
  const twice = [...after.appointments.values()].some(
    (other) =>
      made !== undefined &&
      other.id !== made.id &&
      other.person === made.person &&
      other.organ === made.organ &&
      other.post === made.post &&
      overlap(other, made),
  );
  return twice ? impossible('APPOINTMENT_OVERLAPS', 'effectiveOn') : undefined;
}

export function beyondAppointment(
  { data, occurredAt: { on } }: Entry<'DelegationMade'>,
  before: OrganRegister,
): Misfit | undefined {
  const appointment = before.appointments.get(data.appointment);
  if (!appointment) return unknown('UNKNOWN_APPOINTMENT', 'appointment');
  if (appointment.person === data.person) return impossible('DELEGATION_TO_ONESELF', 'person');
  const role = data.roles.find((wanted) => !appointment.roles.includes(wanted));
  if (role) return impossible('ROLE_NOT_HELD', 'roles', { role: roleNames[role] });
  if (data.to <= on) return unknown('DATES_REVERSED', 'endsOn');
  if (on < appointment.from) return impossible('DELEGATION_TOO_LONG', 'effectiveOn');
  return appointment.to !== undefined && appointment.to < data.to
    ? impossible('DELEGATION_TOO_LONG', 'endsOn')
    : undefined;
}

export function delegatedTwice(
  { data: { delegation } }: Entry<'DelegationMade'>,
  after: OrganRegister,
): Misfit | undefined {
  const made = after.delegations.get(delegation);
  const twice = [...after.delegations.values()].some(
    (other) =>
      made !== undefined &&
      other.id !== made.id &&
      other.person === made.person &&
      other.appointment === made.appointment &&
      overlap(other, made),
  );
  return twice ? impossible('DELEGATION_OVERLAPS', 'effectiveOn') : undefined;
}
