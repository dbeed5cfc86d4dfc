export * from './attempts.js';
export * from './attempt-views.js';
export * from './command-refused.js';
export * from './refusal-limit.js';
