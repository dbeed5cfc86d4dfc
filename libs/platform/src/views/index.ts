export { batches } from './batches.js';
export { projected, type FoldedCase, type ProjectedSystem } from './case-fold.js';
export { openViewDatabase, type Queryable, type ViewDatabase, type ViewDatabaseOptions } from './database.js';
export { viewHash } from './hash.js';
export { Projector, type Lag, type ProjectorOptions } from './projector.js';
export {
  alarmsOf,
  allAlarms,
  list,
  quarantines,
  rowOf,
  rowsOf,
  type Condition,
  type ListOptions,
  type Page,
  type Quarantine,
} from './reading.js';
export { Outrun, Projection, Replaced } from './projection.js';
export { rebuild } from './rebuild.js';
export { cellsOf } from './rows.js';
export { createSchema, viewTables, type ViewShape, type ViewTables } from './tables.js';
export { visible } from './visible.js';
