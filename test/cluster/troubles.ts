import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Nodes } from './nodes.js';

/** What happens to the cluster. Returns when every node is up again, whether or not there is a leader by then. */
export type Trouble = (nodes: Nodes) => Promise<void>;

const DOWN_MS = [500, 9_000] as const;
/** Shorter than it takes to elect another, and longer. */
const PAUSED_MS = [300, 15_000] as const;

/** The leader is killed, and started again while the others elect, or after. */
const leaderKilled: Trouble = async (nodes) => {
  const leader = await nodes.leader();
  await nodes.do('kill', leader);
  await sleep(randomInt(...DOWN_MS));
  await nodes.do('start', leader);
};

/** The leader does nothing for a while, and then believes for a moment that it still leads. */
const leaderPaused: Trouble = async (nodes) => {
  const leader = await nodes.leader();
  await nodes.do('pause', leader);
  await sleep(randomInt(...PAUSED_MS));
  await nodes.do('resume', leader);
};

/** The leader that was elected meanwhile is killed just as the old one comes back, which still believes that it leads. */
const leaderReturns: Trouble = async (nodes) => {
  const leader = await nodes.leader();
  await nodes.do('pause', leader);
  const elected = await nodes.leaderBut(leader);
  await Promise.all([nodes.do('resume', leader), nodes.do('kill', elected)]);
  await sleep(randomInt(...DOWN_MS));
  await nodes.do('start', elected);
};

const followerKilled: Trouble = async (nodes) => {
  const [follower = ''] = nodes.others(await nodes.leader());
  await nodes.do('kill', follower);
  await sleep(randomInt(...DOWN_MS));
  await nodes.do('start', follower);
};

/** Leader and follower are killed: the node that is left can take nothing. */
const majorityKilled: Trouble = async (nodes) => {
  const leader = await nodes.leader();
  const [follower = ''] = nodes.others(leader);
  await Promise.all([nodes.do('kill', leader), nodes.do('kill', follower)]);
  await sleep(randomInt(...DOWN_MS));
  await Promise.all([nodes.do('start', leader), nodes.do('start', follower)]);
};

export const TROUBLES = { leaderKilled, leaderPaused, leaderReturns, followerKilled, majorityKilled } as const;

export type TroubleName = keyof typeof TROUBLES;

/** Mostly a leader that is killed. */
const DRAWN: readonly TroubleName[] = [
  'leaderKilled',
  'leaderKilled',
  'leaderKilled',
  'leaderPaused',
  'leaderReturns',
  'followerKilled',
  'majorityKilled',
];

/** Each kind once, and then as chance has it. */
export function troubleOf(round: number): TroubleName {
  const each = Object.keys(TROUBLES) as readonly TroubleName[];
  return each[round] ?? DRAWN[randomInt(DRAWN.length)] ?? 'leaderKilled';
}
