import { setTimeout as sleep } from 'node:timers/promises';
import {
  eventIdOf,
  streamName,
  type EventLog,
  type Instant,
  type Position,
  type Recorder,
  type Uuid,
} from '#libs/kernel';
import {
  BEFORE_ALL,
  issue,
  newestIn,
  type LawHistory,
  type LawPlace,
  type LawShelf,
  type Ledger,
} from '../ledger/index.js';
import type { Logger } from '../log/index.js';
import { atOnce, isFinal, issuedByService, type Progress } from '../reacting/index.js';
import {
  checkpointOf,
  reachedCases,
  reachOf,
  reachesNone,
  type CaseRow,
  type Reach,
  type ViewTables,
} from '../views/index.js';
import { noticeName, titleOf, type LawMove, type RecomputedSystem } from './recomputed-case.js';

export interface RecomputerParts {
  readonly systems: readonly RecomputedSystem[];
  readonly log: EventLog;
  readonly ledgerName: string;
  readonly ledger: Ledger;
  readonly law: LawShelf;
  readonly history: LawHistory;
  readonly tables: ViewTables;
  readonly progress: Progress;
  readonly recorder: Recorder;
  readonly logger: Logger;
  /** While clocks disagree nothing is recorded. */
  readonly clocksAgree: () => boolean;
}

const TICK_MS = 500;
const RETRY_MS = 1_000;
/** While rows are written, each page waits for the embedded database: few of them. */
const PAGE = 20_000;
/** Appends under way at once: the embedded log commits them together. */
const AT_ONCE = 64;

/**
 * 重新计算的告知: after each event that moves the law, every case whose clocks or flags it moved is told so, once, whatever
 * happens: what is told follows from the case as it stood when the law moved, its ids from the event and the case. Any
 * number may run, in any processes. Where one was killed, the next goes on: a case that was told is passed over.
 */
export class Recomputer {
  private position: Position | undefined;

  constructor(private readonly parts: RecomputerParts) {}

  /** Works until `signal` is aborted. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let begun = false;
    while (!signal.aborted) {
      let pause = TICK_MS;
      try {
        if (!begun) this.position = await this.parts.progress.read();
        begun = true;
        if (this.parts.clocksAgree()) await this.turn(signal);
      } catch (error) {
        if (!signal.aborted)
          this.parts.logger.warn('cases were not told of a change of the law, and will be', { error });
        pause = RETRY_MS;
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Everything of law that is new. @throws what reading throws; what was done stays done. */
  private async turn(signal: AbortSignal): Promise<void> {
    const { law, progress } = this.parts;
    const upTo = newestIn(law.inHand.places);
    if (upTo === BEFORE_ALL || (this.position !== undefined && upTo <= this.position)) return;
    // Streams are read beside each other: what stands before the newest place is in hand for sure after one more reading.
    await law.refresh();
    const { places } = law.inHand;
    for (const [index, place] of places.entries()) {
      if (signal.aborted) return;
      if (place.position > upTo) break;
      if (this.position !== undefined && place.position <= this.position) continue;
      const done = await this.tell(place, places[index - 1]?.position ?? BEFORE_ALL, signal);
      if (!done) return;
      this.position = place.position;
    }
    if (this.position !== undefined) await progress.write(this.position);
  }

  /** @returns whether every case was told. */
  private async tell(place: LawPlace, before: Position, signal: AbortSignal): Promise<boolean> {
    const { history, log } = this.parts;
    const [event] = await log.readStream(place.stream, place.revision, 1);
    const after = await history.at(place.position);
    const title = event && titleOf(event, after);
    if (!event || title === undefined) return true;
    const move: LawMove = { event, title, before: await history.at(before), after };
    const reach = reachOf(move.before, after, []);
    if (reachesNone(reach)) return true;
    // Those that are shown are told at once. Others that were opened before the event are shown when it is.
    const told = new Set<Uuid>();
    await this.tellReached({ move, reach }, told, signal);
    await this.untilShown(place.position, signal);
    await this.tellReached({ move, reach }, told, signal);
    return !signal.aborted;
  }

  /**
   * Tells every case that is shown as reached, but those in `told`, to which it adds. A case that rests on none of the days
   * that moved rests on none of them by either law, so that it does not matter by which its rows were made.
   */
  private async tellReached(
    { move, reach }: { readonly move: LawMove; readonly reach: Reach },
    told: Set<Uuid>,
    signal: AbortSignal,
  ): Promise<void> {
    for (let last = ''; !signal.aborted;) {
      const asked = { after: last, limit: PAGE, openedBy: move.event.position };
      const cases = await reachedCases(this.parts.tables, reach, asked);
      const fresh = cases.filter((row) => !told.has(row.case));
      await atOnce(fresh, { most: AT_ONCE, signal }, (row) => this.tellOne(row, move));
      for (const row of fresh) told.add(row.case);
      last = cases.at(-1)?.case ?? '';
      if (cases.length < PAGE) return;
    }
  }

  private async tellOne({ case: id, category }: CaseRow, move: LawMove): Promise<void> {
    const system = this.parts.systems.find((one) => one.category === category);
    if (!system) return;
    const { event } = move;
    const issued = issuedByService({ caseId: id, recorder: this.parts.recorder }, noticeName(event.id, id));
    try {
      const events = await this.parts.log.readStream(streamName(this.parts.ledgerName, category, id));
      if (events.some((one) => one.id === eventIdOf(issued.commandId, 0))) return;
      const told = system.told(
        events.filter(({ position }) => position <= event.position),
        move,
      );
      if (!told) return;
      const occurredAt = { at: event.metadata.recordedAt as Instant };
      const command = Object.assign(system.command(), { occurredAt, told });
      await system.record(this.parts.ledger, issue(command, issued));
    } catch (error) {
      if (!isFinal(error)) throw error;
      this.parts.logger.warn('a case takes no notice that the law moved its clocks', { case: id, error });
    }
  }

  /** The read models say which cases are reached, once they have come to the event. */
  private async untilShown(position: Position, signal: AbortSignal): Promise<void> {
    const { tables } = this.parts;
    while (!signal.aborted && ((await checkpointOf(tables.db, tables))?.position ?? '') < position)
      await sleep(TICK_MS, undefined, { signal }).catch(() => undefined);
  }
}
