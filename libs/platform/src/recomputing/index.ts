export { recomputedSystem, type RecomputedSystem } from './recomputed-case.js';
export { Recomputer, type RecomputerParts } from './recomputer.js';
export { startRecomputing } from './recomputing.js';
