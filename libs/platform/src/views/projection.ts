import {
  IntegrityBroken,
  partsOf,
  StreamNotFound,
  streamName,
  type Alarm,
  type EventLog,
  type Instant,
  type Keys,
  type LoggedEvent,
  type Position,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import { emptyLawBook } from '#libs/law';
import type { Logger } from '../log/index.js';
import { aheadIn, type Ahead } from './ahead.js';
import type { ProjectedSystem } from './case-fold.js';
import { CaseProjection, type Judging, type ShownCase } from './case-projection.js';
import { isLaw } from '../ledger/index.js';
import { findableIn, type Findable } from './findable.js';
import { latestStep, stepsAfter } from './instants.js';
import { byStream, lawAfter, readLaw, reachesNone, type LawInHand, type Reach } from './law-in-hand.js';
import { messages } from './messages.js';
import { reachedCases, type CaseRow } from './reached-cases.js';
import { quarantines } from './reading.js';
import { checkpointOf, moveCheckpoint, quoted, schemaDigest, type Checkpoint, type ViewTables } from './tables.js';
import { announce } from './visible.js';
import { write, type Writes } from './writing.js';

/** Another projector moved the checkpoint first: nothing was written. */
export class Outrun extends Error {
  override readonly name = 'Outrun';
}

/** The tables were made anew for other definitions, or never made: this program may not write to them. */
export class Replaced extends Error {
  override readonly name = 'Replaced';
}

/** A piece of the log: everything after the last one, up to `position`. */
export interface Batch {
  readonly events: readonly LoggedEvent[];
  readonly alarms: readonly Alarm[];
  readonly position: Position | undefined;
}

export interface ProjectionOptions {
  readonly tables: ViewTables;
  readonly log: EventLog;
  readonly systems: readonly ProjectedSystem[];
  /** What the texts that are searched are opened with; without it, nothing can be looked for. */
  readonly keys?: Keys;
  readonly logger?: Logger;
}

/** Folded cases kept in memory; one is a few KiB. */
const KEPT_MAX = 2000;
/** Cases judged anew in one transaction, and streams worked on at once. */
const AGAIN = 2_000;
const AT_ONCE = 16;

/** Facts written before the database is told how they are spread; and then, when there are twice as many. */
const ANALYSED_MIN = 1_000;

const nothing: Writes = { moves: [], law: new Map(), instants: [], faults: [], alarms: [], released: [] };

/** Carries the log into the view tables, a batch and a transaction at a time. */
export class Projection {
  private checkpoint: Checkpoint;
  private law: LawInHand = { book: emptyLawBook, revisions: new Map() };
  private broken: ReadonlySet<StreamName> = new Set();
  private latest: Instant | undefined;
  private readonly written = { facts: 0, analysed: 0 };
  private readonly systems: ReadonlyMap<string, ProjectedSystem>;
  private readonly cases: CaseProjection;

  constructor(private readonly options: ProjectionOptions) {
    this.systems = new Map(options.systems.map((system) => [system.category, system]));
    this.cases = new CaseProjection(options.log, KEPT_MAX);
    this.checkpoint = { position: undefined, digest: schemaDigest(options.systems.flatMap(({ views }) => views)) };
  }

  get position(): Position | undefined {
    return this.checkpoint.position;
  }

  /**
   * Takes up where the tables stand. @throws Replaced; LogUnavailable.
   */
  async load(): Promise<void> {
    const { tables, log } = this.options;
    const checkpoint = await checkpointOf(tables.db, tables);
    if (checkpoint?.digest !== this.checkpoint.digest) throw new Replaced(messages.replaced);
    this.checkpoint = checkpoint;
    const sql = `SELECT stream, revision FROM ${tables.schema}._law ORDER BY stream`;
    const rows = await tables.db.query<{ stream: StreamName; revision: string }>(sql);
    const revisions = new Map(rows.map(({ stream, revision }) => [stream, Number(revision)]));
    if (!isSame(revisions, this.law.revisions)) this.law = await readLaw(log, revisions);
    this.broken = new Set((await quarantines(tables)).map(({ stream }) => stream));
    this.latest = await latestStep(tables.db, tables);
  }

  /** Tells the database how its rows are spread, when many have come since: it plans a search by that. */
  async analyse(): Promise<void> {
    const { facts, analysed } = this.written;
    if (facts - analysed < Math.max(ANALYSED_MIN, analysed)) return;
    this.written.analysed = facts;
    const { db, schema } = this.options.tables;
    const views = this.options.systems.flatMap((system) => system.views.map(({ name }) => quoted(name)));
    for (const table of ['_cases', '_facts', '_instants', ...views]) await db.query(`ANALYZE ${schema}.${table}`);
  }

  /**
   * Tries the streams in quarantine once more, up to the checkpoint: this program may know what an older one did not.
   * @throws LogUnavailable; Outrun.
   */
  async retryBroken(): Promise<void> {
    const { position } = this.checkpoint;
    const rests = await Promise.all([...this.broken].map((stream) => this.unread(stream)));
    const readable = rests.filter((rest) => rest !== undefined);
    if (readable.length === 0 || position === undefined) return;
    const released = readable.map(({ stream }) => stream);
    this.broken = new Set([...this.broken].filter((stream) => !released.includes(stream)));
    const events = readable.flatMap((rest) => rest.events).filter((event) => event.position <= position);
    // The instants of these events were counted when the log came to them.
    await this.put({ events, alarms: [], position }, released, []);
  }

  /**
   * Writes what the batch makes of the views, and the checkpoint, in one transaction: all of it or nothing. Cases that
   * new law judges anew are folded again first, in transactions of their own that leave the checkpoint where it is;
   * after a crash in between they are folded once more, to the same rows.
   * @throws Outrun; LogUnavailable; Error of the database. After a throw, `load` before the next batch.
   */
  apply(batch: Batch): Promise<void> {
    return this.put(batch, [], stepsAfter(this.latest, batch.events));
  }

  private async put(
    { events, alarms, position }: Batch,
    released: readonly StreamName[],
    instants: Writes['instants'],
  ): Promise<void> {
    const change = lawAfter(
      this.law,
      events.filter(({ stream }) => isLaw(stream)),
      this.broken,
    );
    const judging: Judging = { law: change.law.book, reach: change.reach };
    const groups = new Map([...released.map((stream) => [stream, []] as const), ...byStream(events)]);
    const cases = await this.shownCases([...groups.keys()].filter((stream) => !this.broken.has(stream)));
    const moves = await inTurns(cases, (of) =>
      this.cases.moved(
        of,
        groups.get(of.stream) ?? [],
        released.includes(of.stream) ? { ...judging, reach: 'all' } : judging,
      ),
    );
    await this.foldOthersAgain(judging, new Set(cases.map(({ case: id }) => id)));
    const { revisions } = change.law;
    const findable = await this.findable(moves);
    await this.commit({ moves, law: revisions, instants, findable, faults: change.faults, alarms, released }, position);
    this.law = change.law;
    this.latest = instants.at(-1)?.recordedAt ?? this.latest;
  }

  /**
   * Everything the law reaches that the batch itself does not. Of another calendar the rows that need no case for it come
   * first, all at once; then the cases of which there is more to say than those rows do, then all others.
   */
  private async foldOthersAgain({ law, reach }: Judging, done: ReadonlySet<Uuid>): Promise<void> {
    if (reach === 'all' || reachesNone(reach)) return;
    const views = aheadIn(this.options.systems.flatMap((system) => system.views));
    if (!reach.calendar?.days || reach.packs || reach.names.size > 0 || views.length === 0)
      return this.foldAgain({ law, reach }, done);
    await this.commit({ ...nothing, ahead: { views, before: this.law.book, after: law } }, this.position);
    for (const settled of [false, true]) await this.foldAgain({ law, reach }, done, { views, settled });
  }

  /**
   * In order of case, some at a time: while one part is written, the next is judged. What may be looked for in a fact does
   * not depend on the law.
   */
  private async foldAgain(
    { law, reach }: Judging & { readonly reach: Reach },
    done: ReadonlySet<Uuid>,
    ahead?: { readonly views: Ahead['views']; readonly settled: boolean },
  ): Promise<void> {
    let written: Promise<void> = Promise.resolve();
    try {
      for (let after = ''; ;) {
        const rows = await reachedCases(this.options.tables, reach, { after, limit: AGAIN, ...(ahead && { ahead }) });
        const cases = rows.filter((row) => !done.has(row.case)).flatMap((row) => this.shownCase(row));
        const moves = await inTurns(cases, (of) => this.cases.judgedAnew(of, law));
        await written;
        if (moves.length > 0) written = this.commit({ ...nothing, moves }, this.position);
        // Whoever awaits it is told; until then it must not count as nobody's.
        written.catch(() => undefined);
        const last = rows.at(-1);
        if (rows.length < AGAIN || !last) break;
        after = last.case;
      }
    } finally {
      await written;
    }
  }

  private async commit(writes: Writes, position: Position | undefined): Promise<void> {
    const { tables } = this.options;
    const { moves, findable = [] } = writes;
    const faults = [...writes.faults, ...moves.flatMap(({ fault }) => fault ?? [])];
    const alarms = [...writes.alarms, ...moves.flatMap(({ alarm }) => alarm ?? [])];
    await tables.db.transaction(async (tx) => {
      // First of all: it holds off another projector until this transaction has ended.
      if (!(await moveCheckpoint(tx, tables, this.checkpoint, position))) throw new Outrun(messages.outrun);
      await write(tx, tables, { ...writes, faults, alarms });
    });
    this.written.facts += findable.length;
    this.checkpoint = { ...this.checkpoint, position };
    this.broken = new Set([...this.broken, ...faults.map(({ stream }) => stream)]);
    for (const fault of faults) this.options.logger?.error(messages.quarantined, fault);
    for (const alarm of alarms) this.options.logger?.error(messages.alarm, alarm);
    announce(tables.db, new Map(moves.map(({ of, revision }) => [of.case, revision])));
  }

  private async findable(moves: Writes['moves']): Promise<readonly Findable[]> {
    const { keys, logger } = this.options;
    if (!keys) return [];
    const found = await inTurns(moves, (move) => findableIn(move, keys));
    const unopened = found.reduce((sum, one) => sum + one.unopened, 0);
    if (unopened > 0) logger?.warn(messages.unopened(unopened));
    return found.flatMap(({ facts }) => facts);
  }

  /** The streams that are cases of a system here, with how far each is shown. */
  private async shownCases(streams: readonly StreamName[]): Promise<readonly ShownCase[]> {
    const places = streams.flatMap((stream) => {
      const parts = partsOf(stream);
      return parts && this.systems.has(parts.category) ? [{ case: parts.id, category: parts.category }] : [];
    });
    if (places.length === 0) return [];
    const { db, schema } = this.options.tables;
    const sql = `SELECT "case", revision FROM ${schema}._cases WHERE "case" = ANY($1)`;
    const rows = await db.query<CaseRow>(sql, [places.map((place) => place.case)]);
    const shown = new Map(rows.map((row) => [row.case, row.revision]));
    return places.flatMap((place) => this.shownCase({ ...place, revision: shown.get(place.case) ?? '-1' }));
  }

  private shownCase({ case: id, category, revision }: CaseRow): readonly ShownCase[] {
    const system = this.systems.get(category);
    const stream = streamName(this.options.tables.ledger, category, id);
    return system ? [{ stream, case: id, system, shown: Number(revision) }] : [];
  }

  /** What of a stream in quarantine is not shown; undefined while it cannot be read at all. */
  private async unread(
    stream: StreamName,
  ): Promise<{ stream: StreamName; events: readonly LoggedEvent[] } | undefined> {
    const [known] = await this.shownCases([stream]);
    const from = (known?.shown ?? this.law.revisions.get(stream) ?? -1) + 1;
    try {
      return { stream, events: await this.options.log.readStream(stream, from) };
    } catch (error) {
      if (error instanceof IntegrityBroken || error instanceof StreamNotFound) return undefined;
      throw error;
    }
  }
}

/** Maps all of `items`, some at a time, in order. */
async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE)
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  return results;
}

const isSame = (a: ReadonlyMap<StreamName, number>, b: ReadonlyMap<StreamName, number>): boolean =>
  a.size === b.size && [...a].every(([stream, revision]) => b.get(stream) === revision);
