import {
  IntegrityBroken,
  LogUnavailable,
  StreamNotFound,
  type Alarm,
  type EventLog,
  type LoggedEvent,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { FoldedCase, JudgedBy, Opening, ProjectedSystem } from './case-fold.js';
import { reasonOf, type Fault } from './fault.js';
import type { Reach } from './law-in-hand.js';
import type { CaseRows } from './rows.js';

/** A case of some system, and how far the views show it: −1 when they do not. */
export interface ShownCase {
  readonly stream: StreamName;
  readonly case: Uuid;
  readonly system: ProjectedSystem;
  readonly shown: number;
}

/** What is to be written for one case. */
export interface CaseMove {
  readonly of: ShownCase;
  readonly revision: number;
  readonly names: ReadonlySet<string>;
  readonly erased: ReadonlySet<Uuid>;
  readonly opening: Opening | undefined;
  /** Whether the rows stand in place of all rows of the case, not beside them. */
  readonly replaces: boolean;
  readonly rows: ReadonlyMap<string, CaseRows>;
  readonly judgedBy?: JudgedBy | undefined;
  /** Nothing but another law moved it. */
  readonly judgedAnew?: true;
  readonly fault?: Fault;
  readonly alarm?: Alarm;
}

/** By what law a case is shown, and which cases that law judges anew. */
export interface Judging {
  readonly law: LawBook;
  readonly reach: Reach | 'all';
}

/** A case on its way: how far it came, and the rows that make it so. */
interface Moving {
  readonly folded: FoldedCase;
  readonly revision: number;
  readonly replaces: boolean;
  readonly rows: ReadonlyMap<string, CaseRows>;
}

/**
 * Moves cases on from where the views show them. Folded states are kept for the cases last used; a state follows from
 * the stream up to a revision and from nothing else, so one that stands at the shown revision is the right one.
 */
export class CaseProjection {
  private readonly kept = new Map<StreamName, FoldedCase>();

  constructor(
    private readonly log: EventLog,
    private readonly keptMax: number,
  ) {}

  /**
   * What `events`, which follow the shown revision, and a change of the law make of the case. What a broken stream or a
   * throwing fold leaves undone is told in the answer. @throws LogUnavailable
   */
  async moved(of: ShownCase, events: readonly LoggedEvent[], judging: Judging): Promise<CaseMove> {
    try {
      return await this.attempt(of, events, { ...judging, stepwise: false });
    } catch (error) {
      this.kept.delete(of.stream);
      if (error instanceof LogUnavailable) throw error;
    }
    // Rows for all events together could not be made: event by event, those before the faulty one are.
    try {
      return await this.attempt(of, events, { ...judging, stepwise: true });
    } catch (error) {
      this.kept.delete(of.stream);
      return stopped(of, faultOf(error, of.stream, Math.max(of.shown, 0)));
    }
  }

  /** What another law makes of the case as it is shown; kept states stay those of the cases last used. @throws LogUnavailable */
  async judgedAnew(of: ShownCase, law: LawBook): Promise<CaseMove> {
    try {
      const folded = await this.standing(of);
      const rows = folded.again?.(law) ?? new Map<string, CaseRows>();
      const { names, erased, opening, judgedBy } = folded;
      return { of, names, erased, opening, judgedBy, revision: of.shown, replaces: false, rows, judgedAnew: true };
    } catch (error) {
      this.kept.delete(of.stream);
      if (error instanceof LogUnavailable) throw error;
      return stopped(of, faultOf(error, of.stream, Math.max(of.shown, 0)));
    }
  }

  private async attempt(
    of: ShownCase,
    events: readonly LoggedEvent[],
    { law, reach, stepwise }: Judging & { stepwise: boolean },
  ): Promise<CaseMove> {
    let moving: Moving = { folded: await this.standing(of), revision: of.shown, replaces: false, rows: new Map() };
    let trouble: ReturnType<typeof faultOf> | undefined;
    for (const event of events) {
      try {
        const moved = await this.step(moving, of, event);
        moving = stepwise ? withRows(moved, law, of.system) : moved;
      } catch (error) {
        trouble = faultOf(error, of.stream, event.revision);
        break;
      }
    }
    if (of.shown >= 0 && reaches(reach, moving.folded.names)) moving = await this.again(of, moving.revision);
    // Event by event, a fold may have taken in the one whose rows could not be made.
    if (moving.folded.revision === moving.revision) moving = withRows(moving, law, of.system);
    this.keep(of.stream, moving.folded, trouble !== undefined);
    const { folded, ...rest } = moving;
    const { names, erased, opening, judgedBy } = folded;
    return { of, names, erased, opening, judgedBy, ...rest, ...trouble };
  }

  private async step(moving: Moving, of: ShownCase, event: LoggedEvent): Promise<Moving> {
    const { revision } = event;
    if (revision !== moving.revision + 1) throw gap(of.stream, moving.revision + 1, revision);
    return moving.folded.take(event) ? { ...moving, revision } : this.again(of, revision);
  }

  private async again(of: ShownCase, revision: number): Promise<Moving> {
    const folded = of.system.foldCase(of.case, await this.history(of.stream, revision), -1);
    return { folded, revision, replaces: true, rows: new Map() };
  }

  private async standing(of: ShownCase): Promise<FoldedCase> {
    const kept = this.kept.get(of.stream);
    if (kept?.revision === of.shown) return kept;
    return of.system.foldCase(of.case, await this.history(of.stream, of.shown), of.shown);
  }

  private async history(stream: StreamName, last: number): Promise<readonly LoggedEvent[]> {
    if (last < 0) return [];
    const events = await this.log.readStream(stream, 0, last + 1);
    const found = events.findIndex(({ revision }, index) => revision !== index);
    if (found >= 0 || events.length !== last + 1)
      throw gap(stream, found < 0 ? events.length : found, events[found]?.revision);
    return events;
  }

  private keep(stream: StreamName, folded: FoldedCase, broken: boolean): void {
    this.kept.delete(stream);
    if (!broken) this.kept.set(stream, folded);
    const [oldest] = this.kept.keys();
    if (this.kept.size > this.keptMax && oldest !== undefined) this.kept.delete(oldest);
  }
}

/** With the rows for what was folded since, newer over older; in place of the older where a view gives all of the case. */
function withRows(moving: Moving, law: LawBook, { views }: ProjectedSystem): Moving {
  const rows = new Map(moving.rows);
  const whole = new Set(views.filter((view) => view.whole).map(({ name }) => name));
  for (const [view, added] of moving.folded.rows(law))
    rows.set(view, new Map([...(whole.has(view) ? [] : (rows.get(view) ?? [])), ...added]));
  return { ...moving, rows };
}

const stopped = (of: ShownCase, trouble: ReturnType<typeof faultOf>): CaseMove => ({
  of,
  revision: of.shown,
  names: new Set(),
  erased: new Set(),
  opening: undefined,
  replaces: false,
  rows: new Map(),
  ...trouble,
});

/** Of a calendar or an edition it is not looked at closely: these are few cases, which are folded anyhow. */
const reaches = (reach: Reach | 'all', names: ReadonlySet<string>): boolean =>
  reach === 'all' ||
  reach.calendar !== undefined ||
  reach.packs !== undefined ||
  [...reach.names].some((id) => names.has(id));

const gap = (stream: StreamName, expected: number, found: number | undefined): IntegrityBroken =>
  new IntegrityBroken({ stream, reason: 'revision-gap', detail: `expected ${expected}, found ${found ?? 'the end'}` });

function faultOf(error: unknown, stream: StreamName, revision: number): { fault: Fault; alarm?: Alarm } {
  if (error instanceof LogUnavailable) throw error;
  const fault = { stream, revision, reason: reasonOf(error) };
  if (error instanceof IntegrityBroken) return { fault, alarm: error.alarm };
  if (error instanceof StreamNotFound)
    return { fault, alarm: { stream, reason: 'stream-deleted', detail: `revision ${revision} was read before` } };
  return { fault };
}
