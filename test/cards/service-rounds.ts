import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import { aReceipt, aRequest } from '../service/bodies.js';
import { ServiceProcess } from '../service/child.js';
import { Officer } from '../service/client.js';
import { tempFolder } from '../service/folder.js';
import { dayAt } from '../simulation/naive/days.js';
import { counted } from './count.js';
import type { Killed } from './instances.js';
import type { Story } from './naive.js';

const BEGINS = '2026-03-02T01:00:00.000000Z';
const CASES = 12;
const SETTLE_MS_MAX = 60_000;

/**
 * The service itself, on a simulated clock, killed with kill -9 while it starts and while it works, with the clock moved on
 * between its lives by hours or weeks. Its embedded log is for one process: several at once are driven in instances.ts.
 */
export async function killedService({
  kills,
  seconds,
}: {
  kills: number;
  seconds: number;
}): Promise<Omit<Killed, 'amidst'>> {
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
  let now = BEGINS;
  const moveTo = async (at: string): Promise<void> => {
    now = at > now ? at : now;
    const { status, text } = await as('zhong.clock').post('/v1/simulation/clock', { to: { at: now } });
    if (status !== 200) throw new Error(`the clock does not move to ${now}: ${text}`);
  };
  try {
    for (let n = 0; n < CASES; n += 1) {
      await moveTo(later(now, 1.4));
      const occurredAt = { on: dayAt(now) };
      const { body } = await as('chen.handler').post('/v1/assistance', aRequest({ occurredAt }));
      await as('wu.handler').post(`/v1/assistance/${body.case}/receipts`, aReceipt({ occurredAt }));
      stories.set(body.case, { delivered: occurredAt.on });
    }
    const ends = performance.now() + seconds * 1000;
    let done = 0;
    while (done < kills && performance.now() < ends) {
      await moveTo(later(now, randomInt(3) === 0 ? 14 : 2));
      await sleep(randomInt(400));
      await service.kill();
      done += 1;
      if (randomInt(4) === 0) {
        service = ServiceProcess.spawn(settings);
        await sleep(randomInt(50, 2_000));
        await service.kill();
        done += 1;
      }
      service = await ServiceProcess.start(settings);
    }
    await moveTo(later(now, 30));
    await quiet(as('yang.supervisor'));
    await service.stop();
    const opened = await openLog(readSettings(settings), new RealClock(), structuredLogger('error'));
    const count = await counted(opened.log, stories, now).finally(() => opened.close());
    return { kills: done, ...count };
  } finally {
    await service.kill();
    await folder.remove();
  }
}

const later = (now: string, days: number): string => {
  const at = new Date(Date.parse(now) + days * (0.2 + randomInt(1000) / 1000) * 86_400_000).toISOString();
  // The wall calendar of the count ends with 2028.
  return at < '2027-06-01' ? at : now;
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
