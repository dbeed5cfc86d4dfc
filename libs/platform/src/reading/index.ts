export * from './case-pages.js';
export * from './citations.js';
