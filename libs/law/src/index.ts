export * from './calendar.js';
export * from './chinese-calendar.js';
export * from './days.js';
export * from './law-book.js';
export * from './organ-register.js';
export * from './rule-pack.js';
export * from './rules.js';
