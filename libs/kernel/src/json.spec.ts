import fc from 'fast-check';
import {
  assertStorable,
  canonicalJson,
  JSON_DEPTH_MAX,
  keysOf,
  NotStorable,
  pointerTo,
  storableJson,
  tellableText,
  valueAt,
  withValueAt,
} from './json.js';

const faultOf = (value: unknown): [string, string] | undefined => {
  try {
    assertStorable(value);
    return undefined;
  } catch (error) {
    if (!(error instanceof NotStorable)) throw error;
    return [error.pointer, error.fault];
  }
};

const nested = (levels: number): unknown => (levels === 0 ? 'x' : [nested(levels - 1)]);

describe('what may be stored', () => {
  it.each([
    null,
    true,
    0,
    -1,
    2 ** 53 - 1,
    -(2 ** 53 - 1),
    '',
    '协助',
    '😀',
    '\ufdcf\ufdf0\ufffd',
    [],
    {},
    { a: undefined },
    { '01': 1 },
  ])('%p may', (value) => {
    expect(faultOf(value)).toBeUndefined();
  });

  it.each([
    [0.5, ['', 'number']],
    [-0, ['', 'number']],
    [NaN, ['', 'number']],
    [Infinity, ['', 'number']],
    [2 ** 53, ['', 'number']],
    [{ a: [1, 1.5] }, ['/a/1', 'number']],
    ['\ud800', ['', 'text']],
    ['办\ufffe理', ['', 'text']],
    ['\uffff', ['', 'text']],
    ['\ufdd0', ['', 'text']],
    ['\ufdef', ['', 'text']],
    ['\u{1fffe}', ['', 'text']],
    ['\u{10ffff}', ['', 'text']],
    [{ a: { 'b\ufffe': 1 } }, ['/a/b\ufffe', 'key']],
    ['a\udc00', ['', 'text']],
    ['e\u0301', ['', 'text']],
    ['\uf900', ['', 'text']],
    [{ '0': 1 }, ['/0', 'key']],
    [{ a: { '12': 1 } }, ['/a/12', 'key']],
    [{ constructor: 1 }, ['/constructor', 'key']],
    [{ 'e\u0301': 1 }, ['/e\u0301', 'key']],
    [{ 'a/b~c': 0.5 }, ['/a~1b~0c', 'number']],
    [undefined, ['', 'type']],
    [1n, ['', 'type']],
    [() => 1, ['', 'type']],
    [new Date(0), ['', 'type']],
    [new Map(), ['', 'type']],
    [[undefined], ['/0', 'type']],
  ])('%p may not: %j', (value, fault) => expect(faultOf(value)).toEqual(fault));

  it('may not name a prototype', () => {
    expect(faultOf(JSON.parse('{"a":{"__proto__":1}}'))).toEqual(['/a/__proto__', 'key']);
  });

  it(`is at most ${JSON_DEPTH_MAX} levels deep`, () => {
    expect(faultOf(nested(JSON_DEPTH_MAX))).toBeUndefined();
    expect(faultOf(nested(JSON_DEPTH_MAX + 1))?.[1]).toBe('depth');
    expect(faultOf(nested(5_000))?.[1]).toBe('depth');
  });
});

it('may be refused today and yet stand in the log: it stays readable, and is not written again', () => {
  const old = { name: '办\ufffe理', '\ufdd0': '\u{1ffff}' };
  expect(JSON.parse(canonicalJson(old))).toEqual(old);
  expect(() => storableJson(old)).toThrow(NotStorable);
  expect(storableJson({ b: 1, a: '理' })).toBe('{"a":"理","b":1}');
  expect(() => canonicalJson('\ud800')).toThrow(NotStorable);
});

it.each([
  ['/by/\ud800', '/by/\ufffd'],
  ['a\udc00\ud800', 'a\ufffd\ufffd'],
  ['办\ufffe\u{1ffff}理', '办\ufffd\ufffd理'],
  ['😀 协助', '😀 协助'],
])('%j is told as %j', (text, told) => expect(tellableText(text)).toBe(told));

describe('canonical JSON (RFC 8785)', () => {
  it('writes the sample of section 3.2.3: members by their UTF-16 code units', () => {
    const sample = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\u05d3\u05bc': 'Hebrew Letter Dalet With Dagesh, in NFC',
      one: 'One, which is no integer-like key here',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.keys(JSON.parse(canonicalJson(sample)) as object)).toEqual([
      '\r',
      'one',
      '\u0080',
      '\u00f6',
      '\u05d3\u05bc',
      '\u20ac',
      '\ud83d\ude00',
    ]);
  });

  it.each([
    [{ b: 1, a: 2 }, '{"a":2,"b":1}'],
    [{ a: { c: [3, { z: null, y: true }], b: undefined } }, '{"a":{"c":[3,{"y":true,"z":null}]}}'],
    [{ AA: 1, Aa: 2, aA: 3 }, '{"AA":1,"Aa":2,"aA":3}'],
    ['\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
    ['\b\t\f\r\u001f\u007f', '"\\b\\t\\f\\r\\u001f\u007f"'],
    ['\u2028\u2029', '"\u2028\u2029"'],
    ['协助', '"协助"'],
    [-(2 ** 53 - 1), '-9007199254740991'],
    [1e15, '1000000000000000'],
    [[], '[]'],
  ])('of %j is %s', (value, text) => expect(canonicalJson(value)).toBe(text));

  it('is the same for any order of members, and read back is what it was', () => {
    const text = fc.string({ unit: 'binary' }).map((raw) => raw.toWellFormed().normalize('NFC'));
    const key = text.filter(
      (name) => !/^(0|[1-9]\d*)$/.test(name) && !['__proto__', 'constructor', 'prototype'].includes(name),
    );
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        text,
        fc.maxSafeInteger().filter((n) => !Object.is(n, -0)),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 5, noNullPrototype: true }),
      ),
    }));
    const reversed = (node: unknown): unknown => {
      if (Array.isArray(node)) return node.map(reversed);
      if (node === null || typeof node !== 'object') return node;
      return Object.fromEntries(
        Object.entries(node)
          .reverse()
          .map(([name, item]) => [name, reversed(item)]),
      );
    };
    fc.assert(
      fc.property(value, (any) => {
        const canonical = canonicalJson(any);
        expect(canonicalJson(reversed(any))).toBe(canonical);
        expect(canonicalJson(JSON.parse(canonical))).toBe(canonical);
      }),
    );
  });
});

describe('pointers (RFC 6901)', () => {
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, deep: { inner: null } };

  it.each([
    ['', document],
    ['/foo', ['bar', 'baz']],
    ['/foo/0', 'bar'],
    ['/', 0],
    ['/a~1b', 1],
    ['/m~0n', 8],
    ['/deep/inner', null],
    ['/foo/2', undefined],
    ['/foo/length', 2],
    ['/deep/inner/more', undefined],
    ['/toString', undefined],
    ['/foo/map', undefined],
  ])('%p names %p', (pointer, value) => expect(valueAt(document, pointer)).toEqual(value));

  it('are made of keys and taken apart again', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (keys) => {
        const pointer = keys.reduce(pointerTo, '');
        expect(keysOf(pointer)).toEqual(keys);
      }),
    );
  });

  it.each([
    ['/foo/1', 'qux', { ...document, foo: ['bar', 'qux'] }],
    ['/deep/inner', { more: 1 }, { ...document, deep: { inner: { more: 1 } } }],
    ['/deep/inner', undefined, { ...document, deep: {} }],
    ['/new', 2, { ...document, new: 2 }],
  ])('change a copy at %s, and nothing else', (pointer, value, expected) => {
    const before = JSON.stringify(document);
    expect(withValueAt(document, pointer, value)).toEqual(expected);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('close a list up where an element is left out, and a list with a hole is no value', () => {
    expect(withValueAt({ list: [1, 2, 3] }, '/list/1', undefined)).toEqual({ list: [1, 3] });
    const holed = new Array<number>(2);
    expect(() => assertStorable({ holed })).toThrow(NotStorable);
  });

  it('need a parent to stand', () => {
    expect(() => withValueAt(document, '/deep/inner/more/still', 1)).toThrow(RangeError);
  });
});
