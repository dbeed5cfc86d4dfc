import { setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, Keys, Position, Uuid } from '#libs/kernel';
import { AttemptViews } from '../attempts/index.js';
import type { Logger } from '../log/index.js';
import type { Settings } from '../settings/index.js';
import {
  allAlarms,
  createSchema,
  openViewDatabase,
  Projector,
  quarantines,
  rebuild,
  Replaced,
  viewHash,
  viewTables,
  visible,
  type Lag,
  type ProjectedSystem,
  type ViewDatabase,
  type ViewTables,
} from '../views/index.js';
import { folders } from './folders.js';
import type { Trouble } from './troubles.js';

/** A system as the read models see it. */
export type ViewedSystem = ProjectedSystem;

const RESTART_MS = 1_000;
/** A projector that has run for so long since it last ended has found what it needs. */
const RECOVERED_MS = 5_000;
/** How far the rows of refused attempts may be behind when nobody has asked for them. */
const ATTEMPTS_EVERY_MS = 60_000;

/** How this process feeds the read models. `ended`: it does not, for now. */
export interface Feeding extends Lag {
  readonly ended?: 'replaced' | 'stopped';
}

/** What read models are made from, and how. */
interface Sources {
  readonly log: EventLog;
  readonly attempts: EventLog;
  readonly keys: Keys;
  readonly systems: readonly ViewedSystem[];
  readonly settings: Settings;
  readonly logger: Logger;
}

interface Opened {
  readonly db: ViewDatabase;
  readonly tables: ViewTables;
  readonly attempts: AttemptViews;
}

/**
 * 读模型 as far as this process has a part in them: it feeds them (role projector), reads them (where the database is
 * shared, or fed here), or neither (role api alone on embedded storage).
 */
export class Viewing {
  private readonly stopped = new AbortController();
  private projector: Projector | undefined;
  private ended: { readonly how: 'replaced' | 'stopped'; readonly at: number } | undefined;
  private running: Promise<void> = Promise.resolve();
  private readingAttempts: Promise<void> = Promise.resolve();

  private constructor(
    private readonly sources: Sources,
    private readonly opened: Opened | undefined,
  ) {}

  static async open(sources: Sources): Promise<Viewing> {
    const { settings, systems, logger } = sources;
    const feeds = settings.roles.has('projector');
    if (!feeds && settings.database === undefined) return new Viewing(sources, undefined);
    const db = await openViewDatabase({
      folder: folders(settings.data).views,
      log: logger,
      ...(settings.database === undefined ? {} : { url: settings.database }),
    });
    // Only who feeds the tables may make them anew: a process of another version must not drop what it merely reads.
    if (feeds) await createSchema(db, settings.ledger, viewsOf(systems));
    const attempts = new AttemptViews(db, sources.attempts, settings.ledger, logger);
    if (feeds) await attempts.prepare();
    const viewing = new Viewing(sources, { db, tables: viewTables(db, settings.ledger), attempts });
    if (feeds) viewing.startProjecting();
    return viewing;
  }

  /** Undefined where this process has no read models. */
  get tables(): ViewTables | undefined {
    return this.opened?.tables;
  }

  /** Undefined where this process has no read models. */
  get attempts(): AttemptViews | undefined {
    return this.opened?.attempts;
  }

  readonly visible = (caseId: Uuid, revision: number, waitMs: number): Promise<boolean> =>
    this.opened ? visible(this.opened.tables, caseId, revision, waitMs) : Promise.resolve(false);

  /** What the read models keep of streams in quarantine and of alarms; undefined where this process has none. */
  get troubles(): (() => Promise<Trouble>) | undefined {
    const { opened } = this;
    if (!opened) return undefined;
    const all = [opened.tables, opened.attempts.tables];
    return async () => ({
      quarantined: (await Promise.all(all.map((tables) => quarantines(tables)))).flat(),
      alarms: (await Promise.all(all.map((tables) => allAlarms(tables)))).flat(),
    });
  }

  /** How far PostgreSQL's clock is from ours; undefined where there is none. */
  readonly skewMs = async (): Promise<number | undefined> => {
    if (this.opened?.db.kind !== 'server') return undefined;
    const before = Date.now();
    const [row] = await this.opened.db.query<{ ms: string }>(
      'SELECT extract(epoch FROM clock_timestamp()) * 1000 AS ms',
    );
    return Number(row?.ms) - (before + Date.now()) / 2;
  };

  /** Undefined where this process does not feed the read models. */
  feeding(): Feeding | undefined {
    if (!this.projector) return undefined;
    const ended = this.ended && performance.now() - this.ended.at < RECOVERED_MS ? { ended: this.ended.how } : {};
    return { ...this.projector.lag(), ...ended };
  }

  /** Up to where the log is in the read models; undefined at its beginning, and where this process does not feed them. */
  get position(): Position | undefined {
    return this.projector?.position;
  }

  /** Whether the read models' database answers, in its own time; undefined where this process reads none. */
  get answers(): (() => Promise<boolean>) | undefined {
    const { opened } = this;
    return opened && (async () => (await opened.db.query('SELECT 1')).length > 0);
  }

  /** Builds the read models anew beside the live ones and swaps them. @throws Error where there are none here. */
  async rebuild(): Promise<{ events: number; hash: string }> {
    if (!this.opened) throw new Error('this process has no read models');
    const { db, attempts } = this.opened;
    const { log, keys, systems, settings } = this.sources;
    await attempts.rebuild();
    return rebuild({ db, log, keys, systems, ledger: settings.ledger });
  }

  async hash(): Promise<string | undefined> {
    const { settings, systems } = this.sources;
    return this.opened && viewHash(this.opened.db, settings.ledger, viewsOf(systems));
  }

  async close(): Promise<void> {
    this.stopped.abort();
    await this.running;
    await this.readingAttempts;
    await this.opened?.db.close();
  }

  private startProjecting(): void {
    if (!this.opened) return;
    const { db, attempts } = this.opened;
    const { log, keys, systems, settings, logger } = this.sources;
    this.readingAttempts = this.keepingUp(attempts);
    this.projector = new Projector({ db, log, keys, ledger: settings.ledger, systems, logger });
    this.running = this.projecting(this.projector);
  }

  /** Now and then, so that whoever asks does not wait for much. */
  private async keepingUp(attempts: AttemptViews): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await sleep(ATTEMPTS_EVERY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (!signal.aborted)
        await attempts.catchUp().catch((error: unknown) => this.sources.logger.warn('attempts not read on', { error }));
    }
  }

  /** The read models may fall behind, the service goes on: whatever ends the projector, it begins again. */
  private async projecting(projector: Projector): Promise<void> {
    const { signal } = this.stopped;
    while (!signal.aborted) {
      await projector.run(signal).catch((error: unknown) => {
        this.ended = { how: error instanceof Replaced ? 'replaced' : 'stopped', at: performance.now() };
        this.sources.logger.error('projector stopped, begins again', { error });
      });
      if (!signal.aborted) await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

const viewsOf = (systems: readonly ViewedSystem[]) => systems.flatMap(({ views }) => views);
