export { startWire, Wire, type WireOptions } from './wire.js';
export { startCluster, type Cluster } from './cluster.js';
export { WRITES, type Aim, type Armed, type Fault, type Method } from './faults.js';
export type { Account, Wish } from './access.js';
export type { Member } from './desk.js';
export type { StoredEvent } from './stream-state.js';
