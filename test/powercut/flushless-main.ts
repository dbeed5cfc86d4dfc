/**
 * The control: the same service, and nothing it writes is flushed. Everything else is as it should be, also when it
 * answers; only what the system has not written back by itself is gone with the power.
 */
import 'reflect-metadata';
import fs from 'node:fs';
import { open } from 'node:fs/promises';
import lmdb from 'lmdb';
import { readSettings } from '#libs/platform';
import { startService } from '../../apps/ledger/src/service.js';

async function flushNothing(): Promise<void> {
  const opened = lmdb.open;
  Object.assign(lmdb, { open: (path: string, options: object) => opened(path, { ...options, noSync: true }) });
  Object.assign(fs, { fsyncSync: () => undefined, fdatasyncSync: () => undefined });
  const handle = await open(__filename);
  Object.assign(Object.getPrototypeOf(handle) as object, {
    sync: () => Promise.resolve(),
    datasync: () => Promise.resolve(),
  });
  await handle.close();
}

async function main(): Promise<void> {
  await flushNothing();
  const service = await startService(readSettings(process.env));
  process.once('SIGTERM', () => void service.close().then(() => process.exit(0)));
  process.stdout.write(`可溯已就绪  ${service.url}\n`);
}

void main();
