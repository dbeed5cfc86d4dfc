import type { Chance } from '../simulation/chance.js';
import type { Interface, Schema } from './document.js';
import type { Known } from './known.js';

export interface Source {
  readonly chance: Chance;
  readonly known: Known;
  readonly document: Interface;
}

const WORDS = ['调取监测记录', '办理步骤', '示例函〔2026〕1号', '说明', '档案室', '协助 𠮷 事项', 'A-1'];
/** Texts of a form: a schema that asks for one tells its pattern. */
const FORMED = [
  '350200',
  '350203',
  '/occurredAt',
  '/data/documentNumber',
  '/data/matter',
  '/data/by/post',
  '1',
  'a',
  'A1',
];
const OPTIONAL = 0.5;
const ITEMS_MAX = 3;

/** A value as `schema` describes it, for a field called `name`. */
export function valueOf(source: Source, given: Schema, name = ''): unknown {
  const { chance, document } = source;
  const schema = document.resolved(given);
  if (schema.anyOf) return valueOf(source, { ...schema, ...chance.pick(schema.anyOf), anyOf: undefined }, name);
  if (schema.oneOf) return valueOf(source, chance.pick(schema.oneOf), name);
  if (schema.enum) return chance.pick(schema.enum);
  const [type] = [schema.type].flat();
  if (type === 'object') return objectOf(source, schema);
  if (type === 'array') return listOf(source, schema, name);
  if (type === 'boolean') return chance.is(0.5);
  return type === 'integer' || type === 'number' ? numberOf(source, schema, name) : textOf(source, schema, name);
}

function numberOf({ chance }: Source, { minimum = 0, maximum = 20 }: Schema, name: string): number {
  // Lists are short: only pages of a few items have others after them.
  const most = name === 'limit' && chance.is(0.7) ? 2 : 20;
  return chance.between(minimum, Math.min(maximum, minimum + most));
}

function objectOf(source: Source, { properties = {}, required = [] }: Schema): Record<string, unknown> {
  // A file is cited by the organ that brought it: who brought none mostly cites none.
  const documents = source.known.citable.length > 0 ? OPTIONAL : 0.05;
  const chosen = Object.entries(properties).filter(
    ([name]) => required.includes(name) || source.chance.is(name === 'documents' ? documents : OPTIONAL),
  );
  return Object.fromEntries(chosen.map(([name, schema]) => [name, valueOf(source, schema, name)]));
}

function listOf(source: Source, { items = {}, minItems = 0, maxItems = ITEMS_MAX, uniqueItems }: Schema, name: string) {
  const length = source.chance.between(minItems, Math.max(minItems, Math.min(maxItems, ITEMS_MAX)));
  const list = Array.from({ length }, () => valueOf(source, items, name));
  return uniqueItems ? [...new Map(list.map((item) => [JSON.stringify(item), item])).values()] : list;
}

function textOf({ chance, known }: Source, schema: Schema, name: string): string {
  const { format, pattern, minLength = 0, maxLength = 100 } = schema;
  if (format === 'uuid') return known.id(name);
  if (format === 'date') return known.day();
  if (format === 'date-time') return `${known.day()}T0${chance.between(0, 7)}:00:00Z`;
  if (pattern !== undefined)
    return matching(new RegExp(pattern), [
      known.code(name),
      known.digest(),
      known.quarter(),
      ...chance.some(FORMED, 0.7),
      ...FORMED,
    ]);
  const cursor = name === 'after' ? known.cursor() : undefined;
  if (cursor !== undefined) return cursor;
  const text = chance.pick(WORDS);
  return chance.is(0.03) ? '长'.repeat(maxLength) : text.padEnd(minLength, '字').slice(0, maxLength);
}

function matching(pattern: RegExp, texts: readonly string[]): string {
  const found = texts.find((text) => pattern.test(text));
  if (found === undefined) throw new Error(`nothing to say that matches ${pattern}: add it to FORMED`);
  return found;
}
