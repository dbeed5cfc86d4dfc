import * as fc from 'fast-check';
import type { Refusal } from '#libs/kernel';
import {
  addDays,
  corrected,
  derivedId,
  fold,
  legalDate,
  RequestCorrection,
  type AnyFact,
  type CommonFact,
  type Decided,
  type Recorded,
  type Recorder,
  type WholeCase,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import {
  by,
  delivered,
  extended,
  fedBack,
  law,
  organs,
  people,
  provided,
  recorder,
  requested,
  scene,
} from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceCase } from './case-state.js';
import type { AssistanceFact } from './facts/index.js';
import { assistance } from './system.js';

type Fact = Recorded<AssistanceFact | CommonFact>;
type Whole = WholeCase<AssistanceCase, AssistanceFact, LawBook>;

const caseId = derivedId(['case']);
const FIRST = legalDate('2026-09-18');
const day = fc.integer({ min: 0, max: 30 }).map((days) => ({ on: addDays(FIRST, days) }));

/** A case as it was recorded, in any order of occurrence, after a request that law governs. */
const history = fc
  .array(
    fc.oneof(
      day.map(({ on }) => delivered(on)),
      day.map(({ on }) => extended(on)),
      day.map(({ on }) => provided(on)),
      day.map(({ on }) => fedBack(on)),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((acts): readonly Happened<AssistanceFact>[] =>
    [requested('2026-09-17'), ...acts].map((act, index) => ({ ...act, id: derivedId(['fact', index]) })),
  );

/** Fields that a correction may touch, with a right value. */
const change = fc.oneof(
  day.map((occurredAt) => ({ pointer: '/occurredAt', after: occurredAt })),
  fc.constantFrom({ pointer: '/data/by', after: by.deputy }, { pointer: '/data/by', after: by.otherHead }),
);

const of = (facts: readonly Fact[]): Whole => ({
  id: caseId,
  decider: assistance.decider,
  rule: assistance.common?.rule ?? (() => undefined),
  facts,
  relation: 'supervising',
  parties: assistance.watched?.parties ?? (() => []),
  standing: (organ) => organ,
  behind: ({ person }) => [person],
});

const as = (person: Recorder['person']) => ({
  ...scene,
  recorder: { ...recorder, person, organ: organs.cityOffice },
  subjectAt: (pointer: string) => derivedId(['subject', pointer]),
});

/** What a common decision of the system comes to, as the next fact of the case. */
function next(facts: readonly Fact[], type: string, fields: object, who: Recorder['person']): readonly Fact[] {
  const row = assistance.common?.decisions.find(({ command }) => command.name === type);
  if (!row) throw new Error(`nobody decides ${type}`);
  const command = Object.assign(new row.command(), { occurredAt: { on: FIRST } }, fields);
  const decided: readonly Decided<CommonFact>[] = row.decideWhole(command, of(facts), as(who));
  const happened = decided.map((fact) => ({ ...fact, occurredAt: { on: FIRST } })) as unknown as Happened<AnyFact>[];
  const recorded = recordedAs<AnyFact>(happened, { ...scene, recorder: as(who).recorder }, facts.length);
  return [...facts, ...(recorded as unknown as readonly Fact[])];
}

const valueIn = (fact: Happened<AssistanceFact>, pointer: string): unknown =>
  pointer === '/occurredAt' ? fact.occurredAt : fact.data.by;

const rightFromTheStart = (fact: Happened<AssistanceFact>, { pointer, after }: { pointer: string; after: object }) =>
  (pointer === '/occurredAt'
    ? { ...fact, occurredAt: after }
    : { ...fact, data: { ...fact.data, by: after } }) as Happened<AssistanceFact>;

/** The case without what its facts said before. */
const remembered = (state: AssistanceCase): unknown =>
  JSON.parse(JSON.stringify(state, (name, value: unknown) => (name === 'earlier' ? undefined : value)));

it('stands after corrections as if it had been recorded rightly from the start, but for what that moved', () => {
  let approved = 0;
  fc.assert(
    fc.property(history, fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 4 }), (acts, corrections) => {
      let wrong: readonly Fact[] = recordedAs<AssistanceFact>(acts, scene);
      const right = [...acts];
      for (const [place, { pointer, after }] of corrections) {
        const at = 1 + (place % (acts.length - 1));
        const before = valueIn(right[at]!, pointer);
        if (JSON.stringify(before) === JSON.stringify(after)) continue;
        const corrects = derivedId(['fact', at]);
        const fields = { corrects, pointer, before, after, reason: '录入有误' };
        wrong = next(wrong, 'RequestCorrection', fields, people.asker);
        wrong = next(wrong, 'ApproveCorrection', { request: wrong.at(-1)?.id }, people.formerHead);
        right[at] = rightFromTheStart(right[at]!, { pointer, after });
        approved += 1;
      }
      const stands = fold(assistance.decider, corrected<AssistanceFact>(wrong));
      const should = fold(assistance.decider, recordedAs<AssistanceFact>(right, scene));
      expect(remembered(stands)).toEqual(remembered(should));
      const schedule = assistance.schedule(stands, law);
      const flags = schedule.flags.filter(({ code }) => code !== 'dueCorrected' && code !== 'stopCorrected');
      expect({ ...schedule, flags }).toEqual(assistance.schedule(should, law));
    }),
    { numRuns: 150 },
  );
  expect(approved).toBeGreaterThan(100);
});

it('refuses the correction of a sealed value under its erased subject, and takes the field out', () => {
  const subject = derivedId(['a person']);
  const sealed = { sealed: 'x', subject, iv: '', ct: '', keyHash: '' };
  const opening = requested('2026-09-17', { counterparties: [{ subject, name: sealed, contact: sealed }] });
  const facts: readonly Fact[] = [
    ...recordedAs<AssistanceFact>([opening], scene),
    ...(recordedAs<AnyFact>(
      [{ type: 'SubjectErased', data: { request: caseId, subject }, occurredAt: { on: FIRST } }],
      scene,
      1,
    ) as unknown as readonly Fact[]),
  ];
  const asked = { corrects: facts[0]?.id, pointer: '/data/counterparties/0/contact', reason: '录入有误' };
  expect(() => next(facts, 'RequestCorrection', { ...asked, after: '新的' }, people.asker)).toThrow(
    expect.objectContaining({ code: 'SUBJECT_ERASED' }) as Refusal,
  );
  expect(next(facts, 'RequestCorrection', asked, people.asker).at(-1)).toMatchObject({ type: 'CorrectionRequested' });
});

it('gives each system commands of its own, found by their class', () => {
  const [row] = assistance.common?.decisions ?? [];
  expect(new row!.command()).toBeInstanceOf(RequestCorrection);
  expect(row!.command).not.toBe(RequestCorrection);
});
