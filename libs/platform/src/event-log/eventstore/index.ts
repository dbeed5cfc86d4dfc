export { EventStoreLog, type EventStoreHealth } from './event-store-log.js';
export { openEventStoreLog, type EventStoreOptions } from './open.js';
export { EventStoreRefused, type RefusalCode } from './refused.js';
