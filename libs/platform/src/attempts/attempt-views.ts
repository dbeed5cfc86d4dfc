import { attemptsOf, type EventLog, type LoggedEvent, type Row, type Uuid } from '#libs/kernel';
import type { Logger } from '../log/index.js';
import {
  batches,
  cellsOf,
  createSchema,
  list,
  Outrun,
  Projection,
  rebuild,
  viewTables,
  type FoldedCase,
  type ListOptions,
  type Page,
  type ProjectedSystem,
  type ViewDatabase,
  type ViewShape,
  type ViewTables,
} from '../views/index.js';
import { attemptIn } from './command-refused.js';

const BATCH = 1000;
const OUTRUN_MAX = 5;

/** 尝试目录: a row for each code a command was refused for. What is called a case here is the command. */
export const attemptView: ViewShape = {
  name: 'attempt',
  columns: {
    case: 'text',
    code: 'text',
    refused_at: 'text',
    about: 'text',
    person: 'text',
    appointment: 'text',
    organ: 'text',
    route: 'text',
    pointer: 'text',
  },
  key: ['case', 'code'],
  indexes: [['refused_at'], ['person', 'refused_at'], ['organ', 'refused_at'], ['about']],
};

/** The attempt log as the projection takes it: it folds nothing, so each event is a row of its own. */
const attempts: ProjectedSystem = {
  category: 'command',
  views: [attemptView],
  foldCase(commandId, history, told): FoldedCase {
    let untold = history.filter(({ revision }) => revision > told);
    let revision = history.at(-1)?.revision ?? -1;
    return {
      names: new Set(),
      erased: new Set(),
      opening: undefined,
      get revision() {
        return revision;
      },
      take(event) {
        attemptIn(event);
        untold = [...untold, event];
        revision = event.revision;
        return true;
      },
      rows() {
        const cells = untold.map((event) => cellsOf(attemptView, commandId, rowOf(commandId, event)));
        untold = [];
        return new Map([[attemptView.name, new Map(cells.map((one) => [one.key, one.cells]))]]);
      },
    };
  },
};

function rowOf(commandId: Uuid, event: LoggedEvent): Row {
  const { about, recorder, refusedAt, route, code, pointer } = attemptIn(event);
  const { person, appointment, organ } = recorder;
  return { case: commandId, code, refused_at: refusedAt, about, person, appointment, organ, route, pointer };
}

/**
 * The rows of the attempt log. They are read on when somebody asks and now and then, never with each event: whoever
 * records a fact does not pay for what others were refused.
 */
export class AttemptViews {
  readonly tables: ViewTables;
  private readonly projection: Projection;
  private reading: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: ViewDatabase,
    private readonly log: EventLog,
    private readonly ledger: string,
    logger: Logger,
  ) {
    this.tables = viewTables(db, attemptsOf(ledger));
    this.projection = new Projection({ tables: this.tables, log, systems: [attempts], logger });
  }

  /** Makes the tables, unless they stand. For the process that feeds the read models. */
  async prepare(): Promise<void> {
    await createSchema(this.db, attemptsOf(this.ledger), attempts.views);
  }

  /**
   * Reads on to the end of the attempt log as it stands at the call, at the latest when this returns.
   * @throws LogUnavailable; Replaced; Error of the database.
   */
  catchUp(): Promise<void> {
    const mine = this.reading.catch(() => undefined).then(() => this.readOn());
    this.reading = mine;
    return mine;
  }

  /** @throws CursorMalformed */
  list(options: ListOptions): Promise<Page> {
    return list(this.tables, attemptView, options);
  }

  /** Makes the rows anew from the attempt log's first event. @throws LogUnavailable; Error of the database. */
  async rebuild(): Promise<void> {
    await rebuild({ db: this.db, log: this.log, systems: [attempts], ledger: attemptsOf(this.ledger) });
  }

  private async readOn(): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      const stop = new AbortController();
      try {
        await this.projection.load();
        let { position } = this.projection;
        for await (const batch of batches(this.log.follow(position, stop.signal), BATCH)) {
          position = batch.position ?? position;
          // Of pieces without a refusal only the last is worth a transaction: where to go on from.
          if (batch.caughtUp || batch.events.length > 0 || batch.alarms.length > 0)
            await this.projection.apply({ ...batch, position });
          if (batch.caughtUp) return;
        }
      } catch (error) {
        // Another process was first: from where it came to.
        if (!(error instanceof Outrun) || tries === OUTRUN_MAX) throw error;
      } finally {
        stop.abort();
      }
    }
  }
}
