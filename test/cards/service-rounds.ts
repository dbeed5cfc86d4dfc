import { randomInt } from 'node:crypto';
import { cp, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fromMilliseconds, instant, latest, type Instant } from '#libs/kernel';
import { openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import { aReceipt, aRequest } from '../service/bodies.js';
import { ServiceProcess } from '../service/child.js';
import { Officer } from '../service/client.js';
import { tempFolder, type TempFolder } from '../service/folder.js';
import { dayAt } from '../simulation/naive/days.js';
import { counted, type Count } from './count.js';
import type { Killed } from './instances.js';
import type { Story } from './naive.js';

const BEGINS = instant('2026-03-02T01:00:00Z');
/** Cases opened on the first days, so that limits end soon, and in each life after that. */
const FIRST = 12;
const MORE = 3;
const SETTLE_MS_MAX = 60_000;
/** The watch writes soon after the clock moved, if it has something to write; each commit takes a few milliseconds. */
const WRITES_WITHIN_MS = 1_500;
const WRITING_MS_MAX = 60;

/**
 * The service itself, on a simulated clock, killed with kill -9 while it writes warnings and cards, while it starts and while
 * nothing happens, with the clock moved on between its lives by hours or weeks. Its embedded log is for one process: several
 * at once are driven in instances.ts. A kill came amid writing when the log had been written to since the clock moved,
 * which only the watch does then, and did not hold yet all that had turned.
 */
export async function killedService({ kills, seconds }: { kills: number; seconds: number }): Promise<Killed> {
  const folder = await tempFolder();
  const settings = {
    KESU_DATA: folder.at('data'),
    KESU_PORT: '0',
    KESU_LOG_LEVEL: 'error',
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: BEGINS,
  };
  let service = await ServiceProcess.start(settings);
  const as = (account: string): Officer => new Officer(() => service.url, account);
  const stories = new Map<string, Story>();
  let now: Instant = BEGINS;
  const moveTo = async (at: Instant): Promise<void> => {
    // A new life begins where the log ends, which may be a moment later than the clock was set to.
    const { body } = await as('zhong.clock').get('/v1/simulation/clock');
    now = latest(latest(now, at), instant(body.now));
    const { status, text } = await as('zhong.clock').post('/v1/simulation/clock', { to: { at: now } });
    if (status !== 200) throw new Error(`the clock does not move to ${now}: ${text}`);
  };
  const open = async (): Promise<void> => {
    const occurredAt = { on: dayAt(now) };
    const { body } = await as('chen.handler').post('/v1/assistance', aRequest({ occurredAt }));
    const receipt = aReceipt({ occurredAt });
    const { status, text } = await as('wu.handler').post(`/v1/assistance/${body.case}/receipts`, receipt);
    if (status !== 201) throw new Error(`no case was opened: ${text}`);
    stories.set(body.case, { delivered: occurredAt.on });
  };
  /** Moves the clock on, and kills soon after the first write that brings. @returns whether it came amid writing. */
  const killWriting = async (): Promise<boolean> => {
    const written = await lastWrite(settings.KESU_DATA);
    await moveTo(later(now, randomInt(4) === 0 ? 14 : 2.5));
    const ends = performance.now() + WRITES_WITHIN_MS;
    while ((await lastWrite(settings.KESU_DATA)) === written && performance.now() < ends) await sleep(1);
    await sleep(randomInt(WRITING_MS_MAX));
    await service.kill();
    const wrote = (await lastWrite(settings.KESU_DATA)) !== written;
    return wrote && (await standingIn(folder, stories, now)).lost > 0;
  };
  try {
    for (let n = 0; n < FIRST; n += 1) {
      await moveTo(later(now, 1.4));
      await open();
    }
    const ends = performance.now() + seconds * 1000;
    const done = { kills: 0, amidWriting: 0 };
    while (done.kills < kills && performance.now() < ends) {
      await moveTo(now);
      if (now < LAST_WORK) for (let n = 0; n < MORE; n += 1) await open();
      if (await killWriting()) done.amidWriting += 1;
      done.kills += 1;
      if (randomInt(6) === 0) {
        service = ServiceProcess.spawn(settings);
        await sleep(randomInt(50, 2_000));
        await service.kill();
        done.kills += 1;
      }
      service = await ServiceProcess.start(settings);
    }
    await moveTo(later(now, 30));
    await quiet(as('yang.supervisor'));
    await service.stop();
    return { ...done, ...(await standingIn(folder, stories, now)) };
  } finally {
    await service.kill();
    await folder.remove();
  }
}

/** What stands in the log as it lies on disk, read from a copy, so that the next life finds what the last one left. */
async function standingIn(folder: TempFolder, stories: ReadonlyMap<string, Story>, now: string): Promise<Count> {
  const copy = folder.at(`copy-${randomInt(2 ** 40)}`);
  await cp(join(folder.at('data'), 'log'), join(copy, 'log'), { recursive: true });
  const settings = readSettings({ KESU_DATA: copy, KESU_MODE: 'simulation' });
  const opened = await openLog(settings, new RealClock(), structuredLogger('silent'));
  return counted(opened.log, stories, now).finally(() => opened.close());
}

const lastWrite = async (data: string): Promise<number> => (await stat(join(data, 'log', 'events.mdb'))).mtimeMs;

/** The wall calendar of the count ends with 2028. */
const LAST_WORK = '2028-06-01';
const LAST = '2028-10-01';

const later = (now: Instant, days: number): Instant => {
  const at = fromMilliseconds(Date.parse(now) + days * (0.2 + randomInt(1000) / 1000) * 86_400_000);
  return at < LAST ? at : now;
};

/** Waits until nothing more is recorded: the list of anomalies stays as it is. */
async function quiet(supervisor: Officer): Promise<void> {
  const ends = performance.now() + SETTLE_MS_MAX;
  let before = '';
  for (let same = 0; same < 4 && performance.now() < ends;) {
    await sleep(500);
    const { text } = await supervisor.get('/v1/supervision?limit=200', { 'kesu-purpose': 'supervision' });
    const position = /"position":"(\d+)"/.exec(text)?.[1] ?? '';
    same = position === before ? same + 1 : 0;
    before = position;
  }
}
