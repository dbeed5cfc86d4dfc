export * from './case-pages.js';
