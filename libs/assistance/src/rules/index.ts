/** Every check a pack may name. Each is named after what holds when it finds nothing. */
export * from './answering.js';
export * from './closing.js';
export { causeExplained, groundsExplained, mandatoryAsked, openGround } from './coded.js';
export * from './handling.js';
export * from './register.js';
export * from './requesting.js';
