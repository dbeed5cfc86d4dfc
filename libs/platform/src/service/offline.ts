import { existsSync } from 'node:fs';
import { isUuid, streamName, type AnyFact, type CaseSystem, type EventLog } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { KeyFolder } from '../keys/index.js';
import {
  assertReadable,
  BEFORE_ALL,
  Denial,
  eventsIn,
  LawHistory,
  LawShelf,
  ledgerStream,
  readableStanding,
} from '../ledger/index.js';
import { structuredLogger } from '../log/index.js';
import { CasePages, CaseReader, custodyShown, rowsAt, type AskedMoment } from '../reading/index.js';
import type { Mode, Settings } from '../settings/index.js';
import { scannedKnown, scannedPosition } from '../views/index.js';
import { RealClock } from './clocks.js';
import { folders } from './folders.js';
import { openLog } from './open-log.js';
import { Viewing, type ViewedSystem } from './viewing.js';

/** What is told of a case, as its pages over HTTP tell it. */
export interface OfflineCase {
  readonly file: object;
  readonly timeline: object;
  readonly custody: object;
}

/** The data of a service that is not running, opened under the same lock. Nothing is recorded through it. */
export interface Offline {
  /**
   * A case as its pages show it, now or at the moment asked for; undefined when there is none.
   * @throws Denial as a running service would; Quarantined.
   */
  readCase<State, F extends AnyFact>(
    system: CaseSystem<State, F, LawBook>,
    id: string,
    asked: AskedMoment,
  ): Promise<OfflineCase | undefined>;
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
    readCase: (system, id, asked) => readCase(system, id, asked, { settings, log: log.log }),
    rebuild: async () => {
      const projecting = { ...settings, roles: new Set(['projector'] as const) };
      const viewing = await Viewing.open({
        log: log.log,
        attempts: log.attempts,
        keys: new KeyFolder(settings.keys),
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
  asked: AskedMoment,
  { settings, log }: { readonly settings: Settings; readonly log: EventLog },
): Promise<OfflineCase | undefined> {
  if (!isUuid(id)) return undefined;
  const stream = streamName(settings.ledger, system.decider.category, id);
  const events = await eventsIn(log, stream);
  if (events.length === 0) return undefined;
  const standing = readableStanding(system, stream, events);
  assertReadable(standing);
  const law = new LawShelf(log, settings.ledger);
  await law.refresh();
  const reader = new CaseReader({
    log,
    history: new LawHistory(log, law),
    now: () => new RealClock().now(),
    present: () => Promise.resolve(BEFORE_ALL),
    positionAt: (knownAt) => scannedPosition(log, knownAt),
    knownBy: (position) => scannedKnown(log, position),
  });
  const question = { asked, facts: true, glance: undefined };
  const page = await reader.read(system, { id, stream, standing, maySee: () => true }, question);
  const [row] = rowsAt(system, 'case_file', page.at);
  if (!row) throw new Denial('CASE_NOT_YET');
  const pages = new CasePages({ keys: new KeyFolder(settings.keys), mode: await modeOf(log, settings.ledger) });
  return {
    file: await pages.file(system, page, row),
    timeline: await pages.timeline(system, page, rowsAt(system, 'timeline', page.at)),
    custody: { ...pages.mode, ...custodyShown(system, page, () => true) },
  };
}

async function modeOf(log: EventLog, ledger: string): Promise<Mode> {
  const [opened] = await eventsIn(log, ledgerStream(ledger));
  return (opened?.data.mode as Mode | undefined) ?? 'development';
}
