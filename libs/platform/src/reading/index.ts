export * from './case-at.js';
export * from './case-pages.js';
export * from './citations.js';
export * from './case-reader.js';
export * from './clocks-shown.js';
export * from './custody-shown.js';
export * from './difference.js';
export * from './moment.js';
