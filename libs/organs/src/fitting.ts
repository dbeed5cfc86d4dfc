import type { LegalDate } from '#libs/kernel';
import { accountKey, registerWith, type OrganRegister, type RegisterEntryType } from '#libs/law';
import type { Asked } from './asked.js';
import {
  appointedTwice,
  beyondAppointment,
  circle,
  delegatedTwice,
  impossible,
  nameTaken,
  nothingNew,
  notThere,
  notYet,
  subordinates,
  unknown,
  unknownPerson,
  type Entry,
  type Misfit,
  type Registers,
} from './misfits.js';
import { refusal } from './refusals.js';

type Check<T extends RegisterEntryType> = (change: Entry<T>, registers: Registers) => Misfit | undefined;

const checks: { readonly [T in RegisterEntryType]: Check<T> } = {
  OrganRegistered: ({ data, occurredAt: { on } }, registers) =>
    notYet(on, registers.today) ??
    nameTaken(data.organ, data.name, registers) ??
    (data.superior === undefined ? undefined : notThere(data.superior, on, registers.before, 'superior')),
  OrganChanged: (change, registers) => {
    const { data, occurredAt } = change;
    const { on } = occurredAt;
    return (
      notThere(data.organ, on, registers.before, 'organ') ??
      notYet(on, registers.today) ??
      nothingNew(change, registers.before) ??
      (data.name === undefined ? undefined : nameTaken(data.organ, data.name, registers)) ??
      (data.superior === undefined ? undefined : notThere(data.superior, on, registers.before, 'superior')) ??
      circle(data.organ, on, registers.after)
    );
  },
  OrganAbolished: ({ data: { organ, into }, occurredAt: { on } }, { before, today }) =>
    notThere(organ, on, before, 'organ') ??
    (before.organs.get(organ)?.abolishedOn === undefined
      ? undefined
      : impossible('ORGAN_NOT_THERE', 'organ', { on })) ??
    notYet(on, today) ??
    (into === organ ? impossible('ORGAN_NOT_THERE', 'into', { on }) : undefined) ??
    (into === undefined ? undefined : notThere(into, on, before, 'into')) ??
    subordinates(organ, on, before),
  PersonRegistered: () => undefined,
  PersonRenamed: ({ data: { person, name } }, { before }) =>
    unknownPerson(person, before) ??
    (before.persons.get(person)?.name === name ? impossible('CHANGE_EMPTY', 'name') : undefined),
  AccountLinked: ({ data }, { before }) =>
    unknownPerson(data.person, before) ??
    (before.accounts.has(accountKey(data.issuer, data.subjectDigest))
      ? impossible('ACCOUNT_TAKEN', 'account')
      : undefined),
  AccountUnlinked: ({ data }, { before }) =>
    unknownPerson(data.person, before) ??
    (before.accounts.get(accountKey(data.issuer, data.subjectDigest)) === data.person
      ? undefined
      : impossible('ACCOUNT_NOT_LINKED', 'account')),
  AppointmentMade: ({ data, occurredAt: { on } }, { before, after }) =>
    unknownPerson(data.person, before) ?? notThere(data.organ, on, before, 'organ') ?? appointedTwice(data, after),
  AppointmentEnded: ({ data: { appointment }, occurredAt: { on } }, { before }) => {
    const made = before.appointments.get(appointment);
    if (!made) return unknown('UNKNOWN_APPOINTMENT', 'appointment');
    if (on < made.from) return impossible('DATES_REVERSED', 'effectiveOn');
    return made.to !== undefined && made.to <= on
      ? impossible('APPOINTMENT_ENDED', 'effectiveOn', { to: made.to })
      : undefined;
  },
  DelegationMade: (change, { before, after }) =>
    unknownPerson(change.data.person, before) ?? beyondAppointment(change, before) ?? delegatedTwice(change, after),
  DelegationEnded: ({ data: { delegation }, occurredAt: { on } }, { before }) => {
    const made = before.delegations.get(delegation);
    if (!made) return unknown('UNKNOWN_DELEGATION', 'delegation');
    if (on < made.from) return impossible('DATES_REVERSED', 'effectiveOn');
    return made.to <= on ? impossible('DELEGATION_ENDED', 'effectiveOn', { to: made.to }) : undefined;
  },
};

/**
 * That all of `asked` can be entered together: at the request, and once more at its approval, since the register may have
 * moved on in between. @param pointer names what is at fault there. @throws Refusal for the first that cannot.
 * @returns the register with all of it.
 */
export function assertFits(
  register: OrganRegister,
  asked: readonly Asked[],
  today: LegalDate,
  pointer?: string,
): OrganRegister {
  const after = registerWith(
    register,
    asked.map(({ change }) => change),
  );
  let before = register;
  for (const { change, at } of asked) {
    // The table has the check of exactly this type of entry, which a union of functions cannot say.
    const check = checks[change.type] as Check<RegisterEntryType>;
    const misfit = check(change, { before, after, today });
    if (misfit) throw refused(misfit, at, pointer);
    before = registerWith(before, [change]);
  }
  return after;
}

function refused({ code, kind, field, values }: Misfit, at: string, pointer: string | undefined) {
  const own = field === undefined ? undefined : field === 'account' ? '/account' : `${at}/${field}`;
  const place = pointer ?? own;
  return refusal(code, {
    kind: pointer === undefined ? kind : 'impossible',
    ...(place === undefined ? {} : { pointer: place }),
    ...(values && { values }),
  });
}
