export * from './settings.js';
export { isTrustworthyUrl, UNTRUSTWORTHY } from './url.js';
