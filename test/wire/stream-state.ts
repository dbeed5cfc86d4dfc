/** One event as a server stores it. Commit and prepare position are one number, as for everything written since v20. */
export interface StoredEvent {
  readonly position: bigint;
  readonly stream: string;
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  readonly json: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** Milliseconds since 1970 by the server's own clock. */
  readonly created: number;
}

/** What can be read of a log: all of it on a leader, less on a follower that lags. */
export interface View {
  readonly log: readonly StoredEvent[];
  /** The server's clock, milliseconds since 1970. */
  readonly now: () => number;
  eventsOf(stream: string): readonly StoredEvent[];
}

/** Revision of `$streamDeleted`, and the `$tb` of a soft-deleted stream. */
export const INT64_MAX = 2n ** 63n - 1n;
export const NO_STREAM = -1n;

export const isMetastream = (stream: string): boolean => stream.startsWith('$$');
export const metastreamOf = (stream: string): string => `$$${stream}`;
export const originalOf = (metastream: string): string => metastream.slice(2);

export const isTombstoned = (view: View, stream: string): boolean => headOf(view, stream) === INT64_MAX;

/** Last revision, {@link NO_STREAM} for none, {@link INT64_MAX} for a tombstone, which a metastream inherits. */
export function headOf(view: View, stream: string): bigint {
  if (isMetastream(stream) && view.eventsOf(originalOf(stream)).at(-1)?.revision === INT64_MAX) return INT64_MAX;
  return view.eventsOf(stream).at(-1)?.revision ?? NO_STREAM;
}

/** The keys of a stream's metadata that decide what of it can be read. */
export interface Settings {
  readonly maxCount?: bigint;
  readonly maxAgeSeconds?: bigint;
  readonly truncateBefore?: bigint;
}

/** A metastream keeps its last event only, by rule. */
export function settingsOf(view: View, stream: string): Settings {
  if (isMetastream(stream)) return { maxCount: 1n };
  const metadata = view.eventsOf(metastreamOf(stream)).at(-1);
  return metadata ? parsed(metadata.data) : {};
}

export const isSoftDeleted = (view: View, stream: string): boolean =>
  settingsOf(view, stream).truncateBefore === INT64_MAX;

/** Metadata with one key that is not an int64 counts as none at all, so that a soft-deleted stream comes back to life. */
function parsed(data: Uint8Array): Settings {
  const keys = withExactNumbers(Buffer.from(data).toString('utf8'));
  if (!keys) return {};
  const [maxCount, maxAgeSeconds, truncateBefore] = ['$maxCount', '$maxAge', '$tb'].map((key) => integerOf(keys[key]));
  if (maxCount === 'bad' || maxAgeSeconds === 'bad' || truncateBefore === 'bad') return {};
  return {
    ...(maxCount !== undefined && maxCount > 0n && { maxCount }),
    ...(maxAgeSeconds !== undefined && maxAgeSeconds > 0n && { maxAgeSeconds }),
    ...(truncateBefore !== undefined && truncateBefore >= 0n && { truncateBefore }),
  };
}

const NUMBER_MARK = '\u0001';
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** Parses JSON with every number kept as marked text, because int64 does not fit a JavaScript number. */
function withExactNumbers(text: string): Record<string, unknown> | undefined {
  try {
    JSON.parse(text);
    const marked = text.replace(STRING_OR_NUMBER, (token) =>
      token.startsWith('"') ? token : JSON.stringify(NUMBER_MARK + token),
    );
    const value: unknown = JSON.parse(marked);
    return value !== null && typeof value === 'object' ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function integerOf(value: unknown): bigint | undefined | 'bad' {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\u0001-?\d+$/.test(value)) return 'bad';
  const integer = BigInt(value.slice(1));
  return integer <= INT64_MAX && integer >= -INT64_MAX - 1n ? integer : 'bad';
}

/** `metadata` again with another `$tb`; undefined when it is no JSON object. Other numbers keep their digits. */
export function withTruncateBefore(metadata: Uint8Array, revision: bigint): Uint8Array | undefined {
  const keys = withExactNumbers(Buffer.from(metadata).toString('utf8'));
  if (!keys) return undefined;
  const text = JSON.stringify({ ...keys, $tb: `${NUMBER_MARK}${revision}` });
  return Buffer.from(text.replace(/"\\u0001([^"]*)"/g, '$1'), 'utf8');
}
