import { custodyAt, derivedId, instant, legalDate, type Uuid } from '#libs/kernel';
import { registerWith, type LawBook, type RegisterChange } from '#libs/law';
import {
  by,
  delivered,
  extended,
  law,
  organs,
  people,
  requested,
  scene,
  step,
} from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import * as commands from './commands/index.js';
import { custodyLine } from './custody.js';
import { relation } from './policy.js';
import { assistance } from './system.js';

/* 职权承继: the organ that was asked is merged into another while the case is open. */

const MERGED = legalDate('2026-09-25');
const mergedInto = (into: Uuid): RegisterChange => ({
  type: 'OrganAbolished',
  version: 1,
  data: { organ: organs.ecology, into },
  occurredAt: { on: MERGED },
});
const appointed: RegisterChange = {
  type: 'AppointmentMade',
  version: 1,
  data: {
    appointment: derivedId(['the head there']),
    person: people.head,
    organ: organs.audit,
    post: '局长',
    roles: ['head'],
  },
  occurredAt: { on: MERGED },
};
const merged: LawBook = { ...law, organs: registerWith(law.organs, [mergedInto(organs.audit), appointed]) };
const asOf = (organ: Uuid) =>
  specification(assistance, { ...scene, law: merged, recorder: { ...scene.recorder, organ } });
const base = [requested('2026-09-17'), delivered('2026-09-18')] as const;
const head = { ...by.head, organ: organs.audit };
const worked = (on: string) => ({ ...step(on), data: { ...step(on).data, by: head } });

it.each<[string, Uuid, LawBook, string]>([
  ['the successor', organs.audit, merged, 'requested'],
  ['the successor, before the register knows of it,', organs.audit, law, 'none'],
  ['any other organ', organs.entrusted, merged, 'none'],
  ['the other side', organs.market, merged, 'requesting'],
  ['the organ itself', organs.ecology, merged, 'requested'],
])('%s stands to the case so', (_who, organ, book, expected) => {
  const { state } = asOf(organ).given(...base);
  expect(relation(state, { organ, roles: ['handler'] }, book)).toBe(expected);
  expect(relation(state, { organ, roles: ['operator'] }, book)).toBe('none');
});

it('the other side stays the side it was when it takes over the organ it asked', () => {
  const book = { ...law, organs: registerWith(law.organs, [mergedInto(organs.market)]) };
  const { state } = asOf(organs.market).given(...base);
  expect(relation(state, { organ: organs.market, roles: ['handler'] }, book)).toBe('requesting');
});

it('records for the side it succeeded', () => {
  asOf(organs.audit)
    .given(...base)
    .when(commands.EnterRegister, { occurredAt: { on: legalDate('2026-09-28') }, documentNumber: '某号' })
    .records('AssistanceRegisterEntryMade', { side: 'requested' });
});

it('XM-16-6 lets its head extend from that day on, and no longer one of the organ that is no more', () => {
  const { given } = asOf(organs.audit);
  given(...base, extended('2026-09-28', { by: head })).clock('provide', { rule: 'XM-16-6', due: '2026-10-22' });
  given(...base, extended('2026-09-28')).flagged('XM-16-6', 'extensionNotEntitled');
  given(...base, extended('2026-09-24', { by: head })).flagged('XM-16-6', 'extensionNotEntitled');
});

it('XM-14-1 takes its officers for the organ’s from that day on', () => {
  const codes = (on: string) =>
    asOf(organs.audit)
      .given(...base, worked(on))
      .schedule.flags.map(({ code }) => code);
  expect([codes('2026-09-28'), codes('2026-09-24')]).toEqual([[], ['handlerNotOfOrgan']]);
});

it('names them in charge of the turn that was the organ’s', () => {
  const { state } = asOf(organs.audit).given(...base, worked('2026-09-28'));
  const { turns } = custodyAt(custodyLine(state, merged), instant('2026-10-01T00:00:00Z'));
  expect(turns.at(-1)?.holders).toMatchObject([{ organ: organs.ecology, officers: [{ person: people.head }] }]);
});
