import type { Logger } from '../../libs/platform/src/log/index.js';

/** A log that nobody reads. */
export const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
