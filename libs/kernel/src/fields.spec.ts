import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import Ajv from 'ajv/dist/2020.js';
import {
  ByWhom,
  citedBy,
  Code,
  Codes,
  Day,
  DocumentPart,
  Documents,
  Id,
  Integer,
  Matching,
  Optional,
  Part,
  Parts,
  schemaOf,
  SomeOf,
  Text,
  YesNo,
} from './fields.js';
import { OccurredAt, occurrenceFrom } from './occurred-at.js';
import { AskedInstant } from './query-fields.js';

class Item {
  @Text('名称', 10) name!: string;
}

class Whole {
  @Text('文字', 5) text!: string;
  @Id('标识') id!: string;
  @Code('代码') code!: string;
  @Day('日期') day!: string;
  @Integer('数', 1, 9) number!: number;
  @YesNo('是否') flag!: boolean;
  @OccurredAt() occurredAt!: unknown;
  @Codes('多个代码', 2) codes!: string[];
  @Part('部分', () => Item) part!: Item;
  @Parts('各部分', () => Item, 2) parts!: Item[];
  @SomeOf('几项', ['甲', '乙', '丙']) some!: string[];
  @Matching('区划', /^\d{6}$/, '须为 6 位数字') region!: string;
  @Optional() @Text('可省', 5) optional?: string;
}

class More extends Whole {
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
}

const good = {
  text: '协助',
  id: '624fc031-1b84-4af6-80d5-988f6d612e4a',
  code: 'XM-9-2',
  day: '2026-09-18',
  number: 3,
  flag: false,
  occurredAt: { on: '2026-09-18' },
  codes: ['a', 'b'],
  part: { name: '甲' },
  parts: [{ name: '甲' }, { name: '乙' }],
  some: ['乙'],
  region: '350200',
};

const faults = (errors: readonly ValidationError[], parent = ''): string[] =>
  errors.flatMap(({ property, constraints, children = [] }) => [
    ...(constraints ? [`${parent}${property}`] : []),
    ...faults(children, `${parent}${property}.`),
  ]);
const faultsOf = (changes: object, type: new () => object = Whole): string[] => {
  const instance = plainToInstance(type, { ...good, ...changes }, { exposeUnsetFields: false });
  return faults(validateSync(instance, { whitelist: true, forbidNonWhitelisted: true }));
};
const ajv = new Ajv({ strict: false, validateFormats: false });
const fitsSchema = ajv.compile(schemaOf(Whole));

it('takes what is as declared', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ optional: 'x' })).toEqual([]);
  expect(faultsOf({ by: { person: good.id, organ: good.id, post: '科员' } }, More)).toEqual([]);
  expect(fitsSchema(good)).toBe(true);
});

it.each<[object, string]>([
  [{ text: undefined }, 'text'],
  [{ text: null }, 'text'],
  [{ text: '' }, 'text'],
  [{ text: '  ' }, 'text'],
  [{ text: '六个字了吧啊' }, 'text'],
  [{ text: 'e\u0301' }, 'text'],
  [{ text: '\ud800' }, 'text'],
  [{ text: 'a\u202eb' }, 'text'],
  [{ text: 'a\u200fb' }, 'text'],
  [{ text: 'a\u0007' }, 'text'],
  [{ text: 'a\u2028b' }, 'text'],
  [{ text: 'a\u{e0041}' }, 'text'],
  [{ text: 'a\ufff9b' }, 'text'],
  [{ text: 'a\ufffe' }, 'text'],
  [{ text: '\ufdd0' }, 'text'],
  [{ text: '\u{10ffff}' }, 'text'],
  [{ text: '\u200b\u200b' }, 'text'],
  [{ text: '协\u200b助' }, 'text'],
  [{ text: '协\u2060助' }, 'text'],
  [{ text: '\u3164\u2800\u3000' }, 'text'],
  [{ text: 7 }, 'text'],
  [{ id: good.id.toUpperCase() }, 'id'],
  [{ code: '-a' }, 'code'],
  [{ code: 'a b' }, 'code'],
  [{ code: 'a'.repeat(65) }, 'code'],
  [{ day: '2026-02-30' }, 'day'],
  [{ day: '1991-12-31' }, 'day'],
  [{ number: 0 }, 'number'],
  [{ number: 10 }, 'number'],
  [{ number: 1.5 }, 'number'],
  [{ number: '3' }, 'number'],
  [{ flag: 'true' }, 'flag'],
  [{ flag: 1 }, 'flag'],
  [{ occurredAt: {} }, 'occurredAt'],
  [{ occurredAt: null }, 'occurredAt'],
  [{ occurredAt: { on: '2026-09-18', at: '2026-09-18T00:00:00Z' } }, 'occurredAt'],
  [{ occurredAt: { on: '2026-09-18', more: 1 } }, 'occurredAt'],
  [{ codes: ['a', 'a'] }, 'codes'],
  [{ codes: ['a', 'b', 'c'] }, 'codes'],
  [{ codes: 'a' }, 'codes'],
  [{ codes: [['a']] }, 'codes'],
  [{ part: { name: '' } }, 'part.name'],
  [{ part: { name: '甲', more: 1 } }, 'part.more'],
  [{ part: [] }, 'part'],
  [{ part: '甲' }, 'part'],
  [{ parts: [{ name: '甲' }, { name: '' }] }, 'parts.1.name'],
  [{ parts: [1] }, 'parts'],
  [{ parts: [null] }, 'parts'],
  [{ parts: {} }, 'parts'],
  [{ parts: Array(3).fill({ name: '甲' }) }, 'parts'],
  [{ some: [] }, 'some'],
  [{ some: ['甲', '甲'] }, 'some'],
  [{ some: ['甲', '丁'] }, 'some'],
  [{ some: '甲' }, 'some'],
  [{ some: [['甲']] }, 'some'],
  [{ region: '3502' }, 'region'],
  [{ region: 350200 }, 'region'],
  [{ region: '350200\n' }, 'region'],
  [{ optional: null }, 'optional'],
  [{ more: 1 }, 'more'],
])('does not take %j', (changes, path) => expect(faultsOf(changes)).toContain(path));

it.each([
  [{ on: '2026-09-18' }, { on: '2026-09-18' }],
  [{ at: '2026-09-18T09:00:00+08:00' }, { at: '2026-09-18T01:00:00.000000Z' }],
  [{ at: '2026-09-18' }, undefined],
  [{ on: '1991-12-31' }, undefined],
  [{ at: '1992-01-01T00:00:00+23:59' }, undefined],
  [{ at: '1992-01-01T00:00:00+08:00' }, { at: '1991-12-31T16:00:00.000000Z' }],
  [{ on: '2026-09-18T00:00:00Z' }, undefined],
  [{}, undefined],
  [[], undefined],
  ['2026-09-18', undefined],
  [null, undefined],
])('%j claims %j', (value, expected) => expect(occurrenceFrom(value)).toEqual(expected));

it('brings a moment to its canonical form', () => {
  const { occurredAt } = plainToInstance(Whole, { ...good, occurredAt: { at: '2026-09-18T09:00:00+08:00' } });
  expect(occurredAt).toEqual({ at: '2026-09-18T01:00:00.000000Z' });
});

it('describes itself: every field, none more, and what may be left out', () => {
  const schema = schemaOf(More) as { properties: object; required: string[]; additionalProperties: boolean };
  expect(Object.keys(schema.properties)).toEqual([...Object.keys(good), 'optional', 'by']);
  expect(schema.required).toEqual(Object.keys(good));
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys((schemaOf(Whole) as { properties: object }).properties)).not.toContain('by');
});

it('has a schema that takes what it takes', () => {
  for (const changes of [
    { text: '' },
    { number: 10 },
    { codes: ['a', 'a'] },
    { part: {} },
    { more: 1 },
    { code: '-a' },
    { some: [] },
    { some: ['丁'] },
    { region: 'x' },
  ])
    expect([changes, fitsSchema({ ...good, ...changes })]).toEqual([changes, false]);
});

describe('what is wrong with a time', () => {
  const faultOf = (occurredAt: unknown): unknown[] => {
    const errors = validateSync(plainToInstance(Whole, { ...good, occurredAt }, { exposeUnsetFields: false }));
    return errors.flatMap(({ constraints = {}, contexts = {} }) =>
      Object.entries(constraints).map(([name, message]) => [name, (contexts[name] as object) ?? {}, message]),
    );
  };
  const below = (place: string) => ({ below: place });
  it.each([
    [{ on: '2026-02-30' }, 'day', below('/on'), '须为存在的日期'],
    [{ on: null }, 'day', below('/on'), '须为存在的日期'],
    [{ on: '1900-01-01' }, 'dayTooEarly', below('/on'), '不得早于 1992-01-01'],
    [{ at: '2026-09-18T24:00:00Z' }, 'moment', below('/at'), '带时区的时间'],
    [{ at: 7 }, 'moment', below('/at'), '带时区的时间'],
    [{ at: '1900-01-01T00:00:00Z' }, 'momentBeyondCalendar', below('/at'), '1992-01-01 至 9999-12-31'],
    [{ at: '9999-12-31T23:59:59Z' }, 'momentBeyondCalendar', below('/at'), '1992-01-01 至 9999-12-31'],
    [{ on: '2026-02-30', at: 7 }, 'occurredAt', {}, '之一'],
    ['2026-09-18', 'occurredAt', {}, '之一'],
  ])('%j: %s', (value, name, place, says) =>
    expect(faultOf(value)).toEqual([[name, place, expect.stringContaining(says)]]),
  );
});

describe('what a command cites', () => {
  class Citing extends Whole {
    @Optional() @Documents() documents?: DocumentPart[];
    @Optional() @Parts('不是附件', () => DocumentPart) others?: DocumentPart[];
  }
  class CitingMore extends Citing {
    @Optional() @Documents() enclosed?: DocumentPart[];
  }
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => ({ digest: letter.repeat(64), name: letter }));

  it('is what its fields of documents hold, each with its place', () => {
    const command = Object.assign(new CitingMore(), { documents: [a, b], enclosed: [c], others: [c] });
    expect(citedBy(command)).toEqual([
      { pointer: '/documents/0/digest', digest: 'a'.repeat(64) },
      { pointer: '/documents/1/digest', digest: 'b'.repeat(64) },
      { pointer: '/enclosed/0/digest', digest: 'c'.repeat(64) },
    ]);
    expect(citedBy(new CitingMore())).toEqual([]);
    expect(citedBy(Object.assign(new Citing(), { enclosed: [c] }))).toEqual([]);
    expect(citedBy(new Whole())).toEqual([]);
  });
});

describe('a moment that is asked for', () => {
  class Asking {
    @AskedInstant('时刻') at!: unknown;
  }
  it.each([
    ['2026-09-18', []],
    ['9999-12-31', []],
    ['2026-02-30', ['askedInstant']],
    ['yesterday', ['askedInstant']],
    ['1991-12-31', ['askedInstantBeyondCalendar']],
    ['1991-12-31T00:00:00Z', ['askedInstantBeyondCalendar']],
    ['9999-12-31T23:59:59Z', ['askedInstantBeyondCalendar']],
  ])('%s is told %j', (at, names) => {
    const errors = validateSync(plainToInstance(Asking, { at }));
    expect(errors.flatMap(({ constraints = {} }) => Object.keys(constraints))).toEqual(names);
  });
});

it.each([
  ['\u202e', 'U+202E', 3],
  ['\u200f', 'U+200F', 3],
  ['\ufeff', 'U+FEFF', 3],
  ['\u{e0041}', 'U+E0041', 3],
  ['\u0007', 'U+0007', 3],
])('names the character that nobody sees: %j', (hidden, named, place) => {
  class Said {
    @Text('事由') said!: unknown;
  }
  const [fault] = validateSync(plainToInstance(Said, { said: `𠮷事${hidden}由` }));
  expect(fault?.constraints?.text).toBe(`事由含有看不见的字符：${named}（第 ${place} 个字符），请删去后重新提交`);
});
