import 'reflect-metadata';
import { Transform, Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isDigest } from './document.js';
import { isUuid, type Uuid } from './ids.js';
import { instant } from './instant.js';
import { isStorableText } from './json.js';
import { isLegalDate } from './legal-date.js';
import type { Occurrence } from './occurrence.js';

/**
 * The fields a command or query may carry. Each decorator is one declaration of a field: what class-validator checks,
 * what a person is told in Chinese, and what the OpenAPI document says of it.
 */
export type FieldSchema = Readonly<Record<string, unknown>>;

interface FieldEntry {
  schema: FieldSchema | (() => FieldSchema);
  optional: boolean;
  /** The field lists documents that must be in the store. */
  documents?: true;
}

const FIELDS = 'kesu:fields';
/** Control characters but line breaks and tabs, and the bidirectional controls that can make a name read as another. */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** 文字. 1 to `max` characters (UTF-16 units), not blank, Unicode NFC, without control or bidirectional characters. */
export const Text = (title: string, max = 2000): PropertyDecorator =>
  field(
    { type: 'string', title, minLength: 1, maxLength: max },
    check('text', isText(max), `${title}须为 1 至 ${max} 字的文字，不得为空白，须为 Unicode NFC 形式且不含控制字符`),
  );

/** 标识: a lower-case UUID. */
export const Id = (title: string): PropertyDecorator =>
  field({ type: 'string', format: 'uuid', title }, check('id', isUuid, `${title}须为小写 UUID`));

/** 代码: a value of a code list that the rule pack holds. Which values it has is the pack's business. */
export const Code = (title: string): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: CODE.source, maxLength: 64 },
    check('code', isCode, `${title}须为代码（字母、数字、点、下划线或连字符，1 至 64 位）`),
  );

/** 文件摘要: SHA-256, lower-case hex. */
export const Digest = (title: string): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: '^[0-9a-f]{64}$' },
    check('digest', isDigest, `${title}须为 SHA-256 的 64 位小写十六进制`),
  );

/** 日期: a day of the Asia/Shanghai calendar. */
export const Day = (title: string): PropertyDecorator =>
  field(
    { type: 'string', format: 'date', title },
    check('day', isLegalDate, `${title}须为存在的日期，格式 YYYY-MM-DD`),
  );

export const Integer = (title: string, min: number, max: number): PropertyDecorator =>
  field(
    { type: 'integer', title, minimum: min, maximum: max },
    check(
      'integer',
      (value) => Number.isSafeInteger(value) && (value as number) >= min && (value as number) <= max,
      `${title}须为 ${min} 至 ${max} 的整数`,
    ),
  );

export const YesNo = (title: string): PropertyDecorator =>
  field(
    { type: 'boolean', title },
    check('yesNo', (value) => typeof value === 'boolean', `${title}须为 true 或 false`),
  );

/** 发生时间: exactly one of a day and a moment; a moment is brought to its canonical form. */
export const OccurredAt = (): PropertyDecorator =>
  field(
    {
      title: '行为发生时间',
      oneOf: [
        {
          type: 'object',
          properties: { on: { type: 'string', format: 'date' } },
          required: ['on'],
          additionalProperties: false,
        },
        {
          type: 'object',
          properties: { at: { type: 'string', format: 'date-time' } },
          required: ['at'],
          additionalProperties: false,
        },
      ],
    },
    Transform(({ value }: { value: unknown }) => occurrenceFrom(value) ?? value),
    check(
      'occurredAt',
      (value) => occurrenceFrom(value) !== undefined,
      '发生时间须为 {"on": 日期} 或 {"at": 带时区的时间} 之一',
    ),
  );

/** One of a few words that the program itself knows. */
export const OneOf = (title: string, words: readonly string[]): PropertyDecorator =>
  field(
    { type: 'string', title, enum: words },
    check(
      'oneOf',
      (value) => typeof value === 'string' && words.includes(value),
      `${title}须为 ${words.join('、')} 之一`,
    ),
  );

/** 标识的列表: 1 to `max` lower-case UUIDs, none twice. */
export const Ids = (title: string, max: number): PropertyDecorator =>
  field(
    {
      type: 'array',
      title,
      items: { type: 'string', format: 'uuid' },
      minItems: 1,
      maxItems: max,
      uniqueItems: true,
    },
    check(
      'ids',
      (value) =>
        Array.isArray(value) &&
        value.length >= 1 &&
        value.length <= max &&
        new Set(value).size === value.length &&
        value.every(isUuid),
      `${title}须为 1 至 ${max} 个互不相同的小写 UUID`,
    ),
  );

/** Codes of one list, none twice. */
export const Codes = (title: string, max = 32): PropertyDecorator =>
  field(
    { type: 'array', title, items: { type: 'string', pattern: CODE.source }, maxItems: max, uniqueItems: true },
    check(
      'codes',
      (value) =>
        Array.isArray(value) && value.length <= max && new Set(value).size === value.length && value.every(isCode),
      `${title}须为至多 ${max} 个互不相同的代码`,
    ),
  );

/** An object with fields of its own. */
export const Part = (title: string, type: () => new () => object): PropertyDecorator =>
  field(
    () => ({ title, ...schemaOf(type()) }),
    check('object', isObject, `${title}须为对象`),
    ValidateNested(),
    Type(type),
  );

/** A list of objects with fields of their own. */
export const Parts = (title: string, type: () => new () => object, max = 100): PropertyDecorator =>
  field(
    () => ({ type: 'array', title, items: schemaOf(type()), maxItems: max }),
    IsArray({ message: `${title}须为列表` }),
    ArrayMaxSize(max, { message: `${title}至多 ${max} 项` }),
    check('objects', (value) => Array.isArray(value) && value.every(isObject), `${title}的每一项须为对象`),
    ValidateNested({ each: true }),
    Type(type),
  );

/** The field may be left out. `null` is not leaving out. */
export const Optional = (): PropertyDecorator => (target, name) => {
  entryOf(target, name).optional = true;
  ValidateIf((_object, value) => value !== undefined)(target, name);
};

/** The JSON Schema (2020-12) of a class whose fields are declared with the decorators above. */
export function schemaOf(type: new () => object): FieldSchema {
  const fields = entriesOf(type.prototype as object);
  const required = [...fields].filter(([, entry]) => !entry.optional).map(([name]) => name);
  const schema = ({ schema }: FieldEntry): FieldSchema => (typeof schema === 'function' ? schema() : schema);
  return {
    type: 'object',
    properties: Object.fromEntries([...fields].map(([name, entry]) => [name, schema(entry)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
}

/** The documents a command cites in its fields declared with {@link Documents}: where it says so, and which. */
export function citedBy(command: object): readonly { readonly pointer: string; readonly digest: string }[] {
  const fields = [...entriesOf(Object.getPrototypeOf(command) as object)].filter(([, { documents }]) => documents);
  return fields.flatMap(([name]) => {
    const cited = (command as Readonly<Record<string, readonly DocumentPart[] | undefined>>)[name] ?? [];
    return cited.map(({ digest }, index) => ({ pointer: `/${name}/${index}/digest`, digest }));
  });
}

/** Whether fields are declared of a class with the decorators above. */
export const hasFields = ({ prototype }: { readonly prototype: unknown }): boolean =>
  typeof prototype === 'object' && prototype !== null && Reflect.hasMetadata(FIELDS, prototype);

/** The occurrence `value` claims, in canonical form, or undefined when it is none. */
export function occurrenceFrom(value: unknown): Occurrence | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const { on, at } = value as { on?: unknown; at?: unknown };
  if (isLegalDate(on)) return { on };
  try {
    return typeof at === 'string' ? { at: instant(at) } : undefined;
  } catch {
    return undefined;
  }
}

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const isCode = (value: unknown): boolean => typeof value === 'string' && CODE.test(value);
const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const isText =
  (max: number) =>
  (value: unknown): boolean =>
    typeof value === 'string' &&
    value.length <= max &&
    value.trim() !== '' &&
    isStorableText(value) &&
    !HIDDEN.test(value);

/** What is checked of a field, and what a person is told when it does not hold. */
export const check = (name: string, validate: (value: unknown) => boolean, message: string): PropertyDecorator =>
  ValidateBy({ name, validator: { validate } }, { message });

/** Declares a field of a class: what the document says of it, and how it is checked. */
export function field(schema: FieldEntry['schema'], ...decorators: PropertyDecorator[]): PropertyDecorator {
  return (target, name) => {
    entryOf(target, name).schema = schema;
    decorators.forEach((decorate) => decorate(target, name));
  };
}

function entriesOf(prototype: object): Map<string, FieldEntry> {
  return new Map(Reflect.getMetadata(FIELDS, prototype) as Map<string, FieldEntry> | undefined);
}

function entryOf(target: object, name: string | symbol): FieldEntry {
  let own = Reflect.getOwnMetadata(FIELDS, target) as Map<string, FieldEntry> | undefined;
  if (!own) Reflect.defineMetadata(FIELDS, (own = entriesOf(target)), target);
  const entry = own.get(String(name)) ?? { schema: {}, optional: false };
  own.set(String(name), entry);
  return entry;
}

/** 行为人 (see {@link By}). It stands last: its decorators run as the file loads, and need all of the above. */
export class ByWhom {
  @Id('行为人') person!: Uuid;
  @Id('行为人所在机关') organ!: Uuid;
  @Text('行为人职务', 100) post!: string;
}

/** 附件 (see {@link CitedDocument}). The document must be in the store before a command cites it. */
export class DocumentPart {
  @Digest('文件摘要') digest!: string;
  @Text('文件名称', 200) name!: string;
}

/** 附件: at most 50 documents a fact. Before it is recorded, the ledger asks the store for each of them. */
export const Documents = (): PropertyDecorator => (target, name) => {
  Parts('附件', () => DocumentPart, 50)(target, name);
  entryOf(target, name).documents = true;
};
