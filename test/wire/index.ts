export { startWire, Wire, type WireOptions } from './wire.js';
export type { Aim, Armed, Fault, Method } from './faults.js';
export { WRITES } from './faults.js';
export type { Account, Wish } from './access.js';
export type { Member } from './desk.js';
export type { StoredEvent } from './stream-state.js';
