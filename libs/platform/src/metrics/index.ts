export * from './measured-log.js';
export * from './metrics.js';
