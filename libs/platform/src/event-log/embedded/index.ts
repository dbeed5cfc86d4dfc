/** The event log that needs no server: see {@link openEmbeddedLog}. */
export { EmbeddedLog } from './embedded-log.js';
export { lockHolder } from './folder-lock.js';
export { openEmbeddedLog } from './open.js';
export { EmbeddedLogRefused } from './refused.js';
export type { RefusalCode } from './refusal-texts.js';
