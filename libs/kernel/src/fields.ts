import 'reflect-metadata';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isDigest } from './document.js';
import { FILE_NAME_SAYS, isFileName } from './file-name.js';
import { isUuid, type Uuid } from './ids.js';
import { isStorableText } from './json.js';
import { FIRST_LEGAL_DATE, isCalendarDay, LAST_LEGAL_DATE } from './legal-date.js';
import { isBlank } from './words.js';

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
/**
 * Control characters but line breaks and tabs, the bidirectional controls that can make a name read as another, line and
 * paragraph separators, and the format characters nobody sees: spaces and joiners of no width between words, deprecated
 * ones, of annotations, tags. The joiners within a word of some scripts stay.
 */
const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

/**
 * 文字. 1 to `max` characters (UTF-16 units), of which some can be seen, Unicode NFC, without noncharacters, control,
 * separator, tag or bidirectional characters.
 */
export const Text = (title: string, max = 2000): PropertyDecorator =>
  field(
    { type: 'string', title, minLength: 1, maxLength: max },
    check('text', isText(max), (value) =>
      hiddenIn(value) === undefined
        ? `${title}须为 1 至 ${max} 字的文字，不得为空白，须为 Unicode NFC 形式且不含控制字符和非字符`
        : `${title}含有看不见的字符：${hiddenIn(value)}，请删去后重新提交`,
    ),
  );

/** 文件名称: a text that no reader could take for a place in a file system. */
export const FileName = (title: string, max: number): PropertyDecorator =>
  field(
    { type: 'string', title, minLength: 1, maxLength: max },
    Text(title, max),
    // What is no text at all was told so already.
    check('fileName', (value) => !isText(max)(value) || isFileName(value), `${title}${FILE_NAME_SAYS}`),
  );

/** 标识: a lower-case UUID. */
export const Id = (title: string): PropertyDecorator =>
  field({ type: 'string', format: 'uuid', title }, check('id', isUuid, `${title}须为小写 UUID`));

/**
 * 代码: a value of a code list that the rule pack holds. Which values it has is the pack's business; `known` are those of a
 * list that no pack holds, by name, for who reads the schema.
 */
export const Code = (title: string, known?: Readonly<Record<string, string>>): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: CODE.source, maxLength: 64, ...(known && listed(known)) },
    check('code', isCode, `${title}须为代码（字母、数字、点、下划线或连字符，1 至 64 位）`),
  );

/** A text of one pattern. @param says what it must be, after the title. */
export const Matching = (title: string, pattern: RegExp, says: string): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: pattern.source },
    check('matching', (value) => typeof value === 'string' && pattern.test(value), `${title}${says}`),
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
    check('day', isCalendarDay, `${title}${NO_DAY_TEXT}`),
    check('dayTooEarly', isNotTooEarly, `${title}${TOO_EARLY_TEXT}`),
  );

/** Said of a day, after its title. */
export const NO_DAY_TEXT = '须为存在的日期，格式 YYYY-MM-DD';
export const TOO_EARLY_TEXT = `不得早于 ${FIRST_LEGAL_DATE}`;
/** Said of a moment. */
export const BEYOND_CALENDAR_TEXT = `须在 ${FIRST_LEGAL_DATE} 至 ${LAST_LEGAL_DATE} 之内（北京时间）`;
/** What is no day at all is not too early either. */
export const isNotTooEarly = (value: unknown): boolean => !isCalendarDay(value) || value >= FIRST_LEGAL_DATE;

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

/** One or more values of such a list, none twice. */
export const SomeOf = (title: string, values: readonly string[]): PropertyDecorator =>
  field(
    { type: 'array', title, items: { type: 'string', enum: values }, minItems: 1, uniqueItems: true },
    check(
      'someOf',
      areDistinct([1, values.length], (item) => values.includes(item as string)),
      `${title}须为互不相同的一项或多项：${values.join('、')}`,
    ),
  );

/** 标识的列表: 1 to `max` lower-case UUIDs, none twice. */
export const Ids = (title: string, max: number): PropertyDecorator =>
  field(
    { type: 'array', title, items: { type: 'string', format: 'uuid' }, minItems: 1, maxItems: max, uniqueItems: true },
    check('ids', areDistinct([1, max], isUuid), `${title}须为 1 至 ${max} 个互不相同的小写 UUID`),
  );

/** Codes of one list, none twice. */
export const Codes = (title: string, max = 32, min = 0): PropertyDecorator =>
  field(
    {
      ...{ type: 'array', title, items: { type: 'string', pattern: CODE.source } },
      ...{ minItems: min, maxItems: max, uniqueItems: true },
    },
    check(
      'codes',
      areDistinct([min, max], isCode),
      `${title}须为${min === 0 ? '' : `至少 ${min} 个、`}至多 ${max} 个互不相同的代码`,
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

const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
const listed = (known: Readonly<Record<string, string>>): FieldSchema => ({
  enum: Object.keys(known),
  description: Object.entries(known)
    .map(([code, name]) => `${code}：${name}`)
    .join('；'),
});
const isCode = (value: unknown): boolean => typeof value === 'string' && CODE.test(value);
export const isObject = (value: unknown): value is object =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const areDistinct =
  ([min, max]: readonly [min: number, max: number], isItem: (item: unknown) => boolean) =>
  (value: unknown): boolean =>
    Array.isArray(value) &&
    value.length >= min &&
    value.length <= max &&
    new Set(value).size === value.length &&
    value.every(isItem);
const isText =
  (max: number) =>
  (value: unknown): value is string =>
    typeof value === 'string' && value.length <= max && !isBlank(value) && isStorableText(value) && !HIDDEN.test(value);

/** The first character of a text that nobody sees, by its code point and place; undefined where there is none. */
function hiddenIn(value: unknown): string | undefined {
  const found = typeof value === 'string' ? HIDDEN.exec(value) : null;
  if (!found) return undefined;
  const point = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  return `U+${point}（第 ${[...found.input.slice(0, found.index)].length + 1} 个字符）`;
}

/** Where a fault stands, when it is not the field as a whole: an RFC 6901 pointer into the field. */
export interface FaultPlace {
  readonly below: string;
}

/**
 * What is checked of a field, and what a person is told when it does not hold. @param place of the fault in the field,
 * where it is not the field itself: class-validator hands it on as the fault's context.
 */
export const check = (
  name: string,
  validate: (value: unknown) => boolean,
  message: string | ((value: unknown) => string),
  place?: FaultPlace,
): PropertyDecorator => {
  const says = typeof message === 'string' ? message : ({ value }: { readonly value: unknown }) => message(value);
  return ValidateBy({ name, validator: { validate } }, { message: says, ...(place ? { context: place } : {}) });
};

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
  @FileName('文件名称', 200) name!: string;
}

/** 附件: at most 50 documents a fact. Before it is recorded, the ledger asks the store for each of them. */
export const Documents = (): PropertyDecorator => (target, name) => {
  Parts('附件', () => DocumentPart, 50)(target, name);
  entryOf(target, name).documents = true;
};
