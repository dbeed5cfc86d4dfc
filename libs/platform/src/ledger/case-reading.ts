import {
  StreamNotFound,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type EventLog,
  type LoggedEvent,
  type Recorded,
  type StreamName,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { CaseMemory } from './case-memory.js';
import { eventsIn } from './events-in.js';
import { readableAfter, readableStanding } from './readable.js';
import { factsOf, nowhere, standingAfter, type Standing } from './standing.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** A case at its head, with every fact of it. */
export interface WholeStanding<State, F extends AnyFact> {
  readonly standing: Standing<State>;
  readonly facts: readonly Recorded<F | CommonFact>[];
}

/** The cases of a log as they stand, with the folded states of recent ones in hand. */
export class CaseReading {
  private readonly memory = new CaseMemory();

  constructor(private readonly log: EventLog) {}

  /** What is kept may lead only to an append, or be read on from. */
  kept<State>(stream: StreamName): Standing<State> | undefined {
    return this.memory.get<State>(stream);
  }

  forget(stream: StreamName): void {
    this.memory.drop(stream);
  }

  /** Takes in what was just appended. A correction or an erasure changes what was folded before: the state is let go. */
  appended<State, F extends AnyFact>(
    system: System<State, F>,
    standing: Standing<State>,
    stored: readonly LoggedEvent[],
  ): void {
    const [first] = stored;
    if (!first) return;
    const after = standingAfter(system, standing, stored);
    if (after) this.memory.keep(first.stream, after);
    else this.memory.drop(first.stream);
  }

  /** The case at its head, read from `kept` on, or from its first event. */
  async readOn<State, F extends AnyFact>(
    system: System<State, F>,
    stream: StreamName,
    kept: Standing<State> | undefined,
  ): Promise<Standing<State>> {
    try {
      const known = kept && kept.revision >= 0 ? kept : undefined;
      const further = await this.log.readStream(stream, known ? known.revision + 1 : 0);
      if (known && further.length === 0) return known;
      const standing =
        (known && readableAfter(system, known, further)) ??
        readableStanding(system, stream, known ? await this.log.readStream(stream) : further);
      if (standing.quarantined) this.memory.drop(stream);
      else this.memory.keep(stream, standing);
      return standing;
    } catch (error) {
      this.memory.drop(stream);
      if (error instanceof StreamNotFound) return nowhere(system.decider.initial);
      throw error;
    }
  }

  /** The case at its head, read from its first event whatever is kept of it. @throws Quarantined */
  async readWhole<State, F extends AnyFact>(
    system: System<State, F>,
    stream: StreamName,
  ): Promise<WholeStanding<State, F>> {
    const events = await eventsIn(this.log, stream);
    if (events.length === 0) return { standing: nowhere(system.decider.initial), facts: [] };
    const standing = readableStanding(system, stream, events);
    return { standing, facts: standing.quarantined ? [] : factsOf(system, events) };
  }
}
