import { day, id, list, mode, moment, number, object, occurrence, position, says, text } from './schema-parts.js';

const held = { appointment: id, person: id, name: text, organ: id, post: text, roles: list(text), from: day };
const appointment = object({ ...held, to: day }, ['to']);
const traits = { name: text, kind: text, region: text, level: text, superior: id };
/** Of the register: the revision that is shown. */
const shown = { ...mode, ...position, revision: number };
const next = { next: { ...text, description: '下一页的游标' } };
const delegation = { delegation: id, person: id, name: text, roles: list(text), from: day, to: day };
/** What a change brings into the register, from the day it says. */
const entry = (type: string, members: Readonly<Record<string, object>>, optional: readonly string[] = []): object =>
  object({ type: { type: 'string', enum: [type] }, on: day, ...members }, optional);
const account = { person: id, issuer: text };
const entries = {
  oneOf: [
    entry('OrganRegistered', { organ: id, ...traits }, ['level', 'superior']),
    entry('OrganChanged', { organ: id, ...traits, noSuperior: { type: 'boolean' } }, [
      ...Object.keys(traits),
      'noSuperior',
    ]),
    entry('OrganAbolished', { organ: id, into: id }, ['into']),
    entry('PersonRegistered', { person: id, name: text }),
    entry('PersonRenamed', { person: id, name: text }),
    entry('AccountLinked', account),
    entry('AccountUnlinked', account),
    entry('AppointmentMade', { appointment: id, person: id, organ: id, post: text, roles: list(text) }),
    entry('AppointmentEnded', { appointment: id }),
    entry('DelegationMade', { delegation: id, appointment: id, person: id, roles: list(text), to: day }),
    entry('DelegationEnded', { delegation: id }),
  ],
};
const changeStep = object({ person: text, organ: text, occurredAt: occurrence, recordedAt: moment }, ['organ']);
const change = {
  request: id,
  status: { type: 'string', enum: ['pending', 'approved', 'refused'] },
  ...says,
  changes: list(entries),
  documentNumber: text,
  reason: text,
  requestedBy: changeStep,
  decision: object({ outcome: text, by: changeStep, reason: text }, ['reason']),
};
const undecided = ['documentNumber', 'reason', 'decision'] as const;

/** The answers of the organ register. */
export const REGISTER_SCHEMAS = {
  OrganList: object(
    {
      ...shown,
      on: day,
      organs: list(object({ id, ...traits, appointments: list(appointment) }, ['level', 'superior'])),
    },
    ['mode'],
  ),
  Organ: object(
    {
      ...shown,
      on: day,
      id,
      inBeing: { type: 'boolean', description: '当日是否存在；不存在时没有名称等各项' },
      ...traits,
      abolishedOn: day,
      mergedInto: id,
      history: list(object({ from: day, ...traits, inBeing: { type: 'boolean' } }, ['from', 'level', 'superior'])),
      subordinates: list(id),
      staffingOffices: { ...list(id), description: '同级机构编制部门' },
      appointments: list(appointment),
    },
    ['mode', ...Object.keys(traits), 'abolishedOn', 'mergedInto'],
  ),
  PersonList: object({ ...shown, persons: list(object({ id, name: text, accounts: number }, ['accounts'])), ...next }, [
    'mode',
    'next',
  ]),
  AppointmentList: object(
    {
      ...shown,
      appointments: list(object({ ...held, to: day, delegations: list(object(delegation)) }, ['to'])),
      ...next,
    },
    ['mode', 'next'],
  ),
  Register: object({ ...shown, organs: number, persons: number, appointments: number, pendingChanges: number }, [
    'mode',
  ]),
  RegisterChangeList: object({ ...shown, changes: list(object(change, undecided)), ...next }, ['mode', 'next']),
  RegisterChange: object({ ...shown, ...change }, ['mode', ...undecided]),
  Me: object({
    ...position,
    person: id,
    name: text,
    actingAs: id,
    appointments: list(appointment),
    delegations: list(object({ ...held, delegation: id, to: day })),
  }),
};
