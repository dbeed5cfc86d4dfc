import { isBlank, isLegalDate, isStorableText, isUuid, pointerTo } from '#libs/kernel';

/** What is wrong with data in a file, and where (RFC 6901 pointer). */
export interface Fault {
  readonly at: string;
  readonly says: string;
  /** The line in the file, counted from 1, where the data came from one. */
  readonly line?: number;
  /** The value has the shape it should have, and only names what is not there. */
  readonly wellFormed?: true;
}

/** A fault with its line. */
export type LinedFault = Fault & { readonly line: number };

/** Every fault of `value`, which stands at `at`. */
export type Check = (value: unknown, at: string) => readonly Fault[];

/** Data that cannot be used. It names every fault at once, so that a person corrects the file in one go. */
export class DataFaulty extends Error {
  override readonly name = 'DataFaulty';
  constructor(
    readonly what: string,
    readonly faults: readonly Fault[],
  ) {
    super(`${what}有 ${faults.length} 处错误：\n${faults.map((fault) => `  ${faultText(fault)}`).join('\n')}`);
  }
}

/** `第12行 /effectiveFrom 须为…`: one fault in one line. */
export const faultText = ({ at, says, line }: Fault): string =>
  `${line === undefined ? '' : `第${line}行 `}${at || '/'} ${says}`;

/** @throws DataFaulty when there is any fault. */
export function assertSound(what: string, faults: readonly Fault[]): void {
  if (faults.length > 0) throw new DataFaulty(what, faults);
}

const passing =
  (passes: (value: unknown) => boolean, says: string): Check =>
  (value, at) =>
    passes(value) ? [] : [{ at, says }];

/** 1 to `max` characters, not blank, in Unicode NFC. */
export const text = (max: number): Check =>
  passing(
    (value) => typeof value === 'string' && !isBlank(value) && value.length <= max && isStorableText(value),
    `须为 1 至 ${max} 字的文字，不得为空白，须为 Unicode NFC 形式`,
  );

export const matching = (pattern: RegExp, says: string): Check =>
  passing((value) => typeof value === 'string' && pattern.test(value), says);

export const oneOf = (values: readonly unknown[]): Check =>
  passing((value) => values.includes(value), `须为 ${values.join('、')} 之一`);

export const integer = (min: number, max: number): Check =>
  passing(
    (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
    `须为 ${min} 至 ${max} 的整数`,
  );

export const day: Check = passing(isLegalDate, '须为存在的日期，格式 YYYY-MM-DD');
export const id: Check = passing(isUuid, '须为小写 UUID');

/** A list of at least `min` items, no two of which have the same `key`. */
export const list =
  (item: Check, { min = 0, key }: { min?: number; key?: (item: unknown) => unknown } = {}): Check =>
  (value, at) => {
    if (!Array.isArray(value)) return [{ at, says: '须为列表' }];
    const items = value as readonly unknown[];
    const short = items.length < min ? [{ at, says: `至少须有 ${min} 项` }] : [];
    return [
      ...short,
      ...items.flatMap((entry, index) => item(entry, `${at}/${index}`)),
      ...(key ? repeated(items.map(key), at) : []),
    ];
  };

function repeated(keys: readonly unknown[], at: string): readonly Fault[] {
  return keys.flatMap((key, index) =>
    key !== undefined && keys.indexOf(key) < index ? [{ at: `${at}/${index}`, says: '与前面的项重复' }] : [],
  );
}

/** An object with these fields and no others: a misspelt field is never silently left aside. */
export const fields =
  (required: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check =>
  (value, at) => {
    if (!isObject(value)) return [{ at, says: '须为对象' }];
    const missing = Object.keys(required).filter((name) => !Object.hasOwn(value, name));
    return [
      ...missing.map((name) => ({ at: pointerTo(at, name), says: '缺少该字段' })),
      ...Object.entries(value).flatMap(([name, member]) => {
        const check = ownOf(required, name) ?? ownOf(optional, name);
        return check ? check(member, pointerTo(at, name)) : [{ at: pointerTo(at, name), says: '未知字段' }];
      }),
    ];
  };

/** An object whose keys are names and whose members are all of one kind. */
export const named =
  (name: Check, member: Check): Check =>
  (value, at) =>
    isObject(value)
      ? Object.entries(value).flatMap(([key, entry]) => [
          ...name(key, pointerTo(at, key)),
          ...member(entry, pointerTo(at, key)),
        ])
      : [{ at, says: '须为对象' }];

/** `further` looks at the value only when `first` finds nothing, and so may rely on its shape. */
export const then =
  (first: Check, further: Check): Check =>
  (value, at) => {
    const faults = first(value, at);
    return faults.length > 0 ? faults : further(value, at);
  };

export const memberOf = (value: unknown, name: string): unknown => (isObject(value) ? ownOf(value, name) : undefined);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

const ownOf = <T>(object: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(object, name) ? object[name] : undefined;
