export * from './appending.js';
export * from './bodies.js';
export * from './child.js';
export * from './client.js';
export * from './folder.js';
export * from './here.js';
export * from './raw.js';
export * from './register.js';
