import { corrected } from './corrected.js';
import { isCorrectable, type Correction } from './correction.js';
import type { AnyFact, Recorded } from './fact.js';
import { derivedId, type Uuid } from './ids.js';
import { legalDate } from './legal-date.js';
import { open, seal, type Sealed } from './sealed.js';

interface NoteTaken extends AnyFact {
  readonly type: 'NoteTaken';
  readonly data: { readonly note?: unknown; readonly parts?: readonly object[] };
}
type Fact = Recorded<NoteTaken | Correction>;

const id = (name: string): Uuid => derivedId(name);
let revision = 0;
const fact = (name: string, type: string, data: object): Fact =>
  ({ id: id(name), type, data, revision: revision++, occurredAt: { on: legalDate('2026-09-18') } }) as unknown as Fact;
const note = (name: string, data: object = { note: '原文', parts: [{ a: 1 }] }) => fact(name, 'NoteTaken', data);
const asked = (name: string, corrects: string, pointer: string, after?: unknown) =>
  fact(name, 'CorrectionRequested', { corrects: id(corrects), version: 1, pointer, after, reason: '录入有误' });
const granted = (request: string) => fact(`granted ${request}`, 'FactCorrected', { request: id(request) });
const denied = (request: string) =>
  fact(`denied ${request}`, 'CorrectionRefused', { request: id(request), reason: '无误' });
const read = (...facts: Fact[]) =>
  corrected<NoteTaken>(facts).map(({ id: of, data, occurredAt }) => ({ id: of, data, occurredAt }));

const day = { on: '2026-09-18' };
const plain = { id: id('n'), data: { note: '原文', parts: [{ a: 1 }] }, occurredAt: day };

it.each<[string, Fact[], object]>([
  ['nothing was corrected', [], plain],
  ['it was only asked for', [asked('r', 'n', '/data/note', '新')], plain],
  ['it was refused', [asked('r', 'n', '/data/note', '新'), denied('r')], plain],
  [
    'it was granted',
    [asked('r', 'n', '/data/note', '新'), granted('r')],
    { ...plain, data: { ...plain.data, note: '新' } },
  ],
  [
    'the time was corrected',
    [asked('r', 'n', '/occurredAt', { on: '2026-09-17' }), granted('r')],
    { ...plain, occurredAt: { on: '2026-09-17' } },
  ],
  [
    'an element was corrected',
    [asked('r', 'n', '/data/parts/0/a', 2), granted('r')],
    { ...plain, data: { ...plain.data, parts: [{ a: 2 }] } },
  ],
  ['a field was taken out', [asked('r', 'n', '/data/note'), granted('r')], { ...plain, data: { parts: [{ a: 1 }] } }],
  [
    'a field was added',
    [asked('r', 'n', '/data/more', 1), granted('r')],
    { ...plain, data: { ...plain.data, more: 1 } },
  ],
  [
    'the same field was corrected twice: the later grant wins',
    [asked('r1', 'n', '/data/note', '一'), asked('r2', 'n', '/data/note', '二'), granted('r2'), granted('r1')],
    { ...plain, data: { ...plain.data, note: '一' } },
  ],
  ['another fact was meant', [asked('r', 'm', '/data/note', '新'), granted('r')], plain],
  ['the request is not there', [granted('r')], plain],
  ['it points outside', [asked('r', 'n', '/recordedAt', 'x'), granted('r')], plain],
  ['it points at the whole data', [asked('r', 'n', '/data', {}), granted('r')], plain],
  ['it points below nothing', [asked('r', 'n', '/data/none/deeper', 1), granted('r')], plain],
])('a fact reads as it does when %s', (_when, corrections, expected) => {
  expect(read(note('n'), ...corrections)).toEqual([expected]);
});

it('leaves the facts it was given as they are, and their order', () => {
  const facts = [note('n'), asked('r', 'n', '/data/note', '新'), note('m'), granted('r')];
  const before = JSON.stringify(facts);
  expect(read(...facts).map((one) => one.id)).toEqual([id('n'), id('m')]);
  expect(JSON.stringify(facts)).toBe(before);
});

it.each([
  ['/occurredAt', true],
  ['/data/note', true],
  ['/data/parts/0', true],
  ['/data', false],
  ['/data/', false],
  ['/occurredAt/on', false],
  ['/by/person', false],
  ['/recorder', false],
  ['', false],
])('%s may be pointed at: %p', (pointer, expected) => expect(isCorrectable(pointer)).toBe(expected));

it('leaves out what is common to all systems, and closes a list up where an element is taken out', () => {
  const erased = fact('e', 'SubjectErased', { request: id('x'), subject: id('s') });
  const listed = note('l', { parts: [{ a: 1 }, { a: 2 }, { a: 3 }] });
  const [only, ...others] = read(listed, erased, asked('r', 'l', '/data/parts/1'), granted('r'));
  expect(others).toEqual([]);
  expect(only?.data).toEqual({ parts: [{ a: 1 }, { a: 3 }] });
});

it('puts a value in place that was sealed in the correction itself, and that opens wherever it stands', () => {
  const key = new Uint8Array(32).fill(7);
  const place = { event: id('r'), pointer: '/data/after', subject: id('subject') };
  const after = seal('更正后的文字', place, key, new Uint8Array(12));
  const [only] = read(note('n'), asked('r', 'n', '/data/note', after), granted('r'));
  const value = (only?.data as { note: Sealed }).note;
  expect([value.sealed, open(value, key)]).toEqual([`${id('r')}/data/after`, '更正后的文字']);
});

it('keeps beside a corrected fact what it said before, from the first on, and until when', () => {
  const facts = [note('n'), asked('r1', 'n', '/data/note', '一'), granted('r1'), asked('r2', 'n', '/data/note', '二')];
  const told = [...facts, granted('r2')].map((one, at) => ({ ...one, recordedAt: `${at}` })) as unknown as Fact[];
  const earlier = (known: readonly Fact[]) =>
    corrected<NoteTaken>(known)[0]?.earlier?.map(({ data, until }) => [data.note, until]);
  expect(earlier(told)).toEqual([
    ['原文', '2'],
    ['一', '4'],
  ]);
  expect(earlier(told.slice(0, 2))).toBeUndefined();
});
