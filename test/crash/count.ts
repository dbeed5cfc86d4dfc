/**
 * The count: a fresh process that knows only the folders and what the load generator wrote down. It reads the log through
 * the port, and opens every acknowledged value with the keys.
 */
import 'reflect-metadata';
import {
  ERASED,
  isSealed,
  open,
  partsOf,
  valueAt,
  type EventLog,
  type JsonObject,
  type Keys,
  type LoggedEvent,
} from '#libs/kernel';
import { KeyFolder, openLog, readSettings, RealClock, structuredLogger } from '#libs/platform';
import { DocumentFolder, type DocumentStore } from '../../libs/platform/src/documents/index.js';
import { acknowledgedIn, notesIn } from './notes.js';

export interface Count {
  /** Events the load generator was told are recorded. */
  readonly acknowledged: number;
  /** Of these, those that are missing, stand elsewhere, whose values do not open to what was sent, or whose documents do not. */
  readonly lost: number;
  /** Events beyond the first of a command's own. */
  readonly doubled: number;
  /** Events in cases that no acknowledged command accounts for, and answers that should not have been given. */
  readonly unaccounted: number;
  readonly unexpected: readonly string[];
}

interface Stores {
  readonly log: EventLog;
  readonly keys: Keys;
  readonly documents: DocumentStore;
}

async function count({ log, keys, documents }: Stores, file: string): Promise<Count> {
  const told = acknowledgedIn(file);
  const stored = new Map<string, LoggedEvent[]>();
  const texts = new Map<string, number>();
  let cases = 0;
  for await (const event of log.readAll()) {
    if (partsOf(event.stream)?.category !== 'assistance') continue;
    cases += 1;
    stored.set(event.id, [...(stored.get(event.id) ?? []), event]);
    for (const text of await textsIn(event.data, keys)) texts.set(text, (texts.get(text) ?? 0) + 1);
  }
  const events = told.flatMap(({ case: id, events, ...first }) =>
    events.map((event, ordinal) => ({ ...event, case: id, ...(ordinal === 0 ? first : { sent: {}, documents: [] }) })),
  );
  let lost = 0;
  for (const event of events) {
    const kept = (await stands(event, stored.get(event.id)?.[0], keys)) && (await areThere(event.documents, documents));
    if (!kept) lost += 1;
  }
  const sentTexts = new Set(told.flatMap(({ sent }) => Object.values(sent)));
  const twice = [...stored.values()].filter((copies) => copies.length > 1);
  const textsTwice = [...sentTexts].filter((text) => (texts.get(text) ?? 0) > 1);
  const known = new Set(events.map(({ id }) => id));
  return {
    acknowledged: known.size,
    lost,
    doubled: twice.length + textsTwice.length,
    unaccounted: cases - [...stored].filter(([id]) => known.has(id)).length - twice.length,
    unexpected: notesIn(file).flatMap((note) => (note.kind === 'unexpected' ? [note.what] : [])),
  };
}

/** Whether the event stands where it was said to stand, and holds what was sent. */
async function stands(
  told: { readonly case: string; readonly revision: number; readonly sent: Readonly<Record<string, string>> },
  event: LoggedEvent | undefined,
  keys: Keys,
): Promise<boolean> {
  if (!event || !event.stream.endsWith(told.case) || event.revision !== told.revision) return false;
  for (const [pointer, text] of Object.entries(told.sent)) {
    if ((await textOf(valueAt(event.data, pointer), keys)) !== text) return false;
  }
  return true;
}

/** Whether every one of these documents is there, each byte of it. */
async function areThere(digests: readonly string[], documents: DocumentStore): Promise<boolean> {
  for (const digest of digests) {
    const document = await documents.open(digest).catch(() => 'damaged' as const);
    if (document === 'damaged' || document === 'erased') return false;
    await document.close();
  }
  return true;
}

/** Every sealed text of an event, opened. */
async function textsIn(data: JsonObject, keys: Keys): Promise<string[]> {
  const found: string[] = [];
  for (const value of Object.values(data)) {
    const text = await textOf(value, keys);
    if (text !== undefined) found.push(text);
    else if (value !== null && typeof value === 'object') found.push(...(await textsIn(value as JsonObject, keys)));
  }
  return found;
}

/** The text behind a sealed value; undefined where there is none, or it does not open. */
async function textOf(value: unknown, keys: Keys): Promise<string | undefined> {
  if (!isSealed(value)) return undefined;
  const key = await keys.find(value.subject);
  if (key === undefined || key === ERASED) return undefined;
  try {
    const text = open(value, key);
    return typeof text === 'string' ? text : undefined;
  } catch {
    return undefined;
  }
}

async function main(): Promise<void> {
  const settings = readSettings(process.env);
  const logger = structuredLogger('error');
  const opened = await openLog(settings, new RealClock(), logger);
  const keys = new KeyFolder(settings.keys);
  const { documents: folder, documentBytesMax: bytesMax } = settings;
  const documents = await DocumentFolder.open({ folder, bytesMax, keys, logger });
  try {
    const counted = await count({ log: opened.log, keys, documents }, process.argv[2] ?? '');
    process.stdout.write(`${JSON.stringify(counted)}\n`);
  } finally {
    await documents.close();
    await opened.close();
  }
}

void main();
