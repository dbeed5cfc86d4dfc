import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedLog } from '../../libs/platform/src/event-log/embedded/index.js';
import { eventLogContract, freshLedger, realClock } from '../../libs/testing/src/event-log-contract/index.js';

eventLogContract('embedded', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kesu-contract-'));
  const ledger = freshLedger();
  const open = () => openEmbeddedLog({ folder, ledger, clock: realClock });
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
      await rm(folder, { recursive: true, force: true });
    },
  };
});
