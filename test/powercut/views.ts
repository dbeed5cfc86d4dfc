/**
 * Whether the read models that a service left lead to the truth: they are opened as a service would, followed to the end of
 * the log, and must then be what they are when built anew from it. Prints {live, rebuilt}, two hashes.
 */
import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { KeyFolder, openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import { VIEWED } from '../../apps/ledger/src/viewed.js';
import { Viewing } from '../../libs/platform/src/service/viewing.js';

const FOLLOWING_MS_MAX = 60_000;

async function main(): Promise<void> {
  const logger = structuredLogger('silent');
  const settings = readSettings(process.env);
  const opened = await openLog(settings, new RealClock(), logger);
  const { log, attempts } = opened;
  const keys = new KeyFolder(settings.keys);
  const viewing = await Viewing.open({ settings, log, attempts, keys, systems: VIEWED, logger });
  try {
    const deadline = performance.now() + FOLLOWING_MS_MAX;
    while (!viewing.feeding()?.caughtUp && performance.now() < deadline) await sleep(20);
    const live = await viewing.hash();
    const { hash: rebuilt } = await viewing.rebuild();
    process.stdout.write(`${JSON.stringify({ live, rebuilt })}\n`);
  } finally {
    await viewing.close();
    await opened.close();
  }
}

void main();
