export { atOnce } from './at-once.js';
export { isFinal } from './final.js';
export { progressIn, type Progress } from './progress.js';
export { startReactions } from './reactions.js';
export { Reactor, type ReactorParts } from './reactor.js';
export { issuedByService, serviceRecorder } from './service-caller.js';
