import {
  commonFacts,
  recordedFrom,
  streamName,
  withoutErased,
  type AnyFact,
  type CaseSystem,
  type Caused,
  type Clock,
  type EventLog,
  type FactTypes,
  type LoggedEvent,
  type LookedAt,
  type Recorder,
  type Uuid,
  type Watch,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { eventsIn, issue, nowhere, standingOf, type Ledger } from '../ledger/index.js';
import { issuedByService } from '../reacting/index.js';

/** A system as a watch knows it: of which facts and which state is its own business. */
export interface WatchedSystem {
  readonly category: string;
  /** The case as its stream stands, by the law in hand; undefined when there is none. @throws UnknownFact and the like. */
  lookedAt(
    id: Uuid,
    events: readonly LoggedEvent[],
    by: { readonly law: LawBook; readonly clock: Clock },
  ): LookedAt<LawBook> | undefined;
}

/** @throws Error for a system that does not say what a watch needs to know. */
export function watchedSystem<State, F extends AnyFact>(system: CaseSystem<State, F, LawBook>): WatchedSystem {
  const { decider, watched, told } = system;
  const { category } = decider;
  if (!watched) throw new Error(`${category} is not watched`);
  const types = { ...decider.facts, ...commonFacts } as unknown as FactTypes<AnyFact>;
  return {
    category,
    lookedAt: (id, events, { law, clock }) => {
      if (events.length === 0) return undefined;
      const { state } = standingOf(system, events);
      const history = withoutErased(events.map((event) => recordedFrom<AnyFact>(types, event)));
      return {
        category,
        case: id,
        parties: watched.parties(state),
        kindOf: watched.kindOf,
        told,
        pack: system.packOf(state, law),
        schedule: system.schedule(state, law),
        history: history,
        law,
        now: clock.now(),
      };
    },
  };
}

/** A watch together with the system of its files. */
export interface AnyWatch {
  readonly name: string;
  readonly category: string;
  readonly fileOf: Watch<unknown, LawBook>['fileOf'];
  look(of: LookedAt<LawBook>, fileEvents: readonly LoggedEvent[]): readonly Caused[];
  record(ledger: Pick<Ledger, 'record'>, command: object): Promise<unknown>;
}

/** A watch with the types of its files remembered for itself, and forgotten after it. */
export const watchOf = <State, F extends AnyFact>(
  watch: Watch<State, LawBook>,
  files: CaseSystem<State, F, LawBook>,
): AnyWatch => ({
  name: watch.name,
  category: watch.category,
  fileOf: watch.fileOf,
  look: (of, events) =>
    watch.look(of, (events.length === 0 ? nowhere(files.decider.initial) : standingOf(files, events)).state),
  // Every command of the watch is one that its files' system decides.
  record: (ledger, command) => ledger.record(files, command as Parameters<Ledger['record']>[1]),
});

export interface LookingParts {
  readonly watch: AnyWatch;
  readonly ledgerName: string;
  readonly log: EventLog;
  readonly ledger: Pick<Ledger, 'record'>;
  readonly law: { readonly book: LawBook };
  readonly clock: Clock;
  readonly recorder: Recorder;
}

/**
 * Looks at one case: reads it and its file to their heads, and records what follows, one after the other. Repeating it
 * records nothing new. @returns how much was recorded.
 * @throws Conflict when others were first: look again. LogUnavailable. Refusal and the like: nothing is to be recorded.
 */
export async function lookAt(parts: LookingParts, system: WatchedSystem, id: Uuid): Promise<number> {
  const { watch, ledgerName, log, ledger, recorder } = parts;
  const fileId = watch.fileOf(system.category, id);
  const file = await eventsIn(log, streamName(ledgerName, watch.category, fileId));
  const own = system.category === watch.category;
  const events = own ? file : await eventsIn(log, streamName(ledgerName, system.category, id));
  const of = system.lookedAt(id, events, { law: parts.law.book, clock: parts.clock });
  if (!of) return 0;
  const caused = watch.look(of, file);
  for (const [index, { command, cause }] of caused.entries()) {
    const opens = file.length === 0 && index === 0 ? ({ opens: true } as const) : {};
    const issued = issuedByService({ caseId: fileId, recorder, ...opens }, ['watch', watch.name, ...cause]);
    await watch.record(ledger, issue(command, issued));
  }
  return caused.length;
}
