import type { AnyFact, CaseSystem, LoggedEvent, StreamName } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Quarantined } from './quarantined.js';
import { nowhere, standingAfter, standingOf, type Standing } from './standing.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/**
 * Folds the whole stream; or, where an event cannot be read or folded, up to the one before it, with what is the matter.
 * @throws Quarantined when not even the first can: then nobody can tell whose the case is.
 */
export function readableStanding<State, F extends AnyFact>(
  system: System<State, F>,
  stream: StreamName,
  events: readonly LoggedEvent[],
): Standing<State> {
  try {
    return standingOf(system, events);
  } catch (cause) {
    const good = lastGoodOf(system, events);
    const quarantined = new Quarantined(stream, good.revision, { cause });
    if (good.revision < 0) throw quarantined;
    return { ...good, quarantined };
  }
}

/** As {@link standingAfter}; undefined also where the events cannot be read: the whole stream then says how far it can be. */
export function readableAfter<State, F extends AnyFact>(
  system: System<State, F>,
  standing: Standing<State>,
  events: readonly LoggedEvent[],
): Standing<State> | undefined {
  try {
    return standingAfter(system, standing, events);
  } catch {
    return undefined;
  }
}

/** @throws Quarantined where the case stands before an event that cannot be read. */
export function assertReadable({ quarantined }: Standing<unknown>): void {
  if (quarantined) throw quarantined;
}

/** The longest beginning that can be folded, found by halves: what cannot be read stays so with more behind it. */
function lastGoodOf<State, F extends AnyFact>(
  system: System<State, F>,
  events: readonly LoggedEvent[],
): Standing<State> {
  let good = nowhere(system.decider.initial);
  let [from, to] = [1, events.length];
  while (from < to) {
    const count = (from + to) >> 1;
    const tried = foldedUpTo(system, events.slice(0, count));
    if (tried) [good, from] = [tried, count + 1];
    else to = count;
  }
  return good;
}

function foldedUpTo<State, F extends AnyFact>(
  system: System<State, F>,
  events: readonly LoggedEvent[],
): Standing<State> | undefined {
  try {
    return standingOf(system, events);
  } catch {
    return undefined;
  }
}
