import fc from 'fast-check';
import { assistance, type AssistanceFact } from '#libs/assistance';
import {
  canonicalJson,
  derivedId,
  fromMilliseconds,
  streamName,
  type Instant,
  type LoggedEvent,
  type Position,
  type Uuid,
} from '#libs/kernel';
import {
  caseAt,
  factsKnown,
  projected,
  readableStanding,
  rowsAt,
  standingAfter,
  type CaseAt,
  type Standing,
  type Taken,
} from '#libs/platform';
import type { AssistanceCase } from '../../libs/assistance/src/case-state.js';
import {
  accepted,
  closed,
  delivered,
  extended,
  fedBack,
  law,
  organs,
  provided,
  recorder,
  requested,
  step,
} from '../../libs/testing/src/specification/assistance-cases.js';
import type { Happened } from '../../libs/testing/src/specification/index.js';

const CASE = derivedId(['case at']);
const STREAM = streamName('kesu', 'assistance', CASE);

/** What one entry of a random history is: a fact on some day, or a correction of the time of an earlier one. */
type Entry =
  | { readonly fact: number; readonly day: number; readonly organ: 'market' | 'ecology' }
  | { readonly corrects: number; readonly day: number; readonly granted: boolean };

const MADE: readonly ((on: string) => Happened<AssistanceFact>)[] = [
  delivered,
  accepted,
  step,
  extended,
  provided,
  fedBack,
  closed,
];
const dayOf = (n: number): string => `2026-09-${String(1 + n).padStart(2, '0')}`;

const entries = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        fact: fc.nat(MADE.length - 1),
        day: fc.nat(27),
        organ: fc.constantFrom('market' as const, 'ecology' as const),
      }),
    },
    { weight: 1, arbitrary: fc.record({ corrects: fc.nat(30), day: fc.nat(27), granted: fc.boolean() }) },
  ),
  { maxLength: 14 },
);

/** Later than every day of the histories, so that nothing is of the future. */
const recordedAt = (revision: number): Instant => fromMilliseconds(Date.UTC(2026, 9, 1) + revision);

/** The events of a history, in a stream of their own, with a position of the log each. */
function logged(history: readonly Entry[]): readonly LoggedEvent[] {
  const events: LoggedEvent[] = [];
  const put = (type: string, data: object, on: string, organ: Uuid): void => {
    const revision = events.length;
    const id = derivedId(['case at', revision]);
    const metadata = {
      ...{ envelope: 1, version: 1, commandId: id, commandDigest: '', $correlationId: id, $causationId: id, salt: '' },
      ...{ basis: {}, recorder: { ...recorder, organ }, occurredAt: { on }, recordedAt: recordedAt(revision) },
    };
    const position = String(1000 + 3 * revision) as Position;
    const logged_ = {
      id,
      type,
      data,
      metadata,
      stream: STREAM,
      revision,
      position,
      created: recordedAt(revision),
    };
    // As it would come back from a log: JSON, and frozen by nobody.
    events.push(JSON.parse(JSON.stringify(logged_)) as LoggedEvent);
  };
  put('AssistanceRequested', requested('2026-09-01').data, '2026-09-01', organs.market);
  for (const entry of history) {
    if ('fact' in entry) {
      const made = MADE[entry.fact]?.(dayOf(entry.day));
      if (made) put(made.type, made.data, dayOf(entry.day), organs[entry.organ]);
    } else {
      const corrects = events[entry.corrects % events.length]?.id ?? CASE;
      const data = { corrects, version: 1, pointer: '/occurredAt', after: { on: dayOf(entry.day) }, reason: '笔误' };
      put('CorrectionRequested', data, '2026-09-28', organs.market);
      const request = events.at(-1)?.id;
      put(
        entry.granted ? 'FactCorrected' : 'CorrectionRefused',
        { request, reason: '无误' },
        '2026-09-28',
        organs.market,
      );
    }
  }
  return events;
}

/** The state as a service keeps it: folded on with each event, anew where that is not possible. */
function* live(events: readonly LoggedEvent[]): Generator<Standing<unknown>> {
  let standing: Standing<unknown> | undefined;
  for (const [index, event] of events.entries()) {
    const known = events.slice(0, index + 1);
    const on = standing && standingAfter(assistance, standing as never, [event]);
    standing = on ?? readableStanding(assistance, STREAM, known);
    yield standing;
  }
}

/** The case as these events make it. */
function at(events: readonly LoggedEvent[], taken?: Taken): CaseAt<AssistanceCase, AssistanceFact> {
  const facts = factsKnown(assistance, events, new Set());
  const found = caseAt<AssistanceCase, AssistanceFact>(assistance, { case: CASE, facts, law }, taken);
  if (!found) throw new Error('there is no case');
  return found;
}

it('folding at a revision is the state as it was live, and what the views showed then', () => {
  fc.assert(
    fc.property(entries, (history) => {
      const events = logged(history);
      let folded = projected(assistance).foldCase(CASE, events.slice(0, 1), -1);
      const rows = new Map<string, ReadonlyMap<string, readonly unknown[]>>();
      let revision = 0;
      for (const standing of live(events)) {
        const known = events.slice(0, revision + 1);
        const then = at(known);
        expect(canonicalJson(then.state)).toBe(canonicalJson(standing.state));
        const event = known.at(-1);
        if (revision > 0 && event && !folded.take(event)) folded = projected(assistance).foldCase(CASE, known, -1);
        for (const [name, written] of folded.rows(law))
          rows.set(name, new Map([...(rows.get(name) ?? []), ...written]));
        const [file] = rowsAt(assistance, 'case_file', then);
        const shown = [...(rows.get('assistance_case_file')?.values() ?? [])][0];
        expect(
          Object.values(file ?? {}).map((cell) =>
            typeof cell === 'object' && cell !== null ? canonicalJson(cell) : (cell ?? null),
          ),
        ).toEqual(shown);
        expect(rowsAt(assistance, 'timeline', then)).toHaveLength(rows.get('assistance_timeline')?.size ?? -1);
        revision += 1;
      }
    }),
    { numRuns: 150 },
  );
});

it('what is hidden from a reader moves nothing on a day of its own', () => {
  const hidden = (type: string): boolean => type === 'AssistanceStepRecorded';
  fc.assert(
    fc.property(entries, fc.nat(26), (history, day) => {
      const events = logged(history);
      const by = (n: number) => ({
        by: fromMilliseconds(Date.parse(`${dayOf(n)}T15:59:59.999Z`)),
        maySee: ({ type }: { type: string }) => !hidden(type),
      });
      const [today, tomorrow] = [at(events, by(day)), at(events, by(day + 1))];
      const shown = (facts: readonly { readonly id: Uuid; readonly type: string }[]) =>
        facts.filter(({ type }) => !hidden(type)).map(({ id }) => id);
      // Where no fact that may be seen took place on the day between, nothing at all has changed.
      if (canonicalJson(shown(today.facts)) !== canonicalJson(shown(tomorrow.facts))) return;
      expect(canonicalJson(tomorrow.state)).toBe(canonicalJson(today.state));
    }),
    { numRuns: 300 },
  );
});
