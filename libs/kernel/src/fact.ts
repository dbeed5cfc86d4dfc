import type { Envelope, Basis, Recorder } from './envelope.js';
import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import { valueAt, type JsonObject } from './json.js';
import type { Occurrence } from './occurrence.js';

/** A kind of fact: what happened, in the past tense, and its data in the latest shape. */
export interface AnyFact {
  readonly type: string;
  readonly data: object;
}

/** 行为人: who performed the act, as claimed. */
export interface By {
  readonly person: Uuid;
  readonly organ: Uuid;
  /** 职务, as it stood on the paper. */
  readonly post: string;
}

/** A fact read back from a stream: its data in the latest shape, corrections applied where the caller asked for them. */
export type Recorded<F extends AnyFact = AnyFact> = F extends AnyFact
  ? {
      readonly id: Uuid;
      readonly type: F['type'];
      readonly data: F['data'];
      readonly revision: number;
      readonly version: number;
      readonly commandId: Uuid;
      readonly commandDigest: string;
      readonly recorder: Recorder;
      readonly basis: Basis;
      readonly occurredAt: Occurrence;
      readonly recordedAt: Instant;
      /** Left out of what no correction that is applied has changed. */
      readonly earlier?: readonly Earlier<F['data']>[];
    }
  : never;

/** What a fact said until a correction of it was approved; of several, the first is what was recorded. */
export interface Earlier<Data = object> {
  readonly occurredAt: Occurrence;
  readonly data: Data;
  /** When the correction took effect. */
  readonly until: Instant;
}

/** 第几项: what people call a record of a case. The first is 1, and has revision 0. */
export const itemNumber = ({ revision }: { readonly revision: number }): number => revision + 1;

/**
 * How a fact's type is stored: the version now written, the marked fields, and the steps from older shapes.
 * `marks` maps RFC 6901 pointers into `data` (`*` stands for every element of a list) to what they may name.
 */
export interface FactType {
  readonly version: number;
  readonly marks?: Readonly<Record<string, FieldMark>>;
  /** `steps[n]` turns the shape of version n into that of n + 1. Pure; never removed. */
  readonly steps?: Readonly<Record<number, (data: JsonObject) => JsonObject>>;
}

export type FieldMark = 'personal' | 'text';

/** Where `data` has a place for a value that its type marks, with the mark: `*` stands for every element that is there. */
export const markedPlaces = (data: object, { marks = {} }: FactType): readonly (readonly [string, FieldMark])[] =>
  Object.entries(marks).flatMap(([pattern, mark]) =>
    placesOf(data, pattern).map((pointer) => [pointer, mark] as const),
  );

function placesOf(data: object, pattern: string): readonly string[] {
  const star = pattern.indexOf('/*');
  if (star < 0) return [pattern];
  const list = valueAt(data, pattern.slice(0, star));
  if (!Array.isArray(list)) return [];
  return list.flatMap((_item, index) => placesOf(data, `${pattern.slice(0, star)}/${index}${pattern.slice(star + 2)}`));
}

/** One entry per kind of fact, or it does not compile. */
export type FactTypes<F extends AnyFact> = { readonly [T in F['type']]: FactType };

/** A stored fact whose type or version this program does not know: it is never guessed at, never skipped. */
export class UnknownFact extends Error {
  override readonly name = 'UnknownFact';
  constructor(
    readonly type: string,
    readonly version: number,
  ) {
    super(`no reading for ${type} version ${version}`);
  }
}

/**
 * Brings stored data to the latest shape, step by step.
 * @throws UnknownFact for a type that is not listed, or a version above the listed one or without a step.
 */
export function upcast(
  types: Readonly<Record<string, FactType>>,
  type: string,
  version: number,
  data: JsonObject,
): JsonObject {
  const known = Object.hasOwn(types, type) ? types[type] : undefined;
  if (!known || !Number.isSafeInteger(version) || version < 1 || version > known.version)
    throw new UnknownFact(type, version);
  let current = data;
  for (let from = version; from < known.version; from += 1) {
    const step = known.steps?.[from];
    if (!step) throw new UnknownFact(type, from);
    current = step(current);
  }
  return current;
}

/** A stored event as a fact in its latest shape. @throws UnknownFact */
export function recordedFrom<F extends AnyFact>(
  types: FactTypes<F>,
  event: { id: Uuid; type: string; revision: number; data: JsonObject; metadata: JsonObject },
): Recorded<F> {
  const envelope = event.metadata as unknown as Envelope;
  const { version, commandId, commandDigest, recorder, basis, occurredAt, recordedAt } = envelope;
  return {
    id: event.id,
    type: event.type,
    data: upcast(types, event.type, version, event.data),
    revision: event.revision,
    version,
    commandId,
    commandDigest,
    recorder,
    basis,
    occurredAt,
    recordedAt,
  } as unknown as Recorded<F>;
}
