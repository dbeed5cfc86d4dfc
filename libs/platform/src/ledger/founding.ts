import {
  derivedId,
  eventIdOf,
  keyedDigest,
  KeyMissing,
  ledgerSubject,
  recordedFrom,
  streamName,
  WrongExpectation,
  type Clock,
  type EventLog,
  type Instant,
  type Json,
  type JsonObject,
  type Keys,
  type LoggedEvent,
  type NewEvent,
  type Occurrence,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import type { Mode } from '../settings/index.js';
import { eventsIn } from './events-in.js';
import { ledgerFacts, modeName, type LedgerOpened } from './ledger-opened.js';
import { commandDigest } from './sealing.js';
import { envelopeOf, recordingInstant } from './stamping.js';

/** The service itself, where no person records: mode, packs, calendar, a seeded register. */
export const SERVICE_PERSON: Uuid = derivedId(['the service itself']);
export const SERVICE_ISSUER = 'urn:kesu:service';

/** The ledger was opened in another mode. */
export class ModeRefused extends Error {
  override readonly name = 'ModeRefused';
}

/** One thing the service records: its name makes the ids, so that recording it again changes nothing. */
export interface ServiceRecord {
  readonly type: string;
  readonly data: JsonObject;
  readonly occurredAt: Occurrence;
}

export interface FoundingParts {
  readonly log: EventLog;
  readonly ledger: string;
  readonly clock: Clock;
  readonly keys: Keys;
}

/** The stream a ledger begins with. */
export const ledgerStream = (ledger: string): StreamName => streamName(ledger, 'ledger', derivedId(['ledger', ledger]));

/**
 * Opens the ledger: its first event says for ever which mode it is. Repeating it, from any number of processes at once,
 * records it once.
 * @throws ModeRefused when it is not the mode asked for; KeyMissing when the ledger stands and its key is gone.
 */
export async function openLedger(parts: FoundingParts, asked: Mode): Promise<void> {
  const stream = ledgerStream(parts.ledger);
  const stands = (await eventsIn(parts.log, stream)).length > 0;
  const subject = ledgerSubject(parts.ledger);
  if (stands && (await parts.keys.find(subject)) === undefined) throw new KeyMissing(subject);
  const opened = await recordOnce(
    parts,
    stream,
    ['open', parts.ledger],
    [{ type: 'LedgerOpened', data: { mode: asked }, occurredAt: { at: parts.clock.now() } }],
  );
  const [first] = opened.map((event) => recordedFrom<LedgerOpened>(ledgerFacts, event));
  if (first?.data.mode === asked) return;
  throw new ModeRefused(
    `账本 ${parts.ledger} 以${modeName(first?.data.mode ?? asked)}模式建立，不能以${modeName(asked)}模式启动；请更换 KESU_LEDGER 或数据目录`,
  );
}

/** Below the limit of one append, whatever stands in the records. */
const RECORDS_PER_APPEND = 300;

/**
 * Records `records` as the first events of `stream`, unless it began otherwise; goes on where a crash interrupted it.
 * @returns the stream's events.
 */
export async function recordOnce(
  parts: FoundingParts,
  stream: StreamName,
  name: Json,
  records: readonly ServiceRecord[],
): Promise<readonly LoggedEvent[]> {
  const commandId = derivedId(['service', name]);
  for (;;) {
    const there = await eventsIn(parts.log, stream);
    const begunOtherwise = there.length > 0 && there[0]?.id !== eventIdOf(commandId, 0);
    if (begunOtherwise || there.length >= records.length) return there;
    await appendUnlessOvertaken(parts, stream, there, { commandId, records });
  }
}

/** Records one more event of `stream`, unless an event with this name is in it already. */
export async function recordNext(
  parts: FoundingParts,
  stream: StreamName,
  name: Json,
  record: ServiceRecord,
): Promise<void> {
  const commandId = derivedId(['service', name]);
  for (;;) {
    const there = await eventsIn(parts.log, stream);
    if (there.some(({ id }) => id === eventIdOf(commandId, 0))) return;
    await appendUnlessOvertaken(parts, stream, there, { commandId, records: [record], fresh: true });
  }
}

interface Batch {
  readonly commandId: Uuid;
  readonly records: readonly ServiceRecord[];
  /** The records follow what is there; otherwise what is there is their beginning. */
  readonly fresh?: true;
}

/** Appends the next records of the batch; when another process was first, its events will be read instead. */
async function appendUnlessOvertaken(
  parts: FoundingParts,
  stream: StreamName,
  there: readonly LoggedEvent[],
  { commandId, records, fresh }: Batch,
): Promise<void> {
  const from = fresh ? 0 : there.length;
  const last = there.at(-1);
  const events = await drafted(
    parts,
    { commandId, records: records.slice(from, from + RECORDS_PER_APPEND) },
    from,
    last,
  );
  try {
    await parts.log.append(stream, last ? last.revision : 'no-stream', events);
  } catch (error) {
    if (!(error instanceof WrongExpectation)) throw error;
  }
}

async function drafted(
  { ledger, clock, keys }: FoundingParts,
  { commandId, records }: Batch,
  from: number,
  last: LoggedEvent | undefined,
): Promise<NewEvent[]> {
  const key = await keys.obtain(ledgerSubject(ledger));
  const recordedAt = recordingInstant(clock, last?.metadata.recordedAt as Instant | undefined);
  return records.map(({ type, data, occurredAt }, ordinal) => ({
    id: eventIdOf(commandId, from + ordinal),
    type,
    data,
    metadata: envelopeOf(
      {
        commandId,
        commandDigest: commandDigest(['service', type], { key, generation: 1 }),
        correlationId: commandId,
        recorder: {
          person: SERVICE_PERSON,
          issuer: SERVICE_ISSUER,
          subjectDigest: keyedDigest(SERVICE_ISSUER, key),
          client: 'kesu',
        },
        basis: {},
        occurredAt,
        recordedAt,
      },
      1,
    ),
  }));
}
