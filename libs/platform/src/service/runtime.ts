import { setTimeout as sleep } from 'node:timers/promises';
import { dayOf, instant, type Clock } from '#libs/kernel';
import { developmentOrgans, registrarsOn, shippedCalendar, type OrganSeed } from '#libs/law';
import { Attempts, RefusalLimit } from '../attempts/index.js';
import { DocumentFolder, type DocumentStore } from '../documents/index.js';
import { DEVELOPMENT_ISSUER, DevelopmentIssuer, Identity, oidcKeys, TokenCheck } from '../identity/index.js';
import { KeyFolder } from '../keys/index.js';
import {
  LawShelf,
  Ledger,
  obtainLawKeys,
  openLedger,
  recordOrganSeed,
  recordShippedLaw,
  type FoundingParts,
} from '../ledger/index.js';
import type { Logger } from '../log/index.js';
import { measured, Metrics } from '../metrics/index.js';
import type { Settings } from '../settings/index.js';
import { ClockWatch } from './clock-watch.js';
import { SimulatedClock, RealClock } from './clocks.js';
import { measureParts } from './measuring.js';
import { openLog, type LogOpener, type OpenedLog } from './open-log.js';
import { registerIn } from './register-file.js';
import { claimSimulationFolder } from './simulation-folder.js';
import { Troubles } from './troubles.js';
import { Viewing, type ViewedSystem } from './viewing.js';

const LAW_REFRESH_MS = 2_000;
/** A command may wait a little longer than one question to the log, so that the log's own answer comes first. */
const ANSWER_GRACE_MS = 500;

/** Told when the register in the log began with something else than the file given now. */
const SEED_NOT_APPLIED =
  '账本中的机关登记已由另一份登记文件开始，本次的登记文件没有采用；登记以账本中的事实为准，其后的变更须作为事实入账。' +
  '若前一份文件入账时曾被中断，须以那份文件再启动一次，登记方才完整';

/** Told when the ledger has a newer calendar than this program. */
const CALENDAR_OLDER = '本程序所带的工作日历早于账本中的工作日历，没有采用；以账本中的为准';

/** Told when nobody could approve a change of the register. */
const REGISTRARS_TOO_FEW =
  '机构编制部门中现有账户的登记管理人员（registrar）不足两名，机关登记的变更须一人申请、另一人批准，因此暂时无法变更';

/** Everything a running service consists of, but HTTP. */
export interface Runtime {
  readonly settings: Settings;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly log: OpenedLog;
  readonly keys: KeyFolder;
  readonly metrics: Metrics;
  readonly documents: DocumentStore;
  readonly law: LawShelf;
  readonly ledger: Ledger;
  readonly attempts: Attempts;
  /** Milliseconds within which a command is answered, whatever it waits for. */
  readonly answerWithinMs: number;
  readonly identity: Identity;
  readonly clockWatch: ClockWatch;
  readonly viewing: Viewing;
  readonly troubles: Troubles;
  /** Undefined in production. */
  readonly issuer: DevelopmentIssuer | undefined;
  readonly seed: OrganSeed | undefined;
  close(): Promise<void>;
}

/**
 * Opens log, keys, documents, ledger, law and (where this process has a part in them) read models, in the order in which each needs
 * the one before. When it throws, whatever was opened is closed again.
 * @param open how the event log is opened; as the settings say, when left out.
 */
export async function openRuntime(
  settings: Settings,
  logger: Logger,
  systems: readonly ViewedSystem[],
  open: LogOpener = openLog,
): Promise<Runtime> {
  const opened: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).reverse()) await close();
  };
  try {
    if (settings.mode === 'simulation') await claimSimulationFolder(settings.data);
    const clock = settings.mode === 'simulation' ? simulatedClock(settings) : new RealClock();
    const metrics = new Metrics();
    const bare = await open(settings, clock, logger);
    opened.push(() => bare.close());
    const log = { ...bare, log: measured(bare.log, metrics) };
    if (clock instanceof SimulatedClock) await catchUpWith(clock, log);
    const keys = new KeyFolder(settings.keys);
    const documents = await documentsOf(settings, keys, logger);
    opened.push(() => documents.close());
    const parts = { log: log.log, ledger: settings.ledger, clock, keys };
    const seed = await recordFounding(parts, settings, logger);
    const law = await lawInHand(parts, logger);
    opened.push(keepingFresh(law, logger));
    const viewing = await Viewing.open({ log: log.log, attempts: log.attempts, keys, settings, systems, logger });
    opened.push(() => viewing.close());
    const troubles = await Troubles.open(log.alarms, viewing.troubles, logger);
    opened.push(troubles.start());
    const clockWatch = new ClockWatch(settings.mode === 'simulation' ? [] : [log.skewMs, viewing.skewMs], logger);
    const answerWithinMs = settings.eventStoreRetryMs + ANSWER_GRACE_MS;
    await clockWatch.check();
    opened.push(clockWatch.start());
    measureParts({ metrics, settings, clockWatch, viewing, log, troubles });
    return {
      settings,
      logger,
      clock,
      log,
      keys,
      law,
      metrics,
      documents,
      ledger: new Ledger({ ...parts, name: settings.ledger, law, troubles, documents, answerWithinMs }),
      answerWithinMs,
      attempts: new Attempts({ ...parts, law, limit: new RefusalLimit(settings.refusalsPerMinute) }),
      clockWatch,
      viewing,
      troubles,
      ...(await identityOn(settings, keys, clock)),
      seed,
      close: closeAll,
    };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What the service itself records at its start, each thing once: mode, law in force, and the register it begins with. */
async function recordFounding(
  parts: FoundingParts,
  settings: Settings,
  logger: Logger,
): Promise<OrganSeed | undefined> {
  await openLedger(parts, settings.mode);
  await recordShippedLaw(parts);
  const seed = await seedOf(settings);
  if (seed && !(await recordOrganSeed(parts, seed, settings.oidcIssuer ?? DEVELOPMENT_ISSUER)))
    logger.warn(SEED_NOT_APPLIED, { KESU_ORGANS: settings.organs });
  await obtainLawKeys(parts);
  return seed;
}

async function lawInHand({ log, ledger, clock }: FoundingParts, logger: Logger): Promise<LawShelf> {
  const law = new LawShelf(log, ledger);
  await law.refresh();
  if (law.book.shelves?.calendar.shipped?.digest !== shippedCalendar().digest) logger.warn(CALENDAR_OLDER);
  if (registrarsOn(law.book.organs, dayOf(clock.now())).size < 2) logger.warn(REGISTRARS_TOO_FEW);
  return law;
}

/** Who is let in: whom the operator's issuer names, or outside production anybody on this machine. */
async function identityOn(
  { oidcIssuer, oidcAudience, keys: folder, ledger }: Settings,
  keys: KeyFolder,
  clock: Clock,
): Promise<Pick<Runtime, 'identity' | 'issuer'>> {
  const issuer = oidcIssuer ? undefined : await DevelopmentIssuer.open(folder, oidcAudience);
  const issuerKeys = issuer?.keys ?? oidcKeys(oidcIssuer ?? '');
  const tokens = new TokenCheck(issuerKeys, oidcIssuer ?? DEVELOPMENT_ISSUER, oidcAudience);
  return { identity: new Identity(tokens, keys, clock, ledger), issuer };
}

const documentsOf = (
  { documents: folder, documentBytesMax: bytesMax }: Settings,
  keys: KeyFolder,
  logger: Logger,
): Promise<DocumentStore> => DocumentFolder.open({ folder, bytesMax, keys, logger });

/** The register the ledger begins with: the operator's own file, or invented organs outside production. */
async function seedOf({ organs, mode }: Settings): Promise<OrganSeed | undefined> {
  if (organs !== undefined) return registerIn(organs);
  return mode === 'production' ? undefined : developmentOrgans();
}

const simulatedClock = ({ simulationStart }: Settings): SimulatedClock =>
  new SimulatedClock(simulationStart ?? new RealClock().now());

/** A simulation that is started again goes on from the newest thing it recorded. */
async function catchUpWith(clock: SimulatedClock, { log, attempts }: OpenedLog): Promise<void> {
  for (const recorded of [log, attempts])
    for await (const { metadata } of recorded.readAll())
      if (typeof metadata.recordedAt === 'string') clock.moveTo(instant(metadata.recordedAt));
}

/** Reads on what other processes recorded of law and register. @returns how to stop. */
function keepingFresh(law: LawShelf, logger: Logger): () => Promise<void> {
  const stopped = new AbortController();
  const loop = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      await sleep(LAW_REFRESH_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (!stopped.signal.aborted)
        await law.refresh().catch((error: unknown) => logger.warn('law not refreshed', { error }));
    }
  };
  const running = loop();
  return async () => {
    stopped.abort();
    await running;
  };
}
