import type { Runtime } from '../service/index.js';
import { serviceRecorder } from '../reacting/index.js';
import type { AnyWatch, WatchedSystem } from './looking.js';
import { Watcher } from './watcher.js';

/**
 * Lets `watch` look at the cases of `systems` as time goes on, in every process with the role supervisor that reads read
 * models. Any number may run at once. @returns how to stop, which waits until nothing is under way.
 */
export async function startWatching(
  { settings, log, ledger, law, keys, clock, clockWatch, viewing, logger }: Runtime,
  watch: AnyWatch,
  systems: readonly WatchedSystem[],
): Promise<() => Promise<void>> {
  const { tables } = viewing;
  if (!settings.roles.has('supervisor') || !tables) return () => Promise.resolve();
  const stopping = new AbortController();
  const watcher = new Watcher({
    watch,
    systems,
    tables,
    ledger,
    law,
    clock,
    logger,
    ledgerName: settings.ledger,
    log: log.log,
    recorder: await serviceRecorder(keys, settings.ledger),
    clocksAgree: () => clockWatch.agrees,
  });
  const running = watcher.run(stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}
