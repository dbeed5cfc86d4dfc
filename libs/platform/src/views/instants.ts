import { isInstant, type EventLog, type Instant, type LoggedEvent, type Position } from '#libs/kernel';
import { Denial } from '../ledger/index.js';
import type { Queryable } from './database.js';
import type { ViewTables } from './tables.js';

/** A step of the running maximum of recordedAt: after every event up to `position`, and no further one, it is this. */
export interface InstantStep {
  readonly recordedAt: Instant;
  readonly position: Position;
}

/**
 * The steps of the running maximum over `events`, which follow on `latest`. An event whose recorder's clock was behind adds
 * to the step that stands: it became known after what stands before it. One step an instant, whatever the batches.
 */
export function stepsAfter(latest: Instant | undefined, events: readonly LoggedEvent[]): readonly InstantStep[] {
  const steps = new Map<Instant, Position>();
  let maximum = latest;
  for (const { metadata, position } of events) {
    const { recordedAt } = metadata;
    if (isInstant(recordedAt) && (maximum === undefined || recordedAt > maximum)) maximum = recordedAt;
    if (maximum !== undefined) steps.set(maximum, position);
  }
  return [...steps].map(([recordedAt, position]) => ({ recordedAt, position }));
}

/** Where the running maximum stands; undefined before the first event. */
export async function latestStep(db: Queryable, { schema }: ViewTables): Promise<Instant | undefined> {
  const [row] = await db.query<{ latest: Instant | null }>(
    `SELECT max(recorded_at) AS latest FROM ${schema}._instants`,
  );
  return row?.latest ?? undefined;
}

export async function writeSteps(tx: Queryable, { schema }: ViewTables, steps: readonly InstantStep[]): Promise<void> {
  if (steps.length === 0) return;
  await tx.query(
    `INSERT INTO ${schema}._instants SELECT * FROM unnest($1::text[], $2::text[])
     ON CONFLICT (recorded_at) DO UPDATE SET position = excluded.position`,
    [steps.map(({ recordedAt }) => recordedAt), steps.map(({ position }) => position)],
  );
}

/** Events read past the views to place an instant; a projector further behind than that is waited for. */
const TAIL_MAX = 5_000;

/**
 * The place of the log by which everything had been recorded that was known at `knownAt`, by the running maximum of
 * recordedAt; undefined before the first event. Exact also while the views are behind: the rest is read from the log.
 * @throws Denial VIEWS_BEHIND when too much is missing; LogUnavailable; IntegrityBroken.
 */
export async function positionAt(tables: ViewTables, log: EventLog, knownAt: Instant): Promise<Position | undefined> {
  const { position, past, latest, checkpoint } = await placed(tables, knownAt);
  if (past) return position;
  let maximum = latest;
  let found = position;
  let count = 0;
  for await (const event of log.readAll(checkpoint)) {
    maximum = later(maximum, event);
    if (maximum !== undefined && maximum > knownAt) break;
    found = event.position;
    if ((count += 1) > TAIL_MAX) throw new Denial('VIEWS_BEHIND');
  }
  return found;
}

/**
 * The running maximum of recordedAt at a place of the log: by when everything up to there was known. Undefined before the
 * first event. `positionAt` of it is that place, or a later one at which nothing later was known yet. Exact also while the
 * views are behind. @throws as {@link positionAt}.
 */
export async function knownBy(tables: ViewTables, log: EventLog, position: Position): Promise<Instant | undefined> {
  const { before, next } = await around(tables, position);
  if (before?.position === position) return before.recordedAt;
  let maximum = before?.recordedAt;
  let count = 0;
  for await (const event of log.readAll(before?.position)) {
    if (event.position > position) break;
    // A step ends where the next begins: the first event after it is of the next.
    if (next) return next.recordedAt;
    maximum = later(maximum, event);
    if ((count += 1) > TAIL_MAX) throw new Denial('VIEWS_BEHIND');
  }
  return maximum;
}

/** The last step that ends at or before `position`, and the first that ends after it. */
async function around(
  { db, schema }: ViewTables,
  position: Position,
): Promise<{ readonly before: InstantStep | undefined; readonly next: InstantStep | undefined }> {
  const step = async (condition: string): Promise<InstantStep | undefined> => {
    const sql = `SELECT recorded_at AS "recordedAt", position FROM ${schema}._instants WHERE position ${condition} LIMIT 1`;
    return (await db.query<{ recordedAt: Instant; position: Position }>(sql, [position]))[0];
  };
  return { before: await step('<= $1 ORDER BY position DESC'), next: await step('> $1 ORDER BY position') };
}

function later(maximum: Instant | undefined, { metadata: { recordedAt } }: LoggedEvent): Instant | undefined {
  return isInstant(recordedAt) && (maximum === undefined || recordedAt > maximum) ? recordedAt : maximum;
}

interface Placed {
  readonly position: Position | undefined;
  /** Whether something later than the instant is in the index, so that nothing can be added before it. */
  readonly past: boolean;
  readonly latest: Instant | undefined;
  readonly checkpoint: Position | undefined;
}

async function placed({ db, schema, ledger }: ViewTables, knownAt: Instant): Promise<Placed> {
  const [row] = await db.query<{
    position: Position | null;
    latest: Instant | null;
    checkpoint: Position | '' | null;
  }>(
    `SELECT (SELECT position FROM ${schema}._instants WHERE recorded_at <= $1 ORDER BY recorded_at DESC LIMIT 1) AS position,
       (SELECT max(recorded_at) FROM ${schema}._instants) AS latest,
       (SELECT position FROM ${schema}._checkpoint WHERE ledger = $2) AS checkpoint`,
    [knownAt, ledger],
  );
  const latest = row?.latest ?? undefined;
  // Before the first event the checkpoint is an empty text.
  const checkpoint = row?.checkpoint || undefined;
  return { position: row?.position ?? undefined, past: latest !== undefined && latest > knownAt, latest, checkpoint };
}

/** {@link positionAt} without an index: the whole log is read. For where no service runs. */
export async function scannedPosition(log: EventLog, knownAt: Instant): Promise<Position | undefined> {
  let found: Position | undefined;
  for await (const { metadata, position } of log.readAll()) {
    if (isInstant(metadata.recordedAt) && metadata.recordedAt > knownAt) return found;
    found = position;
  }
  return found;
}

/** {@link knownBy} without an index. */
export async function scannedKnown(log: EventLog, position: Position): Promise<Instant | undefined> {
  let maximum: Instant | undefined;
  for await (const event of log.readAll()) {
    if (event.position > position) break;
    maximum = later(maximum, event);
  }
  return maximum;
}
