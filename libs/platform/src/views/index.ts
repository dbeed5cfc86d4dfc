export { AskedViews, type Asking, cursorFrom, cursorText, type AnsweredRows, type Total } from './asking.js';
export { atOnePlace } from './at-one-place.js';
export { batches } from './batches.js';
export { listCases, type CaseList, type CaseQuery, type Hit, type ListedCase, type ListedFor } from './case-list.js';
export { projected, type FoldedCase, type ProjectedSystem } from './case-fold.js';
export { openViewDatabase, type Queryable, type ViewDatabase, type ViewDatabaseOptions } from './database.js';
export type { FoundName, FoundText } from './findable.js';
export { viewHash } from './hash.js';
export { casesOpenedBy, framedCases, type FrameWanted } from './frame.js';
export { CursorMalformed, QueryFailed, queryFailure } from './failures.js';
export { knownBy, positionAt, scannedKnown, scannedPosition } from './instants.js';
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
export { checkpointOf, createSchema, quoted, tableOf, viewTables, type ViewShape, type ViewTables } from './tables.js';
export { onShown, visible } from './visible.js';
export { reachedCases, type CaseRow } from './reached-cases.js';
export { reachOf, reachesNone, type Reach } from './law-in-hand.js';
