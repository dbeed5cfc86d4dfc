import fc from 'fast-check';
import { repeatedMemberIn } from './repeated-member.js';

it.each([
  ['{"a":1,"a":2}', '/a'],
  ['{"a":1,"b":{"c":1,"c":2}}', '/b/c'],
  ['{"a":[0,{"b":1},{"b":1,"b":2}]}', '/a/2/b'],
  ['[[],[1,{"a":{},"a":[]}]]', '/1/1/a'],
  ['{"a":{"a":1},"a":1}', '/a'],
  ['{"a":"x\\\\","a":1}', '/a'],
  ['{"a":"\\"a\\":","b":1,"b":2}', '/b'],
  ['{"\\u0061":1,"a":2}', '/a'],
  ['{"a~/":1,"a~/":2}', '/a~0~1'],
  ['{"":1,"":2}', '/'],
  ['{"__proto__":1,"__proto__":2}', '/__proto__'],
  ['{"\\ud800":1,"\\uD800":2}', '/\ud800'],
  [' {\n"a" : 1 ,\t"a" : 1 } ', '/a'],
])('finds in %s the member %s that comes twice', (text, pointer) => {
  expect(() => JSON.parse(text) as unknown).not.toThrow();
  expect(repeatedMemberIn(text)).toBe(pointer);
});

it.each([
  '{}',
  '[]',
  '"a"',
  'null',
  '{"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]}',
  '{"a":"{\\"b\\":1,\\"b\\":2}"}',
  '{"a":["b","b"],"b":"b"}',
  '{"a":"\\\\\\"","b":"\\\\"}',
  '{"A":1,"a":2}',
  '{"é":1,"e\u0301":2}',
])('finds none in %s', (text) => expect(repeatedMemberIn(text)).toBeUndefined());

it('finds none in what was written from an object, however it is spelt', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(0, 2), (value, indent) => {
      expect(repeatedMemberIn(JSON.stringify(value, null, indent))).toBeUndefined();
    }),
  );
});

it('finds any member that is said once more, at any place', () => {
  const object = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(object, fc.nat(), fc.array(fc.string()), (members, n, above) => {
      const texts = Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
      const again = texts[n % texts.length] ?? '';
      const text = above.reduce(
        (inner, name) => `{${JSON.stringify(name)}:[${inner}]}`,
        `{${[...texts, again].join(',')}}`,
      );
      expect(repeatedMemberIn(text)).toBeDefined();
      expect(repeatedMemberIn(text)?.split('/')).toHaveLength(2 + 2 * above.length);
    }),
  );
});

it('takes any depth without falling over', () => {
  expect(repeatedMemberIn('[{"a":'.repeat(20_000) + '1' + '}]'.repeat(20_000))).toBeUndefined();
});
