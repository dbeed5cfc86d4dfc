export * from './http/index.js';
export * from './identity/index.js';
export * from './keys/index.js';
export * from './ledger/index.js';
export * from './log/index.js';
export * from './reading/index.js';
export * from './service/index.js';
export * from './settings/index.js';
export { projected } from './views/index.js';
