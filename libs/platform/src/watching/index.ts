export { dueIndex, withDueIndex } from './due-index.js';
export { lookAt, watchedSystem, watchOf, type AnyWatch, type LookingParts, type WatchedSystem } from './looking.js';
export { unfounded, unissued, type Candidate, type Compared } from './turned.js';
export { Watcher, type WatcherParts } from './watcher.js';
export { startWatching } from './watching.js';
