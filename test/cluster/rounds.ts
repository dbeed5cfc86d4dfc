import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import { counted, type Count as Cards } from '../cards/count.js';
import type { Story } from '../cards/naive.js';
import type { Count } from '../crash/count.js';
import { freePort, LoadRun } from '../crash/load-run.js';
import { acknowledgedIn } from '../crash/notes.js';
import { viewsHold } from '../powercut/look-at-views.js';
import { aReceipt } from '../service/bodies.js';
import { ServiceProcess } from '../service/child.js';
import { Officer } from '../service/client.js';
import { tempFolder, type TempFolder } from '../service/folder.js';
import type { Nodes } from './nodes.js';
import { Pulse } from './pulse.js';
import { Reader } from './reader.js';
import { Tail } from './tail.js';
import { TROUBLES, troubleOf, type TroubleName } from './troubles.js';

export interface Plan {
  readonly nodes: Nodes;
  readonly connection: string;
  readonly rounds: number;
}

export interface Outcome {
  readonly count: Count;
  readonly cards: Cards;
  /** How often each trouble was had, and the longest time in milliseconds in which no command was acknowledged. */
  readonly troubles: Readonly<Partial<Record<TroubleName, { readonly times: number; readonly longestMs: number }>>>;
  /** Events that a follower was not given, or was given twice or out of order. */
  readonly followedWrong: number;
  readonly viewsHold: boolean;
  /** What somebody was answered who read all the while. */
  readonly reading: Pick<Reader, 'answers' | 'slowestMs' | 'unexpected'>;
}

/** How long the cluster is whole before the next trouble. */
const WHOLE_MS = [500, 6_000] as const;

/**
 * Two processes of one service on the cluster, under load through both, while its nodes are killed and paused. What they
 * were to record by themselves, they record through it too: every case of the load is late, so each is warned of and shown
 * both cards.
 */
export async function troubled({ nodes, connection, rounds }: Plan): Promise<Outcome> {
  const folder = await tempFolder();
  const notes = folder.at('acknowledged.jsonl');
  const settings = await settingsOf(folder, connection);
  const opened = await openLog(readSettings(settings.whole), new RealClock(), structuredLogger('error'));
  const services: ServiceProcess[] = [];
  let load: LoadRun | undefined;
  let pulse: Pulse | undefined;
  try {
    for (const one of Object.values(settings)) services.push(await ServiceProcess.start(one));
    const tail = new Tail(opened.log);
    load = LoadRun.start(notes, ...services.map(({ url }) => url));
    pulse = new Pulse(notes);
    const reader = new Reader(services[0]?.url ?? '', notes);
    const troubles: Partial<Record<TroubleName, { times: number; longestMs: number }>> = {};
    for (let round = 0; round < rounds; round += 1) {
      const name = troubleOf(round);
      await sleep(randomInt(...WHOLE_MS));
      pulse.reset();
      await TROUBLES[name](nodes);
      const stillMs = await pulse.next();
      const { times, longestMs } = troubles[name] ?? { times: 0, longestMs: 0 };
      troubles[name] = { times: times + 1, longestMs: Math.max(longestMs, stillMs) };
      console.error(round + 1, name, stillMs);
      for (const service of services) await assertRuns(service);
    }
    await reader.stop();
    await load.settled();
    await quiet(services[0]?.url ?? '');
    for (const service of services) await service.stop();
    return {
      count: await load.counted(settings.whole),
      cards: await counted(opened.log, storiesIn(notes), new RealClock().now()),
      troubles,
      reading: reader,
      followedWrong: await tail.wrong(),
      viewsHold: await viewsHold(settings.whole),
    };
  } finally {
    pulse?.stop();
    load?.kill();
    for (const service of services) await service.kill();
    await opened.close();
    await folder.remove();
  }
}

/** One process does everything, the other takes commands only; they share what the processes of a service share. */
async function settingsOf(folder: TempFolder, connection: string) {
  const shared = {
    KESU_EVENTSTORE: connection,
    KESU_LEDGER: `c${randomBytes(5).toString('hex')}`,
    KESU_KEYS: folder.at('keys'),
    KESU_DOCUMENTS: folder.at('documents'),
    KESU_LOG_LEVEL: 'error',
    ...(process.env.KESU_EVENTSTORE_CA && { KESU_EVENTSTORE_CA: process.env.KESU_EVENTSTORE_CA }),
  };
  const own = async (name: string) => ({ KESU_DATA: folder.at(name), KESU_PORT: String(await freePort()) });
  return {
    whole: { ...shared, ...(await own('whole')) },
    commands: { ...shared, ...(await own('commands')), KESU_ROLES: 'api' },
  };
}

/** @throws Error with what it said, when it has ended. */
async function assertRuns(service: ServiceProcess): Promise<void> {
  const ended = await Promise.race([service.exited.then((code) => ({ code })), sleep(0)]);
  if (ended) throw new Error(`a service ended with ${ended.code}: ${service.output.slice(-2_000)}`);
}

/** Every case that was received, and is late since. */
function storiesIn(notes: string): ReadonlyMap<string, Story> {
  const delivered = (aReceipt().occurredAt as { readonly on: string }).on;
  const received = acknowledgedIn(notes).filter(({ sent }) => '/proof/note' in sent);
  return new Map(received.map(({ case: id }) => [id, { delivered }]));
}

/** Waits until the watch records nothing more. */
async function quiet(url: string): Promise<void> {
  const supervisor = new Officer(() => url, 'yang.supervisor');
  let before = '';
  for (let same = 0, tries = 0; same < 6 && tries < 240; tries += 1) {
    await sleep(500);
    const { body } = await supervisor.get('/v1/supervision?limit=1', { 'kesu-purpose': 'supervision' });
    same = body.position === before ? same + 1 : 0;
    before = body.position;
  }
}
