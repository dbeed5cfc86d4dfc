export * from './specification.js';
export * from './rule-tests.js';
