import { EventStoreDBClient } from '@eventstore/db-client';
import { eventLogContract } from '../../libs/testing/src/event-log-contract/index.js';
import { startCluster, startWire } from '../wire/index.js';
import { openOnEventStore } from './event-store-target.js';
import { tamperCases } from './tamper-cases.js';

eventLogContract('EventStoreDB protocol, one busy node that drops slow consumers', async () => {
  const wire = await startWire({ noise: true, liveBuffer: 32 });
  return openOnEventStore(wire.connectionString, () => wire.stop());
});

eventLogContract('EventStoreDB protocol, three nodes', async () => {
  const cluster = await startCluster(3);
  return openOnEventStore(cluster.connectionString, () => cluster.stop());
});

tamperCases('EventStoreDB protocol', async () => {
  const wire = await startWire({ noise: true });
  const raw = EventStoreDBClient.connectionString(wire.connectionString);
  const opened = await openOnEventStore(wire.connectionString, async () => {
    await raw.dispose();
    await wire.stop();
  });
  return { ...opened, raw };
});
