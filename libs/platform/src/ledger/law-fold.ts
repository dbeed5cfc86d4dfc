import { partsOf, recordedFrom, type LoggedEvent, type Recorded, type StreamName } from '#libs/kernel';
import {
  CALENDAR_CATEGORY,
  lawBookAfter,
  lawFacts,
  PACK_CATEGORY,
  registerAfter,
  REGISTER_CATEGORY,
  registerFacts,
  type LawBook,
  type LawFact,
  type RegisterFact,
} from '#libs/law';

const LAW_CATEGORIES: ReadonlySet<string> = new Set([PACK_CATEGORY, CALENDAR_CATEGORY, REGISTER_CATEGORY]);

/** Whether the stream holds law: a pack, the calendar, or the organ register. */
export const isLaw = (stream: StreamName): boolean => LAW_CATEGORIES.has(partsOf(stream)?.category ?? '');

export const isOfRegister = ({ stream }: LoggedEvent): boolean => partsOf(stream)?.category === REGISTER_CATEGORY;

/** @throws UnknownFact */
export const registerFact = (event: LoggedEvent): Recorded<RegisterFact> =>
  recordedFrom<RegisterFact>(registerFacts, event);

/** @throws UnknownFact */
export const lawFact = (event: LoggedEvent): Recorded<LawFact> => recordedFrom<LawFact>(lawFacts, event);

/**
 * The book after `events` of law streams, given in the order in which they stand. Those of the register that follow each
 * other are taken together, because each taking copies it once. @throws UnknownFact, and then nothing is taken.
 */
export function bookAfter(book: LawBook, events: readonly LoggedEvent[]): LawBook {
  return runsOf(events).reduce<LawBook>(
    (before, run) =>
      run[0] && isOfRegister(run[0])
        ? { ...before, organs: registerAfter(before.organs, run.map(registerFact)) }
        : lawBookAfter(before, run.map(lawFact)),
    book,
  );
}

/** Cuts the list where it changes from the register to other law and back. */
function runsOf(events: readonly LoggedEvent[]): readonly (readonly LoggedEvent[])[] {
  const runs: LoggedEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0] && isOfRegister(run[0]) === isOfRegister(event)) run.push(event);
    else runs.push([event]);
  }
  return runs;
}
