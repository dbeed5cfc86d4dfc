import { dayOfOccurrence, type Context, type LegalDate, type Uuid } from '#libs/kernel';
import { registerEntries, type LawBook, type RegisterChange, type RegisterEntry } from '#libs/law';
import type * as commands from './commands.js';
import { refusal } from './refusals.js';

/** A change, and where in the command it was asked for: what is wrong with it is pointed at there. */
export interface Asked {
  readonly change: RegisterChange;
  readonly at: string;
}

type Asking = Context<LawBook>;

function entry<E extends RegisterEntry>(fact: E, on: LegalDate, at = ''): Asked {
  // One entry of the union with its version and day: spread, it no longer says which one it is.
  const change = { ...fact, version: registerEntries[fact.type].version, occurredAt: { on } } as unknown;
  return { change: change as RegisterChange, at };
}

export function organRegistered(command: commands.RegisterOrgan, { subjectAt }: Asking): readonly Asked[] {
  const { name, kind, region, level, superior, effectiveOn } = command;
  const traits = { name, kind, region, ...(level && { level }), ...(superior && { superior }) };
  return [entry({ type: 'OrganRegistered', data: { organ: subjectAt('/organ'), ...traits } }, effectiveOn)];
}

export function organChanged(command: commands.ChangeOrgan): readonly Asked[] {
  const { organ, name, kind, region, level, superior, noSuperior, effectiveOn } = command;
  if (superior && noSuperior) throw refusal('SUPERIOR_AND_NONE', { kind: 'malformed', pointer: '/noSuperior' });
  const data = {
    organ,
    ...(name !== undefined && { name }),
    ...(kind && { kind }),
    ...(region !== undefined && { region }),
    ...(level && { level }),
    ...(superior && { superior }),
    ...(noSuperior && { noSuperior }),
  };
  return [entry({ type: 'OrganChanged', data }, effectiveOn)];
}

export const organAbolished = ({ organ, into, effectiveOn }: commands.AbolishOrgan): readonly Asked[] => [
  entry({ type: 'OrganAbolished', data: { organ, ...(into && { into }) } }, effectiveOn),
];

export function personRegistered(command: commands.RegisterPerson, context: Asking): readonly Asked[] {
  const { name, digest, appointment, occurredAt } = command;
  const person = context.subjectAt('/person');
  const on = dayOfOccurrence(occurredAt);
  return [
    entry({ type: 'PersonRegistered', data: { person, name } }, on),
    ...(digest ? [entry({ type: 'AccountLinked', data: { person, ...digest } }, on)] : []),
    ...(appointment ? appointed(person, appointment, context, '/appointment') : []),
  ];
}

export const personRenamed = ({ person, name, occurredAt }: commands.RenamePerson): readonly Asked[] => [
  entry({ type: 'PersonRenamed', data: { person, name } }, dayOfOccurrence(occurredAt)),
];

export const accountLinked = ({ person, digest, occurredAt }: commands.LinkAccount): readonly Asked[] => [
  entry({ type: 'AccountLinked', data: { person, ...digested(digest) } }, dayOfOccurrence(occurredAt)),
];

export const accountUnlinked = ({ person, digest, occurredAt }: commands.UnlinkAccount): readonly Asked[] => [
  entry({ type: 'AccountUnlinked', data: { person, ...digested(digest) } }, dayOfOccurrence(occurredAt)),
];

/** @throws Error when the command did not come by the route, which digests it. */
function digested(digest: commands.AccountDigest | undefined): commands.AccountDigest {
  if (!digest) throw new Error('the account was not digested');
  return digest;
}

export const appointmentMade = (command: commands.MakeAppointment, context: Asking): readonly Asked[] =>
  appointed(command.person, command, context, '');

/** An appointment for a term is one that is made and ended in one change. */
function appointed(person: Uuid, part: commands.AppointmentPart, { subjectAt }: Asking, at: string): readonly Asked[] {
  const { organ, post, roles, effectiveOn, endsOn } = part;
  const appointment = subjectAt('/appointment');
  if (endsOn !== undefined && endsOn <= effectiveOn)
    throw refusal('DATES_REVERSED', { kind: 'malformed', pointer: `${at}/endsOn` });
  const made = { appointment, person, organ, post, roles: [...roles] };
  return [
    entry({ type: 'AppointmentMade', data: made }, effectiveOn, at),
    ...(endsOn === undefined ? [] : [entry({ type: 'AppointmentEnded', data: { appointment } }, endsOn, at)]),
  ];
}

export const appointmentEnded = ({ appointment, effectiveOn }: commands.EndAppointment): readonly Asked[] => [
  entry({ type: 'AppointmentEnded', data: { appointment } }, effectiveOn),
];

export function delegationMade(command: commands.MakeDelegation, { subjectAt }: Asking): readonly Asked[] {
  const { appointment, person, roles, effectiveOn, endsOn } = command;
  const data = { delegation: subjectAt('/delegation'), appointment, person, roles: [...roles], to: endsOn };
  return [entry({ type: 'DelegationMade', data }, effectiveOn)];
}

export const delegationEnded = ({ delegation, effectiveOn }: commands.EndDelegation): readonly Asked[] => [
  entry({ type: 'DelegationEnded', data: { delegation } }, effectiveOn),
];
