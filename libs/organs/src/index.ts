export * from './organs.module.js';
export * from './refusals.js';
export * from './system.js';
