import { dayAt } from './days.js';

/** What officers do, by the names of this model. */
export const KINDS = [
  'obstacle',
  'forgoing',
  'request',
  'formalities',
  'materials',
  'delivery',
  'confirmation',
  'acceptance',
  'classDispute',
  'classDecision',
  'step',
  'extension',
  'filing',
  'provision',
  'feedback',
  'inability',
  'return',
  'noMaterials',
  'entry',
  'closure',
  'archive',
  'regime',
  'regimeEnd',
  'assessment',
] as const;
export type Kind = (typeof KINDS)[number];

export interface Coded {
  readonly code: string;
  readonly note?: string;
  readonly particulars?: readonly { readonly name: string; readonly text: string }[];
}

export interface Person {
  readonly person: string;
  readonly organ: string;
  readonly post: string;
}

/** Everything an officer may have said that this model asks about. */
export interface Said {
  readonly by?: Person;
  readonly requested?: string;
  readonly requestedDueOn?: string;
  readonly grounds?: readonly Coded[];
  readonly matterClasses?: readonly string[];
  readonly duration?: string;
  readonly form?: string;
  readonly emergency?: {
    readonly grounds: readonly Coded[];
    readonly channel: string;
    readonly channelNote?: string;
    readonly caller?: Person;
    readonly receiver?: Person;
  };
  readonly dateUnknown?: boolean;
  readonly materials?: readonly { readonly name: string; readonly copies: number }[];
  readonly proof?: { readonly kind: string; readonly note?: string };
  readonly deciders?: readonly string[];
  readonly onSpotPossible?: boolean;
  readonly onSpot?: boolean;
  readonly days?: number;
  readonly extension?: string;
  readonly office?: string;
  readonly signedInNameOf?: string;
  readonly matter?: string;
  readonly course?: string;
  readonly result?: string;
  readonly other?: string;
  readonly kind?: 'manner' | 'date' | 'cannotProvide';
  readonly cause?: string;
  readonly causeNote?: string;
  readonly particulars?: readonly { readonly name: string; readonly text: string }[];
  readonly returned?: readonly { readonly handedOver: string; readonly item: number; readonly copies: number }[];
  readonly counterparties?: readonly { readonly subject?: string; readonly name?: string }[];
  readonly responsible?: readonly Person[];
  readonly rule?: string;
  readonly about?: readonly string[];
}

/** One act on record. */
export interface Act {
  readonly event: string;
  /** Its number among the acts of the case, as they were recorded, from 0. */
  readonly no: number;
  /** What an officer did; a review the service itself asks for. */
  readonly kind: Kind | 'review';
  /** The day it is said to have taken place, and the moment where the hour is known. */
  readonly day: string;
  readonly moment?: string;
  /** The day it was recorded. */
  readonly recordedOn: string;
  /** Its recorder, and their organ. */
  readonly recorder: string;
  readonly organ: string;
  readonly said: Said;
  /** What the case calls the private persons it first names, in their order. */
  readonly subjects?: readonly string[];
}

const ordered = new WeakMap<readonly Act[], readonly Act[]>();

/**
 * As they took place: by day; within a day those of a known hour first, by it; then as they were recorded. A list of acts
 * never changes, so its order is found once.
 */
export function inOrder(acts: readonly Act[]): readonly Act[] {
  const known = ordered.get(acts);
  if (known) return known;
  const sorted = [...acts].sort(
    (a, b) => compare(a.day, b.day) || compare(a.moment ?? 'unknown', b.moment ?? 'unknown') || compare(a.no, b.no),
  );
  ordered.set(acts, sorted);
  return sorted;
}

const compare = <T extends string | number>(a: T, b: T): number => (a < b ? -1 : a > b ? 1 : 0);

/** What had taken place at `now`, whoever knew of it: an act of an unknown hour from the beginning of its day on. */
export const hasCome = ({ day, moment }: Pick<Act, 'day' | 'moment'>, now: string): boolean =>
  moment === undefined ? day <= dayAt(now) : moment <= now;

export const all = (acts: readonly Act[], kind: Kind): readonly Act[] =>
  inOrder(acts).filter((act) => act.kind === kind);

export const first = (acts: readonly Act[], kind: Kind): Act | undefined => all(acts, kind)[0];

export const last = (acts: readonly Act[], kind: Kind): Act | undefined => all(acts, kind).at(-1);

export const has = (acts: readonly Act[], kind: Kind): boolean => acts.some((act) => act.kind === kind);

/** 不能提供协助: the first notice that none can be given at all. */
export const cannot = (acts: readonly Act[]): Act | undefined =>
  all(acts, 'inability').find(({ said }) => said.kind === 'cannotProvide');

/** 收到: the first delivery with proof, or where none has proof the first. */
export const receipt = (acts: readonly Act[]): Act | undefined =>
  all(acts, 'delivery').find(({ said }) => said.proof !== undefined) ?? first(acts, 'delivery');

/** Whose case it is: who asked, or met the obstacle it began with. */
export const asking = (acts: readonly Act[]): string | undefined =>
  (first(acts, 'request') ?? first(acts, 'obstacle'))?.organ;

export const asked = (acts: readonly Act[]): string | undefined => first(acts, 'request')?.said.requested;
