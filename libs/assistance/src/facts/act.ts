import type { By, CitedDocument, Judged, Marked, Uuid } from '#libs/kernel';

/**
 * What every fact of 行政协助 may say. Facts belong to no place: README.md has the table act × place. When the act took
 * place is the event's `occurredAt`, and stands nowhere in the data.
 */
export interface Act {
  /** Who performed or signed the act, where the paper says so. */
  readonly by?: By;
  readonly documents?: readonly CitedDocument[];
  /** History for people; no fold reads it. */
  readonly judged?: readonly Judged[];
}

/** 请求机关或者被请求机关: which party an act of either is of, by the organ of its recorder. */
export type Side = 'requesting' | 'requested';

/** What a code asks to be told beside itself; `name` is one of the pack's `particulars`. */
export interface Particular {
  readonly name: string;
  readonly text: Marked;
}

/** A code of an open list; `note` says what 其他 means. */
export interface CodedGround {
  readonly code: string;
  readonly note?: Marked;
  readonly particulars?: readonly Particular[];
}

/** 辅助和佐证资料: one kind of material and how many of it. Its place in the list of its fact names it from then on. */
export interface Material {
  readonly name: Marked;
  readonly copies: number;
}

/** 行政相对人, of whom a case may have several (XM-15-3). Every field but `subject` is personal data and sealed under that subject's key. */
export interface Counterparty {
  readonly subject: Uuid;
  readonly name: Marked;
  readonly idNumber?: Marked;
  readonly address?: Marked;
  readonly contact?: Marked;
}
