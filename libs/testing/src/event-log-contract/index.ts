export * from './bench.js';
export * from './contract.js';
