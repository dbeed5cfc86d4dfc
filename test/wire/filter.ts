import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { StoredEvent } from './stream-state.js';

/** Which events of `$all` a subscriber wants, and how often it is told how far the server has looked. */
export interface Filter {
  readonly wants: (event: StoredEvent) => boolean;
  /** Events looked at per page. */
  readonly window: number;
  /** Events looked at between checkpoints. */
  readonly checkpointInterval: number;
}

const WINDOW_DEFAULT = 32;

/** A regular expression is searched for anywhere in the text; .NET and JavaScript agree on the common subset. */
export function filterFrom(options: ReadReq.Options.FilterOptions): Filter {
  const expression = options.getStreamIdentifier() ?? options.getEventType();
  const textOf = (event: StoredEvent): string => (options.hasStreamIdentifier() ? event.stream : event.type);
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : undefined;
  const prefixes = expression?.getPrefixList() ?? [];
  const window = options.hasMax() ? options.getMax() : WINDOW_DEFAULT;
  return {
    wants: (event) => (regex ? regex.test(textOf(event)) : prefixes.some((prefix) => textOf(event).startsWith(prefix))),
    window,
    checkpointInterval: window * options.getCheckpointintervalmultiplier(),
  };
}
