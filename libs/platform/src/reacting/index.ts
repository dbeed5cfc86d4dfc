export { progressIn, type Progress } from './progress.js';
export { startReactions } from './reactions.js';
export { Reactor, type ReactorParts } from './reactor.js';
