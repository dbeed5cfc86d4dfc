import type { Expectation, Uuid } from '#libs/kernel';

/** What an append comes to, judged by the stream as it will stand when everything before it is committed. */
export type Verdict =
  | { readonly kind: 'write' }
  /** Already stored, from this revision on. */
  | { readonly kind: 'repeat'; readonly from: number }
  | { readonly kind: 'conflict'; readonly actual: number | undefined };

/**
 * The check of EventStoreDB before a write (`IndexWriter.CheckCommit`), for exact expectations: at the head it is taken,
 * above it is a conflict, and below it is a repeat if the ids stored from there on are these, else a conflict.
 * @param head the last revision, undefined for no stream.
 */
export function judge(
  expected: Expectation,
  ids: readonly Uuid[],
  head: number | undefined,
  idAt: (revision: number) => Uuid,
): Verdict {
  const last = head ?? -1;
  const from = expected === 'no-stream' ? 0 : expected + 1;
  if (from === last + 1) return { kind: 'write' };
  const stored = from <= last && from + ids.length - 1 <= last && ids.every((id, n) => idAt(from + n) === id);
  return stored ? { kind: 'repeat', from } : { kind: 'conflict', actual: head };
}
