import type { Chance } from '../simulation/chance.js';

/** Values that belong nowhere, or not where they are put. */
const VALUES: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1,
  201,
  100_001,
  1.5,
  9007199254740993,
  -9007199254740993,
  1e308,
  '',
  ' ',
  '\u3000 \t',
  'x',
  '办理\u202e过办',
  '\u2066办理',
  '办\u0000理',
  '\u001b[31m',
  '\ufeff办理',
  '\u200f',
  'e\u0301tat',
  'ﬀ',
  '\u212b',
  '\ud800',
  '办\udfff理',
  '长'.repeat(2001),
  '长'.repeat(6000),
  'a'.repeat(65),
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  "'; DROP TABLE kesu; --",
  '<script>alert(1)</script>',
  '=1+1',
  '${7*7}',
  '2026-02-30',
  '2025-02-29',
  '2026-13-01',
  '0000-00-00',
  '1991-12-31',
  '9999-12-31',
  '9999-12-30',
  '12026-01-01',
  '2026-09-22T00:00:00Z',
  '2026-09-22T24:00:00Z',
  '2026-09-22T08:00:00',
  '2026-06-30T23:59:60Z',
  '9999-12-31T23:59:59.999999Z',
  '1992-01-01T00:00:00+23:59',
  '00000000-0000-0000-0000-000000000000',
  '11111111-2222-4333-8444-55555555555F',
  'unheardOf',
  'XM-99-9',
  [],
  [[]],
  [null],
  {},
  { on: '2026-09-22', at: '2026-09-22T08:00:00Z' },
  { toString: '办理' },
  { sealed: true, subject: '90000000-0000-4000-8000-000000000000', iv: 'a', ct: 'a', keyHash: 'a' },
];

/** Names no object should have, or not this one. */
const NAMES = [
  'colour',
  '',
  '0',
  '17',
  '__proto__',
  'constructor',
  'prototype',
  'e\u0301',
  '\ud800',
  'judged',
  'side',
  'a/b~c',
];

type Path = readonly (string | number)[];

function pathsIn(value: unknown, at: Path = []): readonly Path[] {
  if (value === null || typeof value !== 'object') return [at];
  return [
    at,
    ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...at, Array.isArray(value) ? Number(key) : key])),
  ];
}

/** A copy of `value` with one thing in it changed: a value, a member too many or too few, an element again or too often. */
export function mutated(chance: Chance, value: unknown): unknown {
  const copy = structuredClone(value);
  const path = chance.pick(pathsIn(copy));
  const last = path.at(-1);
  const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], copy);
  const here = last === undefined ? copy : (parent as Record<string, unknown>)[last];
  if (isRecord(here) && chance.is(0.5)) {
    define(here, chance.pick(NAMES), chance.pick(VALUES));
    return copy;
  }
  if (Array.isArray(here) && chance.is(0.5)) {
    const item: unknown = here[0] ?? chance.pick(VALUES);
    here.push(...Array.from({ length: chance.pick([1, 1, 50, 101, 600]) }, () => item));
    return copy;
  }
  if (last === undefined) return chance.pick(VALUES);
  if (isRecord(parent) && chance.is(0.25)) delete parent[last];
  else define(parent as Record<string, unknown>, String(last), chance.pick(VALUES));
  return copy;
}

/** Own member, whatever its name: `__proto__` too. */
const define = (target: object, name: string, value: unknown): unknown =>
  Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Bytes that are no such JSON as was meant, or none at all. */
export function garbled(chance: Chance, json: string): string | Uint8Array {
  const deep = chance.pick([17, 40, 1000, 20_000]);
  const name = /"([a-zA-Z]+)":/.exec(json)?.[1] ?? 'step';
  return chance.pick<() => string | Uint8Array>([
    () => '',
    () => json.slice(0, chance.between(1, Math.max(1, json.length - 1))),
    () => `${json}${json}`,
    () => json.replace(/}$/, ',}'),
    () => json.replace(/^{/, `{"${name}":1,`),
    () => json.replace(/^{/, `{"\\u${name.charCodeAt(0).toString(16).padStart(4, '0')}${name.slice(1)}":1,`),
    () => json.replace(/^{/, '{"__proto__":{"polluted":true},'),
    () => json.replace(/^{/, '{"constructor":{"prototype":{"polluted":true}},'),
    () => json.replace(/"[^"]*"}$/, '"\\ud800"}'),
    () => json.replace(/^{/, `{"deep":${'['.repeat(deep)}${']'.repeat(deep)},`),
    () => json.replace(/^{/, `{"deep":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)},`),
    () => json.replace(/^{/, `{"long":"${'长'.repeat(chance.pick([20_000, 22_000]))}",`),
    () => json.replace(/^{/, `{"many":[${Array(12_000).fill('1').join(',')}],`),
    () => json.replace(/^{/, '{"n":1e999,'),
    () => json.replace(/^{/, '{"n":-0,'),
    () => json.replace(/^{/, '{"n":NaN,'),
    () => json.replace(/^{/, '/**/{'),
    () => `\ufeff${json}`,
    () => Buffer.from(json, 'utf16le'),
    () => Buffer.concat([Buffer.from('{"step":"'), Buffer.from([0xff, 0xfe, 0xc0, 0xaf]), Buffer.from('"}')]),
    () => Buffer.from(Array.from({ length: 64 }, () => chance.between(0, 255))),
    () => '[]',
    () => 'null',
    () => '"text"',
    () => 'a=1&b=2',
  ])();
}

/** What may stand in an address where an id should. Those with a slash or dots of their own may lead elsewhere. */
export const PLACES: readonly string[] = [
  '__proto__',
  'constructor',
  '%00',
  '%ff',
  '%zz',
  '%2e%2e',
  '..%2f..%2fetc%2fpasswd',
  '..%5c..',
  '%252e%252e',
  '%E2%80%AE',
  'x'.repeat(150),
  'x'.repeat(3000),
  '11111111-2222-4333-8444-55555555555F',
  '90000000-0000-4000-8000-000000000000',
  '90000000-0000-4000-8000-000000000000%20',
  '90000000-0000-4000-8000-000000000000;a=1',
  '90000000-0000-4000-8000-000000000000%2Ftimeline',
  '*',
  '-1',
  '~',
];
export const WAYS: readonly string[] = ['..', '.', '', '../..', '/', 'a/b/c', '%2e%2e/%2e%2e', '\\..\\'];

/** Queries, or parts of one. */
export const QUERIES: readonly string[] = [
  '__proto__=1',
  '__proto__[status]=1',
  'constructor=1',
  'nothing=1',
  '=1',
  '&&&',
  'status[]=requested',
  'limit=1&limit=2',
  'limit=1e1',
  'limit=-1',
  'limit=0',
  'limit=201',
  'limit=99999999999999999999',
  'status=%zz',
  'status=%00',
  'status=%ff%fe',
  `status=${'a'.repeat(5000)}`,
  `after=${'a'.repeat(5000)}`,
  'after=bm90IGEgY3Vyc29y',
  `after=${Buffer.from('[["last_recorded_at","case"],[1,2]]').toString('base64url')}`,
  `after=${Buffer.from('[["last_recorded_at","case"],[{},[]]]').toString('base64url')}`,
  `after=${Buffer.from('[["last_recorded_at","case"],["\u0000","x"]]').toString('base64url')}`,
  Array.from({ length: 300 }, (_none, n) => `p${n}=1`).join('&'),
  '%F0%9F%98%80=%F0%9F%98%80',
];

/** What a header of this name may be made to say: of several, the header comes several times. */
export const HEADERS: Readonly<Record<string, readonly (string | readonly string[] | undefined)[]>> = {
  'idempotency-key': [
    undefined,
    '',
    ' ',
    'a b',
    '""',
    'k'.repeat(128),
    'k'.repeat(129),
    'a, b',
    ['a', 'b'],
    '"q"',
    '\u00e9',
  ],
  'if-match': [
    undefined,
    '',
    '*',
    '1',
    '"one"',
    '"-1"',
    '"00"',
    'W/"0"',
    '"0", "1"',
    ['"0"', '"1"'],
    `"${'9'.repeat(40)}"`,
  ],
  prefer: [
    'respond-when=visible, wait=999',
    'wait=-1',
    'respond-when=never',
    ',,,',
    '=',
    'wait',
    ['wait=1', 'wait=2'],
    'x'.repeat(2000),
  ],
  'kesu-purpose': ['', 'gossip', 'audit, audit', ['audit', 'inquiry'], 'AUDIT', '__proto__'],
  'kesu-acting-as': [
    '',
    'x',
    'x'.repeat(3000),
    '90000000-0000-4000-8000-000000000000',
    ['a', 'b'],
    '11111111-2222-4333-8444-55555555555F',
  ],
  'content-type': [
    undefined,
    '',
    'text/plain',
    'json',
    'application/jsonp',
    'application/json; charset=gbk',
    'application/json;charset=',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'a/b/c',
    'application/json, text/plain',
    ';',
  ],
  'content-encoding': ['gzip', 'br', 'identity, gzip', ''],
  authorization: [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer a.b.c',
    'Basic YTpi',
    'bearer x',
    `Bearer ${'a'.repeat(4000)}`,
  ],
  accept: ['text/html', '*/*;q=0', '', 'application/xml'],
  range: [
    'bytes=0-0',
    'bytes=5-1',
    'bytes=-0',
    'bytes=0-1,2-3',
    'bytes=99999999999999999999-',
    'lines=1-2',
    'bytes=a-b',
  ],
  'if-none-match': ['*', '"0"', 'W/"0"'],
  'accept-language': ['en', 'x'.repeat(1000)],
  'content-digest': ['', 'sha-256=:AAAA:', 'md5=:AAAA:', 'sha-256=x'],
  traceparent: ['nonsense', '00-0-0-0', `00-${'0'.repeat(32)}-${'0'.repeat(16)}-00`],
  'x-request-id': ['<script>', 'a'.repeat(2000)],
  'x-http-method-override': ['DELETE'],
  'x-forwarded-for': ['10.0.0.1'],
};
