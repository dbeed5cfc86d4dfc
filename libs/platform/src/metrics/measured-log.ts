import { LogUnavailable, WrongExpectation, type EventLog } from '#libs/kernel';
import type { AppendOutcome, Metrics } from './metrics.js';

/** `log`, with the time of every append told to `metrics`. */
export const measured = (log: EventLog, metrics: Pick<Metrics, 'appended'>): EventLog => ({
  append: async (stream, expected, events) => {
    const began = performance.now();
    const tell = (outcome: AppendOutcome): void => metrics.appended(outcome, (performance.now() - began) / 1000);
    try {
      const stored = await log.append(stream, expected, events);
      tell('stored');
      return stored;
    } catch (error) {
      tell(outcomeOf(error));
      throw error;
    }
  },
  readStream: (stream, from, limit) => log.readStream(stream, from, limit),
  readAll: (after) => log.readAll(after),
  follow: (after, signal) => log.follow(after, signal),
  close: () => log.close(),
});

function outcomeOf(error: unknown): AppendOutcome {
  if (error instanceof WrongExpectation) return 'conflict';
  return error instanceof LogUnavailable ? 'unavailable' : 'refused';
}
