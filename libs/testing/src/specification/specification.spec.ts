import {
  derivedId,
  Id,
  instant,
  OccurredAt,
  on,
  Refusal,
  Text,
  type CaseSystem,
  type Command,
  type Occurrence,
  type Uuid,
} from '#libs/kernel';
import { specification } from './specification.js';

interface Noted {
  readonly type: 'Noted';
  readonly data: { readonly text: string; readonly judged?: readonly object[] };
}
class Note implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Text('文字') text!: string;
}
class Unknown implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('标识') id!: Uuid;
}

/** The smallest system: notes, of which a rude one is flagged, an empty one refused, and a wrong one breaks it. */
const notes: CaseSystem<readonly Uuid[], Noted, undefined> = {
  decider: {
    category: 'note',
    facts: { Noted: { version: 1 } },
    initial: [],
    evolve: { Noted: (state, { id, data }) => (data.text === 'rude' ? [...state, id] : state) },
    decisions: [
      on<readonly Uuid[], Noted, undefined, Note>({
        command: Note,
        records: 'Noted',
        decide: ({ text }) => {
          if (text === 'bug') throw new RangeError('a bug');
          if (text === '') throw new Refusal('EMPTY', { kind: 'incomplete', pointer: '/text' });
          const flags = text === 'rude' ? ['N-1'] : [];
          return [
            { type: 'Noted', data: { text, judged: [{ clock: 'c', due: '2026-10-09', provisional: false, flags }] } },
          ];
        },
      }),
    ],
  },
  policy: { Noted: { record: { relations: [], roles: [] }, read: 'parties' } },
  relation: () => 'none',
  handlesCases: () => true,
  isFedBack: () => false,
  schedule: (state) => ({
    clocks: [],
    duties: [],
    flags: state.map((id) => ({ rule: 'N-1', code: 'rude', about: [id] })),
  }),
  packOf: () => undefined,
  sentence: () => '',
  particulars: () => ({}),
  told: { clock: () => '', flag: () => '', duty: () => '' },
  refusals: { EMPTY: () => '' },
  views: [],
};

const { given } = specification(notes, {
  law: undefined,
  now: instant('2026-10-01T00:00:00Z'),
  recorder: { person: derivedId(['p']), issuer: 'i', subjectDigest: 'd', client: 'c' },
});
const occurredAt = { on: '2026-10-01' } as Occurrence;
const noted = (text: string) => given().when(Note, { occurredAt, text });

it('passes what came true', () => {
  noted('rude').records('Noted', { text: 'rude' }).flags('N-1').raises('rude');
  noted('kind').records('Noted').flags().raises();
  noted('').refuses('EMPTY', '/text');
  expect(given({ type: 'Noted', data: { text: 'rude' }, occurredAt }).schedule.flags).toHaveLength(1);
});

it.each<[string, () => unknown]>([
  ['another kind of fact', () => noted('kind').records('Other' as 'Noted')],
  ['other data', () => noted('kind').records('Noted', { text: 'rude' })],
  ['a rule that was not flagged', () => noted('kind').flags('N-1')],
  ['silence about a rule that was', () => noted('rude').flags()],
  ['a code that was not raised', () => noted('kind').raises('rude')],
  ['a due day no clock has', () => noted('kind').due('2026-10-09')],
  ['a judgement that says nothing', () => noted('kind').judgesNothing()],
  ['a fact where there is a refusal', () => noted('').records('Noted')],
  ['silence where there is a refusal', () => noted('').flags()],
  ['a refusal where there is a fact', () => noted('kind').refuses('EMPTY')],
  ['another refusal', () => noted('').refuses('FULL', '/text')],
  ['a refusal of another field', () => noted('').refuses('EMPTY', '/id')],
])('fails for %s', (_what, claim) => {
  expect(claim).toThrow();
});

it('hides no fault of the decision, and takes no command nobody decides', () => {
  expect(() => noted('bug')).toThrow(RangeError);
  expect(() => given().when(Unknown, { occurredAt })).toThrow('Unknown');
});
