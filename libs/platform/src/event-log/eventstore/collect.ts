import type { ResolvedEvent, RecordedEvent, StreamingRead } from '@eventstore/db-client';
import type { Attempt } from './connection.js';

/**
 * All records of one read. An end that comes because the attempt was given up is not taken for the end of the read.
 * Listeners instead of `for await`: the client ends a cancelled read as if it were complete.
 */
export function collect(read: StreamingRead<ResolvedEvent>, attempt: Attempt): Promise<RecordedEvent[]> {
  return new Promise((resolve, reject) => {
    const records: RecordedEvent[] = [];
    const giveUp = (): void => {
      // Cancelling fails when the call was never made: then there is nothing to cancel.
      read.cancel().catch(() => undefined);
      reject(attempt.signal.reason as Error);
    };
    attempt.signal.addEventListener('abort', giveUp, { once: true });
    read.on('data', ({ event }) => {
      attempt.heard();
      if (event) records.push(event);
    });
    read.on('error', (error: Error) => settle(() => reject(error)));
    read.on('end', () => settle(() => resolve(records)));
    const settle = (how: () => void): void => {
      attempt.signal.removeEventListener('abort', giveUp);
      if (!attempt.signal.aborted) how();
    };
  });
}
