import {
  derivedId,
  Id,
  instant,
  legalDate,
  OccurredAt,
  on,
  Refusal,
  startOfDay,
  Text,
  type CaseSystem,
  type Command,
  type Flag,
  type Occurrence,
  type OpenDuty,
  type ScheduledClock,
  type Uuid,
} from '#libs/kernel';
import { specification } from './specification.js';
import { asking, watchChecks, watchedPack } from './watched.js';

interface Noted {
  readonly type: 'Noted';
  readonly data: { readonly text: string; readonly judged?: readonly object[] };
}
interface RuleAssessed {
  readonly type: 'RuleAssessed';
  readonly data: { readonly rule: string; readonly outcome: string };
}
class Note implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Text('文字') text!: string;
}
class Assess implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Text('结论') outcome!: string;
}
class Unknown implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('标识') id!: Uuid;
}

type Texts = readonly (readonly [Uuid, string])[];
const holder = derivedId(['holder']);
const started = { on: legalDate('2026-09-18'), event: holder };
const due = legalDate('2026-10-09');

const law = watchedPack({
  systems: {
    notes: {
      clocks: [{ clock: 'answer', limits: [{ rule: 'N-2' }, { rule: 'N-3' }] }],
      codes: { tones: [{ code: 'plain' }, { code: 'question', rule: 'N-4' }] },
      checks: [{ check: 'polite', rule: 'N-1' }],
    },
  },
});
const checks = {
  polite: ({ texts }: { readonly texts: Texts }, rule: string): readonly Flag[] =>
    texts.filter(([, text]) => text === 'rude').map(([id]) => ({ rule, code: 'rude', about: [id] })),
};
watchChecks(checks);

/** A question asks for an answer by a day (N-2) and keeps somebody waiting (N-5); nothing else runs a clock. */
function scheduled(texts: Texts) {
  const [, limit] = law.systems.notes.clocks[0]?.limits ?? [];
  const asks = texts.some(([, text]) => text === 'question');
  const clock: ScheduledClock = {
    clock: 'answer',
    rule: asks ? 'N-2' : (limit?.rule ?? ''),
    holder,
    provisional: false,
    ...(asks && { from: started, due, lateFrom: startOfDay(legalDate('2026-10-10')) }),
  };
  const duties: OpenDuty[] = asks ? [{ rule: 'N-5', code: 'waiting', since: started, holder }] : [];
  return { clocks: [clock], duties, flags: checks.polite({ texts }, 'N-1') };
}

/** The smallest system: notes, of which a rude one is flagged, an empty one refused, and a wrong one breaks it. */
const notes: CaseSystem<Texts, Noted | RuleAssessed, typeof law> = {
  decider: {
    category: 'note',
    facts: { Noted: { version: 1 }, RuleAssessed: { version: 1 } },
    initial: [],
    evolve: { Noted: (state, { id, data }) => [...state, [id, data.text]], RuleAssessed: (state) => state },
    decisions: [
      on<Texts, Noted | RuleAssessed, typeof law, Note>({
        command: Note,
        records: 'Noted',
        decide: ({ text }, _state, context) => {
          if (text === 'bug') throw new RangeError('a bug');
          if (text === '') throw new Refusal('EMPTY', { kind: 'incomplete', pointer: '/text', rule: 'N-6' });
          expect(context.law.systems.notes.codes.tones.find(({ code }) => code === text)?.rule).not.toBe('');
          const flags = text === 'rude' ? ['N-1'] : [];
          return [
            { type: 'Noted', data: { text, judged: [{ clock: 'c', due: '2026-10-09', provisional: false, flags }] } },
          ];
        },
      }),
      on<Texts, Noted | RuleAssessed, typeof law, Assess>({
        command: Assess,
        records: 'RuleAssessed',
        decide: ({ outcome }) => [{ type: 'RuleAssessed', data: { rule: 'N-7', outcome } }],
      }),
    ],
  },
  policy: {
    Noted: { record: { relations: [], roles: [] }, read: 'parties' },
    RuleAssessed: { record: { relations: [], roles: [] }, read: 'parties' },
  },
  relation: () => 'none',
  supervised: () => [],
  handlesCases: () => true,
  isFedBack: () => false,
  schedule: scheduled,
  packOf: () => undefined,
  sentence: () => '',
  particulars: () => ({}),
  statuses: [],
  told: { clock: () => '', flag: () => '', status: () => '', duty: () => '' },
  refusals: { EMPTY: () => '' },
  views: [],
};

const { given } = specification(notes, {
  law,
  now: instant('2026-10-01T00:00:00Z'),
  recorder: { person: derivedId(['p']), issuer: 'i', subjectDigest: 'd', client: 'c' },
  citedBy: (data) => ('text' in data && data.text === 'question' ? ['N-4'] : []),
});
const occurredAt = { on: '2026-10-01' } as Occurrence;
const noted = (text: string) => given().when(Note, { occurredAt, text });
const assessed = (outcome: string) => given().when(Assess, { occurredAt, outcome });
const standing = (text: string) => given({ type: 'Noted', data: { text }, occurredAt });
const LATE = instant('2026-10-12T00:00:00Z');

it('passes what came true of a command', () => {
  noted('rude').records('Noted', { text: 'rude' }).flags('N-1').raises('rude').flagged('N-1', 'rude');
  noted('kind').records('Noted').flags().raises().silent('N-1', 'N-2', 'N-3', 'N-4').owesNothing();
  noted('question').due('2026-10-09').cites('N-4').owes('N-5').silent('N-1', 'N-3');
  noted('').refuses('EMPTY', '/text', 'N-6').refuses('EMPTY', '/text');
  assessed('breached').finds('N-7', 'breached');
});

it('passes what holds of a history', () => {
  standing('rude').flags('N-1').raises('rude').flagged('N-1', 'rude').silent('N-2');
  standing('kind').flags().raises().owesNothing().silent('N-1').clock('answer', { verdict: 'cannotJudge' });
  standing('question')
    .clock('answer', { rule: 'N-2', due: '2026-10-09', from: { on: '2026-09-18' }, verdict: 'running' })
    .clock('answer', { verdict: 'late', daysLate: 3, stopped: undefined }, LATE)
    .owes('N-5')
    .owed('N-5', 'waiting');
});

it.each<[string, () => unknown]>([
  ['another kind of fact', () => noted('kind').records('Other' as 'Noted')],
  ['other data', () => noted('kind').records('Noted', { text: 'rude' })],
  ['a rule that was not flagged', () => noted('kind').flags('N-1')],
  ['silence about a rule that was', () => noted('rude').flags()],
  ['a code that was not raised', () => noted('kind').raises('rude')],
  ['a code that was, left out', () => noted('rude').raises()],
  ['a due day no clock has', () => noted('kind').due('2026-10-09')],
  ['a judgement that says nothing', () => noted('kind').judgesNothing()],
  ['a fact where there is a refusal', () => noted('').records('Noted')],
  ['silence where there is a refusal', () => noted('').flags()],
  ['a refusal where there is a fact', () => noted('kind').refuses('EMPTY')],
  ['another refusal', () => noted('').refuses('FULL', '/text')],
  ['a refusal of another field', () => noted('').refuses('EMPTY', '/id')],
  ['a refusal for another rule', () => noted('').refuses('EMPTY', '/text', 'N-1')],
  ['a rule no code stands for', () => noted('kind').cites('N-4')],
  ['no rule that a code stands for', () => noted('question').cites()],
  ['a decision on another rule', () => assessed('breached').finds('N-1', 'breached')],
  ['another decision', () => assessed('breached').finds('N-7', 'met')],
  ['a decision where there is another fact', () => noted('kind').finds('N-7', 'met')],
  ['a rule that does not flag the case', () => standing('kind').flags('N-1')],
  ['no rule where one flags the case', () => standing('rude').flags()],
  ['a code the case does not raise', () => standing('kind').raises('rude')],
  ['a code under another rule', () => standing('rude').flagged('N-2', 'rude')],
  ['another code under the rule', () => standing('rude').flagged('N-1', 'loud')],
  ['a duty nobody has', () => standing('kind').owes('N-5')],
  ['a duty that is not open', () => standing('kind').owed('N-5', 'waiting')],
  ['a duty of another rule', () => standing('question').owed('N-2', 'waiting')],
  ['no duty where there is one', () => standing('question').owesNothing()],
  ['a clock the case does not have', () => standing('question').clock('request', {})],
  ['another due day', () => standing('question').clock('answer', { due: '2026-10-10' })],
  ['a due day where there is none', () => standing('kind').clock('answer', { due: '2026-10-09' })],
  ['no due day where there is one', () => standing('question').clock('answer', { due: undefined })],
  ['a due day of another rule', () => standing('question').clock('answer', { rule: 'N-3' })],
  ['another verdict', () => standing('question').clock('answer', { verdict: 'late' })],
  ['a verdict of another day', () => standing('question').clock('answer', { verdict: 'running' }, LATE)],
  ['silence of nothing', () => standing('kind').silent()],
  ['silence of a rule nobody asked', () => standing('kind').silent('N-9')],
  ['silence of a rule that flags', () => standing('rude').silent('N-1')],
  ['silence of a rule that sets a due day', () => standing('question').silent('N-2')],
  ['silence of a rule that a code stands for', () => noted('question').silent('N-4')],
  ['silence of a rule where there is a refusal', () => noted('').silent('N-1')],
])('fails for %s', (_what, claim) => {
  expect(claim).toThrow();
});

it('fails for silence of an open duty, even one that was asked about', () => {
  const owing = {
    ...notes,
    schedule: (texts: Texts) => ({ ...scheduled(texts), clocks: [], flags: checks.polite({ texts }, 'N-5') }),
  };
  const { given: given_ } = specification(owing, {
    law,
    now: LATE,
    recorder: { person: holder, issuer: 'i', subjectDigest: 'd', client: 'c' },
  });
  const waiting = given_({ type: 'Noted', data: { text: 'question' }, occurredAt });
  expect([...waiting.asked]).toContain('N-5');
  expect(() => waiting.silent('N-5')).toThrow();
});

it('hides no fault of the decision, and takes no command nobody decides', () => {
  expect(() => noted('bug')).toThrow(RangeError);
  expect(() => given().when(Unknown, { occurredAt })).toThrow('Unknown');
});

describe('which rules were asked about', () => {
  const { clocks, codes } = law.systems.notes;

  it('are those of every statement of the pack that was looked at, and of no other', () => {
    expect([...asking(() => clocks[0]?.clock).asked]).toEqual(['N-2', 'N-3']);
    expect([...asking(() => codes.tones.find(({ code }) => code === 'plain')).asked]).toEqual(['N-4']);
    expect([...asking(() => [clocks, codes]).asked]).toEqual([]);
  });

  it('are those a check ran for', () => {
    expect([...asking(() => checks.polite({ texts: [] }, 'N-1')).asked]).toEqual(['N-1']);
  });

  it('count for whoever asks from outside too, and for nobody once it is over', () => {
    const outer = asking(() => asking(() => clocks[0]?.clock).asked);
    expect([...outer.asked]).toEqual([...outer.came]);
    void clocks[0]?.clock;
    expect([...outer.asked]).toEqual(['N-2', 'N-3']);
  });

  it('leave the pack as it reads', () => {
    expect(JSON.parse(JSON.stringify(law))).toMatchObject({ systems: { notes: { clocks: [{ clock: 'answer' }] } } });
    expect(clocks[0]?.limits).toEqual([{ rule: 'N-2' }, { rule: 'N-3' }]);
  });
});
