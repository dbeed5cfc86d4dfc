export { unknownTo, type PackFunctions } from './edition-case.js';
export * from './publishing.module.js';
export * from './refusals.js';
export * from './system.js';
