export { GroundPart, MaterialPart, ParticularPart } from './act.js';
export * from './answering.js';
export * from './handling.js';
export * from './keeping.js';
export * from './requesting.js';
