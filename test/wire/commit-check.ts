import {
  headOf,
  INT64_MAX,
  isSoftDeleted,
  metastreamOf,
  NO_STREAM,
  type StoredEvent,
  type View,
} from './stream-state.js';

export type Expected = bigint | 'any' | 'no-stream' | 'stream-exists';

export type Verdict =
  | { readonly kind: 'write'; readonly undeletes: boolean }
  /** Written before: answered with the last known event, whatever the payload in hand is. */
  | { readonly kind: 'repeat'; readonly last: StoredEvent }
  | { readonly kind: 'conflict'; readonly head: bigint }
  | { readonly kind: 'deleted' };

/** The log as writers see it: also every event id that was committed since the server started. */
export interface WriterView extends View {
  readonly recent: ReadonlyMap<string, StoredEvent>;
}

/** Decides on an append in the order in which a server checks: tombstone, existence, known ids, revision. */
export function check(view: WriterView, stream: string, expected: Expected, ids: readonly string[]): Verdict {
  const head = headOf(view, stream);
  if (head === INT64_MAX) return { kind: 'deleted' };
  if (expected === 'stream-exists') {
    if (isSoftDeleted(view, stream)) return { kind: 'deleted' };
    if (head < 0n && headOf(view, metastreamOf(stream)) < 0n) return { kind: 'conflict', head };
  }
  if (expected === 'any' || expected === 'stream-exists') return checkRecent(view, stream, ids);
  const revision = expected === 'no-stream' ? NO_STREAM : expected;
  if (revision > head) return { kind: 'conflict', head };
  if (revision === head) return { kind: 'write', undeletes: isSoftDeleted(view, stream) };
  return checkBelowHead(view, stream, revision, ids);
}

/** Without an exact revision only recent ids are remembered, wherever in the stream they stand. */
function checkRecent(view: WriterView, stream: string, ids: readonly string[]): Verdict {
  const known = ids.map((id) => view.recent.get(id)).map((event) => (event?.stream === stream ? event : undefined));
  const [first] = known;
  const last = known.at(-1);
  if (!first) return { kind: 'write', undeletes: isSoftDeleted(view, stream) };
  return last && known.every(Boolean) ? { kind: 'repeat', last } : { kind: 'conflict', head: headOf(view, stream) };
}

/** Below the head an append is a repeat if the index has its ids right after `revision`, also after a restart. */
function checkBelowHead(view: WriterView, stream: string, revision: bigint, ids: readonly string[]): Verdict {
  const conflict: Verdict = { kind: 'conflict', head: headOf(view, stream) };
  const stored = view.eventsOf(stream).slice(Number(revision) + 1, Number(revision) + 1 + ids.length);
  const last = stored.at(-1);
  if (last && stored.length === ids.length && stored.every((event, index) => event.id === ids[index]))
    return { kind: 'repeat', last };
  const differsAtOnce = ids.length > 0 && stored[0]?.id !== ids[0];
  if (differsAtOnce && revision === NO_STREAM && isSoftDeleted(view, stream)) return { kind: 'write', undeletes: true };
  return conflict;
}
