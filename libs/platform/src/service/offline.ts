import { existsSync } from 'node:fs';
import { isUuid, movedBy, streamName, type AnyFact, type CaseSystem, type EventLog, type Row } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { KeyFolder } from '../keys/index.js';
import { assertReadable, eventsIn, factsOf, LawShelf, ledgerStream, readableStanding } from '../ledger/index.js';
import { structuredLogger } from '../log/index.js';
import { CasePages } from '../reading/index.js';
import type { Mode, Settings } from '../settings/index.js';
import { RealClock } from './clocks.js';
import { folders } from './folders.js';
import { openLog } from './open-log.js';
import { Viewing, type ViewedSystem } from './viewing.js';

/** The data of a service that is not running, opened under the same lock. Nothing is recorded through it. */
export interface Offline {
  /** A case as its pages show it; undefined when there is none. @throws Quarantined */
  readCase<State, F extends AnyFact>(
    system: CaseSystem<State, F, LawBook>,
    id: string,
  ): Promise<{ readonly file: object; readonly timeline: object } | undefined>;
  rebuild(): Promise<{ events: number; hash: string }>;
  backup(target: string): Promise<void>;
  close(): Promise<void>;
}

/** @throws EmbeddedLogRefused when a service holds the folder, or what is in it cannot be opened. */
export async function openOffline(settings: Settings, systems: readonly ViewedSystem[]): Promise<Offline> {
  const clock = new RealClock();
  const logger = structuredLogger('error');
  const folder = folders(settings.data).log;
  if (settings.eventStore === undefined && !existsSync(folder))
    throw new Error(`没有数据目录 ${folder}：请用 KESU_DATA 指出账本的数据目录`);
  const log = await openLog(settings, clock, logger);
  return {
    readCase: (system, id) => readCase(system, id, { settings, log: log.log }),
    rebuild: async () => {
      const projecting = { ...settings, roles: new Set(['projector'] as const) };
      const viewing = await Viewing.open({
        log: log.log,
        attempts: log.attempts,
        settings: projecting,
        systems,
        logger,
      });
      return viewing.rebuild().finally(() => viewing.close());
    },
    backup: (target) => log.backup(target),
    close: () => log.close(),
  };
}

async function readCase<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  id: string,
  { settings, log }: { readonly settings: Settings; readonly log: EventLog },
): Promise<{ file: object; timeline: object } | undefined> {
  if (!isUuid(id)) return undefined;
  const law = new LawShelf(log, settings.ledger);
  await law.refresh();
  const stream = streamName(settings.ledger, system.decider.category, id);
  const events = await eventsIn(log, stream);
  const standing = readableStanding(system, stream, events);
  assertReadable(standing);
  const { state, revision } = standing;
  const history = factsOf(system, events);
  const moved = movedBy<State, F, LawBook>(id, history, { state, history, law: law.book });
  const rows = (name: string): readonly Row[] =>
    system.views.filter((view) => view.name.endsWith(name)).flatMap((view) => (moved ? view.rowsOf(moved) : []));
  const [fileRow] = rows('_case_file');
  if (!fileRow) return undefined;
  const keys = new KeyFolder(settings.keys);
  const pages = new CasePages({ keys, law, clock: new RealClock(), mode: await modeOf(log, settings.ledger) });
  return {
    file: await pages.file(system, state, fileRow),
    timeline: await pages.timeline(system, state, { case: id, revision, rows: rows('_timeline') }),
  };
}

async function modeOf(log: EventLog, ledger: string): Promise<Mode> {
  const [opened] = await eventsIn(log, ledgerStream(ledger));
  return (opened?.data.mode as Mode | undefined) ?? 'development';
}
