import { eventLogContract, freshLedger, realClock } from '../event-log-contract/index.js';
import { MemoryEventLog } from './memory-event-log.js';

eventLogContract('memory', () => {
  const ledger = freshLedger();
  let log = new MemoryEventLog(ledger, realClock.now);
  return Promise.resolve({
    log,
    ledger,
    reopen: async () => {
      await log.close();
      return (log = log.again());
    },
    close: () => log.close(),
  });
});
