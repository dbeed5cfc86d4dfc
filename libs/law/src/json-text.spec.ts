import { readJson } from './json-text.js';

const read = (text: string) => {
  const result = readJson(text);
  if ('fault' in result) throw new Error(result.fault.says);
  return result;
};
const fault = (text: string) => {
  const result = readJson(text);
  return 'fault' in result ? result.fault : undefined;
};

it('reads what JSON.parse reads', () => {
  for (const text of [
    '{}',
    '[]',
    ' [1, -2.5e3, true, false, null, "\\u00e9\\n\\"{,"] ',
    '{"a": {"b/c": [ {"~": ""} ]}, "": 0}',
    '"only a text"',
  ])
    expect(read(text).value).toEqual(JSON.parse(text));
});

it('keeps a member named like what objects have of their own', () => {
  const { value } = read('{"__proto__": {"a": 1}, "toString": 2}');
  expect(Object.keys(value as object)).toEqual(['__proto__', 'toString']);
});

it('tells the line of every value, and of a member that is missing the line of what it should stand in', () => {
  const { lineOf } = read('{\n  "one": 1,\n  "list": [\n    { "x/y": true },\n\n    7\n  ]\n}');
  expect(['', '/one', '/list', '/list/0/x~1y', '/list/1'].map(lineOf)).toEqual([1, 2, 3, 4, 6]);
  expect(['/two', '/list/0/z', '/list/9'].map(lineOf)).toEqual([1, 4, 3]);
});

it.each<[string, string, number]>([
  ['', 'JSON 没有写完', 1],
  ['{\n"a": 1', 'JSON 没有写完', 2],
  ['{\n"a": 1,\n}', '须为带引号的字段名', 3],
  ['[1,\n\n2 3]', '此处须为“,”，现为“3”', 3],
  ['[1]\n[2]', 'JSON 之后还有别的内容', 1],
  ['{\n"a": 1,\n"a": 2}', '字段“a”出现两次', 3],
  ["{'a': 1}", '不是 JSON', 1],
  ['[01]', '不是 JSON', 1],
  ['["\\x"]', '不是 JSON', 1],
  ['[:]', '此处不能是“:”', 1],
])('says of %j that %s', (text, says, line) => {
  expect(fault(text)).toEqual({ at: '', says, line });
});

it('refuses what is nested too deep, however deep', () => {
  expect(fault('['.repeat(60) + ']'.repeat(60))).toBeUndefined();
  expect(fault('['.repeat(1_000_000))?.says).toBe('嵌套超过 60 层');
});
