import { headOf, INT64_MAX, settingsOf, type StoredEvent, type View } from './stream-state.js';

export type Direction = 'forwards' | 'backwards';

/** Where a stream is read from. */
export interface StreamRange {
  readonly from: bigint | 'start' | 'end';
  readonly direction: Direction;
  readonly limit: bigint;
}

export type StreamRead =
  | { readonly kind: 'events'; readonly events: readonly StoredEvent[] }
  | { readonly kind: 'not-found' | 'deleted' | 'error' };

/** Both directions include the revision they start from; backwards from beyond the head begins at the head. */
export function readStream(view: View, stream: string, { from, direction, limit }: StreamRange): StreamRead {
  const head = headOf(view, stream);
  if (limit === 0n || (direction === 'forwards' && from === 'end')) return { kind: 'error' };
  if (head === INT64_MAX) return { kind: 'deleted' };
  if (head < 0n || settingsOf(view, stream).truncateBefore === INT64_MAX) return { kind: 'not-found' };
  const first = from === 'start' ? 0n : from === 'end' ? head : from;
  const live = liveEvents(view, stream);
  const inRange =
    direction === 'forwards'
      ? live.filter(({ revision }) => revision >= first)
      : live.filter(({ revision }) => revision <= first).reverse();
  return { kind: 'events', events: limit < inRange.length ? inRange.slice(0, Number(limit)) : inRange };
}

/** What `$maxCount`, `$maxAge` and `$tb` leave of a stream, in order. Empty for one that cannot be read. */
export function liveEvents(view: View, stream: string): readonly StoredEvent[] {
  const head = headOf(view, stream);
  if (head === INT64_MAX) return [];
  const { maxCount, maxAgeSeconds, truncateBefore = 0n } = settingsOf(view, stream);
  const counted = maxCount === undefined ? 0n : head - maxCount + 1n;
  const lowest = counted > truncateBefore ? counted : truncateBefore;
  const oldest = maxAgeSeconds === undefined ? -Infinity : view.now() - Number(maxAgeSeconds) * 1000;
  return view.eventsOf(stream).filter(({ revision, created }) => revision >= lowest && created >= oldest);
}

/** Where `$all` is read from. Forwards includes the position, backwards leaves it out. */
export interface AllRange {
  readonly from: bigint | 'start' | 'end';
  readonly direction: Direction;
  readonly limit: bigint;
}

/** `$all` has no truncation: what metadata hides stands in it until a scavenge, and the façade never scavenges. */
export function readAll(
  view: View,
  { from, direction, limit }: AllRange,
  wants: (event: StoredEvent) => boolean = () => true,
): readonly StoredEvent[] {
  const edge = from === 'start' ? 0n : from === 'end' ? INT64_MAX : from;
  const visible = view.log.filter((event) => isInAll(event) && wants(event));
  const inRange =
    direction === 'forwards'
      ? visible.filter(({ position }) => position >= edge)
      : visible.filter(({ position }) => position < edge).reverse();
  return limit < inRange.length ? inRange.slice(0, Number(limit)) : inRange;
}

/** Bookkeeping of the server that `$all` never shows. */
export const isInAll = ({ stream }: StoredEvent): boolean =>
  stream !== '$epoch-information' && !/^\$persistentsubscription-\$all::.*-(checkpoint|parked)$/.test(stream);

/** The event a link stands for: none for a missing one, the link itself when it does not say. */
export function linkedBy(view: View, link: StoredEvent): StoredEvent | undefined | 'no-link' {
  const parts = link.type === '$>' ? /^(\d+)@(.+)$/s.exec(Buffer.from(link.data).toString('utf8')) : null;
  if (!parts) return 'no-link';
  const [, revision = '', stream = ''] = parts;
  return liveEvents(view, stream).find((event) => event.revision === BigInt(revision));
}
