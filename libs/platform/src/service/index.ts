export * from './address-file.js';
export * from './clocks.js';
export * from './folders.js';
export * from './offline.js';
export * from './open-log.js';
export * from './runtime.js';
export * from './simulation-folder.js';
export * from './troubles.js';
export type { Feeding, ViewedSystem, Viewing } from './viewing.js';
