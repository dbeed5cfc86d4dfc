import { assertStorable, canonicalJson, type NotStorable } from './json.js';

const faultIn = (value: unknown): NotStorable | undefined => {
  try {
    assertStorable(value);
    return undefined;
  } catch (error) {
    return error as NotStorable;
  }
};
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('what may be stored', () => {
  it.each([
    ['a fraction', { a: 1.5 }, '/a', 'number'],
    ['minus zero', [{ a: -0 }], '/0/a', 'number'],
    ['beyond 2^53 − 1', 2 ** 53, '', 'number'],
    ['text that is not NFC', { 'a/b': { 'c~d': 'e\u0301' } }, '/a~1b/c~0d', 'text'],
    ['half a surrogate pair', ['\ud800'], '/0', 'text'],
    ['an integer-like key', { a: { '1': true } }, '/a/1', 'key'],
    ['a key of prototypes', JSON.parse('{"a":{"__proto__":1}}'), '/a/__proto__', 'key'],
    ['a key of nothing', { '7': undefined }, '/7', 'key'],
    ['a hole made of undefined', [undefined], '/0', 'type'],
    ['an instance', { a: new Date(0) }, '/a', 'type'],
    ['17 levels', nested(17), '/0'.repeat(17), 'depth'],
  ])('is not %s', (_name, value, pointer, fault) => {
    expect(faultIn(value)).toMatchObject({ pointer, fault });
  });

  it.each([[null], [true], [-1], ['文字'], [nested(16)], [{ a: undefined }], [Object.create(null)]])(
    'is %j',
    (value) => {
      expect(faultIn(value)).toBeUndefined();
    },
  );

  it('has one canonical form', () => {
    expect(canonicalJson({ b: [1, '文'], a: undefined, Z: null })).toBe('{"Z":null,"b":[1,"文"]}');
  });
});
