import { Damage } from './refused.js';
import { indexKey, positionIn, positionKey, readStreamRow, readSummary, streamRow, summaryRow } from './rows.js';

const turned = (bytes: Buffer, bit: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
};

it('orders keys as numbers', () => {
  const positions = [1, 255, 256, 2 ** 32 - 1, 2 ** 32, 2 ** 45].map(positionKey);
  expect([...positions].sort((a, b) => a.compare(b))).toEqual(positions);
  expect(positions.map(positionIn)).toEqual([1, 255, 256, 2 ** 32 - 1, 2 ** 32, 2 ** 45]);
  const places = [indexKey(1, 0), indexKey(1, 256), indexKey(2, 0), indexKey(256, 1)];
  expect([...places].sort((a, b) => a.compare(b))).toEqual(places);
  expect(positionIn(Buffer.alloc(3))).toBe(0);
});

it('reads a stream’s row back, and notices every bit that turned and every other number', () => {
  const row = { number: 7, name: 'kesu_assistance-x', head: 41 };
  const bytes = streamRow(row);
  expect(readStreamRow(7, bytes)).toEqual(row);
  expect(() => readStreamRow(8, bytes)).toThrow(Damage);
  expect(() => readStreamRow(7, undefined)).toThrow(Damage);
  for (let bit = 0; bit < bytes.length * 8; bit += 1)
    expect(() => readStreamRow(7, turned(bytes, bit))).toThrow(Damage);
});

it('reads the summary back, and notices every bit that turned', () => {
  const summary = { format: 1, ledger: 'kesu', events: 12, streams: 3 };
  const bytes = summaryRow(summary);
  expect(readSummary(bytes)).toEqual(summary);
  expect(() => readSummary(undefined)).toThrow(Damage);
  for (let bit = 0; bit < bytes.length * 8; bit += 1) expect(() => readSummary(turned(bytes, bit))).toThrow(Damage);
});
