import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { derivedId } from './ids.js';
import { isSealed, keyedDigest, open, seal, type Sealed } from './sealed.js';

const [event, other, subject] = ['event', 'other', 'subject'].map((name) => derivedId(name)) as [never, never, never];
const place = { event, pointer: '/data/matter', subject };
const key = new Uint8Array(32).fill(7);
const anotherKey = new Uint8Array(32).fill(8);
const iv = new Uint8Array(12).fill(1);
const sealed = seal('协助调取记录', place, key, iv);
const flipped = (text: string): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes[3] = (bytes[3] ?? 0) ^ 1;
  return bytes.toString('base64url');
};

it('opens to what was sealed, whatever it was', () => {
  expect(open(sealed, key)).toBe('协助调取记录');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (raw) => {
      const text = raw.toWellFormed().normalize('NFC');
      expect(open(seal(text, place, key, iv), key)).toBe(text);
    }),
  );
  expect(open(seal({ a: [1, null] }, place, key, iv), key)).toEqual({ a: [1, null] });
});

it('says where it was sealed and under whose key, and nothing of what is in it but its length', () => {
  expect(sealed).toEqual({
    sealed: `${String(event)}/data/matter`,
    subject,
    iv: Buffer.from(iv).toString('base64url'),
    ct: expect.stringMatching(/^[\w-]+$/) as string,
    keyHash: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
  expect(isSealed(sealed)).toBe(true);
  for (const value of ['x', null, undefined, [], {}, { sealed: 'x' }]) expect(isSealed(value)).toBe(false);
});

it.each<[string, Partial<Sealed>]>([
  ['its bytes', { ct: flipped(sealed.ct) }],
  ['its tag', { ct: sealed.ct.slice(0, -22) + flipped(sealed.ct.slice(-22)) }],
  ['its initial vector', { iv: flipped(sealed.iv) }],
  ['its place', { sealed: `${String(other)}/data/matter` }],
  ['its pointer', { sealed: `${String(event)}/data/legalBasis` }],
  ['its subject', { subject: other }],
  ['its commitment', { keyHash: flipped(sealed.keyHash) }],
  ['its end', { ct: sealed.ct.slice(0, 8) }],
])('does not open once %s was changed', (_what, change) => {
  expect(() => open({ ...sealed, ...change }, key)).toThrow(/^(the key of subject|Unsupported state|Invalid)/);
});

it('does not open under another key, which the commitment tells before the cipher does', () => {
  expect(() => open(sealed, anotherKey)).toThrow('is not the one this value was sealed with');
});

it('commits to the key without giving it away', () => {
  expect(seal('x', place, key, iv).keyHash).toBe(seal('y', place, key, new Uint8Array(12)).keyHash);
  expect(seal('x', place, anotherKey, iv).keyHash).not.toBe(sealed.keyHash);
  expect(sealed.keyHash).not.toBe(createHash('sha256').update(key).digest('base64url'));
});

describe('a keyed digest', () => {
  it('is of the canonical value, and of nothing else', () => {
    expect(keyedDigest({ a: 1, b: 2 }, key)).toBe(keyedDigest({ b: 2, a: 1 }, key));
    expect(keyedDigest({ a: 1 }, key)).not.toBe(keyedDigest({ a: 2 }, key));
    expect(keyedDigest('x', key)).not.toBe(keyedDigest('x', anotherKey));
    expect(keyedDigest('x', key)).not.toBe(createHash('sha256').update('"x"').digest('base64url'));
  });
});
