import { openEventStoreLog, type EventStoreLog } from '../../libs/platform/src/event-log/eventstore/index.js';
import { freshLedger, realClock, type OpenedLog } from '../../libs/testing/src/event-log-contract/index.js';

export type OpenedEventStore = OpenedLog & { readonly log: EventStoreLog };

/** A fresh ledger on the server that `connection` names. `closing` is awaited after the log is closed. */
export async function openOnEventStore(
  connection: string,
  closing: () => Promise<void> = () => Promise.resolve(),
  retryForMs = 10_000,
): Promise<OpenedEventStore> {
  const ledger = freshLedger();
  const open = () => openEventStoreLog({ connection, ledger, clock: realClock, retryForMs });
  const log = await open();
  let current = log;
  return {
    log,
    ledger,
    reopen: async () => {
      await current.close();
      return (current = await open());
    },
    close: async () => {
      await current.close();
      await closing();
    },
  };
}
