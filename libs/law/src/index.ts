export * from './calendar.js';
export * from './law-book.js';
export * from './organ-register.js';
export * from './rule-pack.js';
