import { LawHistory } from '../ledger/index.js';
import { progressIn, serviceRecorder } from '../reacting/index.js';
import type { Runtime } from '../service/index.js';
import type { RecomputedSystem } from './recomputed-case.js';
import { Recomputer } from './recomputer.js';

/**
 * Tells the cases of `systems` when a change of the law moved their clocks, in every process that reads read models. @returns
 * how to stop, which waits until nothing is under way.
 */
export async function startRecomputing(
  { settings, log, ledger, law, keys, clockWatch, viewing, logger }: Runtime,
  systems: readonly RecomputedSystem[],
): Promise<() => Promise<void>> {
  const { tables } = viewing;
  if (!tables) return () => Promise.resolve();
  const stopping = new AbortController();
  const recomputer = new Recomputer({
    ...{ systems, tables, ledger, law, logger, log: log.log, ledgerName: settings.ledger },
    history: new LawHistory(log.log, law),
    progress: progressIn(settings.keys, settings.ledger, 'recomputing'),
    recorder: await serviceRecorder(keys, settings.ledger),
    clocksAgree: () => clockWatch.agrees,
  });
  const running = recomputer.run(stopping.signal);
  return async () => {
    stopping.abort();
    await running;
  };
}
