import { randomUUID } from 'node:crypto';
import { Connection } from './connection.js';
import { supervising } from './cards-in-time.js';
import { median, quantile, rounded } from './figures.js';
import { ask } from './fill.js';
import type { OpenCases } from './open-cases.js';
import { aReceipt, aRequest } from '../service/index.js';
import type { Result } from './suite.js';
import { atOnce } from './waiting.js';

const AIM_RATIO = 1.05;
const CONNECTIONS = 4;
const ACCOUNTS = { asking: 'chen.handler', asked: 'wu.handler' } as const;

/**
 * Commands over HTTP with and without supervision, taking turns in one run. A turn under supervision begins with a comparison
 * of everything, which the service otherwise makes once a minute.
 */
export async function watchCost(
  of: OpenCases,
  { pairs, seconds }: { readonly pairs: number; readonly seconds: number },
): Promise<Result> {
  const tokens = Object.fromEntries(
    await Promise.all(
      Object.values(ACCOUNTS).map(async (account) => {
        const { authorization = '' } = await of.officer(account).authorization();
        return [account, authorization.replace('Bearer ', '')] as const;
      }),
    ),
  );
  const port = Number(new URL(of.url).port);
  const measured = { without: [] as number[], with: [] as number[] };
  const medians = { without: [] as number[], with: [] as number[] };
  const processor = { without: 0, with: 0 };
  // The first round warms up and does not count.
  await commands(port, tokens, seconds);
  for (let pair = 0; pair < pairs; pair += 1)
    // Each comes first in turn: what drifts meets both.
    for (const kind of pair % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)) {
      const used = process.cpuUsage();
      const stop = kind === 'with' ? await supervising(of) : undefined;
      const taken = await commands(port, tokens, seconds);
      await stop?.();
      const { user, system } = process.cpuUsage(used);
      processor[kind] += (user + system) / 1000;
      measured[kind].push(...taken);
      medians[kind].push(median(taken));
    }
  const ratio = rounded(median(medians.with) / median(medians.without), 3);
  return {
    name: 'supervision: command latency',
    openClocks: of.count,
    commands: measured.with.length + measured.without.length,
    withoutP50Ms: rounded(median(medians.without), 2),
    withP50Ms: rounded(median(medians.with), 2),
    withoutP99Ms: rounded(quantile(measured.without, 0.99), 1),
    withP99Ms: rounded(quantile(measured.with, 0.99), 1),
    // Of all threads, the embedded database's and the load's among them.
    withoutProcessorMs: rounded(processor.without / measured.without.length, 2),
    withProcessorMs: rounded(processor.with / measured.with.length, 2),
    ratio,
    aim: { ratio: AIM_RATIO },
    met: ratio <= AIM_RATIO,
  };
}

/** Requests and their receipts for some seconds, on some connections. @returns how long each took, in milliseconds. */
async function commands(port: number, tokens: Readonly<Record<string, string>>, seconds: number): Promise<number[]> {
  const ends = performance.now() + seconds * 1000;
  const taken: number[] = [];
  const send = async (connection: Connection, path: string, account: string, body: object): Promise<string> => {
    const began = performance.now();
    const headers = { 'idempotency-key': randomUUID() };
    const asked = { method: 'POST' as const, path, account, body: JSON.stringify(body), headers };
    const reply = await ask(connection, { tokens }, asked, 201);
    taken.push(performance.now() - began);
    return (JSON.parse(reply.body) as { case: string }).case;
  };
  await atOnce(
    Array.from({ length: CONNECTIONS }),
    async () => {
      const connection = await Connection.open(port);
      try {
        while (performance.now() < ends) {
          const occurredAt = { on: '2026-12-22' };
          const id = await send(connection, '/v1/assistance', ACCOUNTS.asking, aRequest({ occurredAt }));
          await send(connection, `/v1/assistance/${id}/receipts`, ACCOUNTS.asked, aReceipt({ occurredAt }));
        }
      } finally {
        connection.close();
      }
    },
    CONNECTIONS,
  );
  return taken;
}
