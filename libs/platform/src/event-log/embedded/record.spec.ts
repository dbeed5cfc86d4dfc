import {
  APPEND_BYTES_MAX,
  AppendTooLarge,
  canonicalJson,
  derivedId,
  instant,
  streamName,
  type LoggedEvent,
  type NewEvent,
  type Uuid,
} from '#libs/kernel';
import { eventIn, intactRecord, place, positionNumber, positionText, prepare, type Prepared } from './record.js';
import { Damage } from './refused.js';

const stream = streamName('kesu', 'assistance', derivedId('stream'));
const where = { position: 2 ** 32 + 5, number: 7, revision: 3, created: instant('2026-09-18T01:02:03.000004Z') };
const event: NewEvent = {
  id: derivedId('event'),
  type: 'AssistanceRequested',
  data: { subject: '协助', left: undefined, list: [1, null, { deep: '\u2028' }], 'a"b': -1 },
  metadata: { envelope: 1 },
};
const only = (events: readonly Prepared[]): Prepared => events[0] ?? { event, bytes: Buffer.alloc(0) };

function stored(): { logged: LoggedEvent; bytes: Buffer } {
  const prepared = only(prepare(stream, [event]));
  return { logged: place(prepared, stream, where), bytes: prepared.bytes };
}

it('reads back what was stored, where it was stored', () => {
  const { logged, bytes } = stored();
  const read = eventIn(intactRecord(where.position, bytes));
  expect(canonicalJson({ ...read })).toBe(canonicalJson({ ...logged }));
  expect(read).toMatchObject({ stream, revision: 3, position: '00000000004294967301', created: where.created });
});

it('notices every single bit that turned', () => {
  const { bytes } = stored();
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const turned = Buffer.from(bytes);
    turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => intactRecord(where.position, turned)).toThrow(Damage);
  }
});

it('notices a record that is missing, cut short, or another position’s', () => {
  const { bytes } = stored();
  expect(() => intactRecord(where.position, undefined)).toThrow(Damage);
  for (const length of [0, 15, 16, 17, 90, bytes.length - 1])
    expect(() => intactRecord(where.position, bytes.subarray(0, length))).toThrow(Damage);
  expect(() => intactRecord(where.position + 1, bytes)).toThrow(Damage);
});

it('takes data and metadata of one append up to the limit, together', () => {
  const filled = (bytes: number): NewEvent => ({ ...event, data: { t: 'x'.repeat(bytes - 8) }, metadata: {} });
  const half = APPEND_BYTES_MAX / 2 - 2;
  expect(prepare(stream, [filled(half), filled(half)])).toHaveLength(2);
  expect(() => prepare(stream, [filled(half), filled(half + 1)])).toThrow(AppendTooLarge);
});

it('takes no event without an id or a type of the form', () => {
  expect(() => prepare(stream, [{ ...event, id: 'x' as Uuid }])).toThrow(RangeError);
  expect(() => prepare(stream, [{ ...event, type: '' }])).toThrow(RangeError);
  expect(() => prepare(stream, [{ ...event, type: 'x'.repeat(65_536) }])).toThrow(RangeError);
});

it('gives positions as text whose order is theirs', () => {
  const positions = [1, 9, 10, 99, 2 ** 32, Number.MAX_SAFE_INTEGER].map(positionText);
  expect([...positions].sort()).toEqual(positions);
  expect(positions.map(positionNumber)).toEqual([1, 9, 10, 99, 2 ** 32, Number.MAX_SAFE_INTEGER]);
  for (const text of ['', '1', '0'.repeat(21), '9'.repeat(20), `${'0'.repeat(19)}x`])
    expect(() => positionNumber(text as LoggedEvent['position'])).toThrow(RangeError);
});
