import type { Stop } from './data-folder.js';
import { checkFile, type FileCheck } from './file-check.js';
import { Heads } from './heads.js';
import { intactRecord, numberOf, revisionOf, streamOf, type IntactRecord } from './record.js';
import { damageTexts, refusalTexts } from './refusal-texts.js';
import { Damage, EmbeddedLogRefused } from './refused.js';
import {
  FORMAT,
  indexKey,
  positionIn,
  positionKey,
  readStreamRow,
  readSummary,
  streamKey,
  SUMMARY_KEY,
  type Summary,
} from './rows.js';
import { Taster, TastingStopped, type Row } from './taster.js';

/** Records read after a clean stop. */
const NEWEST = 1000;

/**
 * Reads a log's file before this process maps it, and returns the head of every stream: the summary and all streams
 * always; the newest 1,000 records with their index rows after a clean stop, every record and index row otherwise, or
 * when the end of the file gives reason to.
 * @throws EmbeddedLogRefused when anything is missing or not as it was written.
 */
export async function inspect(file: string, ledger: string, stop: Stop | undefined): Promise<Heads> {
  const check = checkFile(file, stop?.failed === true);
  const taster = new Taster(file);
  const inspection = new Inspection(file, taster);
  try {
    const summary = await inspection.summary(ledger);
    // A commit that failed may be there after all; what was acknowledged before must be.
    if (stop && (stop.failed ? summary.events < stop.events : summary.events !== stop.events))
      throw new Damage(damageTexts.sinceLastStop(summary.events, stop.events));
    const heads = await inspection.streams(summary);
    await inspection.records(heads, stop?.failed !== false || check.doubtful);
    return heads;
  } catch (error) {
    throw await refusalFor(error, inspection, check);
  } finally {
    await taster.close();
  }
}

class Inspection {
  /** The last position found good. */
  lastGood: number | undefined;

  constructor(
    readonly file: string,
    private readonly taster: Taster,
  ) {}

  async summary(ledger: string): Promise<Summary> {
    const [row] = await this.taster.all({ table: 'summary', keys: [SUMMARY_KEY] });
    const summary = readSummary(row?.value);
    if (summary.format !== FORMAT) throw new EmbeddedLogRefused('LOG_FOREIGN', refusalTexts.foreign(this.file));
    if (summary.ledger !== ledger)
      throw new EmbeddedLogRefused('LOG_FOREIGN', refusalTexts.otherLedger(this.file, summary.ledger, ledger));
    return summary;
  }

  async streams(summary: Summary): Promise<Heads> {
    const heads = new Heads();
    let number = 0;
    let events = 0;
    for await (const rows of this.taster.rows({ table: 'streams', from: streamKey(0) }))
      for (const { key, value } of rows) {
        number += 1;
        const row = readStreamRow(number, streamKey(number).equals(key) ? value : undefined);
        heads.set(row);
        events += row.head + 1;
      }
    if (number !== summary.streams || heads.streams !== number || events !== summary.events)
      throw new Damage(damageTexts.counts);
    heads.endAt(summary.events);
    return heads;
  }

  async records(heads: Heads, everything: boolean): Promise<void> {
    const from = everything ? 1 : Math.max(1, heads.end - NEWEST + 1);
    const places = new Places(from, heads.end);
    const next = everything ? new Uint32Array(heads.streams + 1) : undefined;
    let position = from - 1;
    for await (const rows of this.taster.rows({ table: 'records', from: positionKey(from) }))
      for (const row of rows) {
        position += 1;
        const record = recordIn(row, position, heads);
        const number = numberOf(record);
        if (next && next[number] !== revisionOf(record)) throw new Damage(damageTexts.recordMisplaced(position));
        if (next) next[number] = revisionOf(record) + 1;
        places.set(position, number, revisionOf(record));
        this.lastGood = position;
      }
    if (position !== heads.end) throw new Damage(damageTexts.recordMissing(position + 1));
    await (everything ? this.wholeIndex(heads, places) : this.indexOf(places));
  }

  private async indexOf(places: Places): Promise<void> {
    const wanted = places.all();
    const rows = await this.taster.all({ table: 'index', keys: wanted.map((place) => place.key) });
    wanted.forEach(({ key, position }, n) => {
      const row = rows[n];
      if (!row?.key.equals(key) || positionIn(row.value) !== position)
        throw new Damage(damageTexts.index(`#${key.readUInt32BE(0)}`, key.readUInt32BE(4)));
    });
  }

  /** Its rows are every stream's revisions from 0 to the head, in order, and each leads to the record of that place. */
  private async wholeIndex(heads: Heads, places: Places): Promise<void> {
    let number = 1;
    let revision = 0;
    let count = 0;
    for await (const rows of this.taster.rows({ table: 'index', from: indexKey(0, 0) }))
      for (const { key, value } of rows) {
        count += 1;
        if (!indexKey(number, revision).equals(key) || !places.holds(positionIn(value), number, revision))
          throw new Damage(damageTexts.indexOrder(count));
        revision += 1;
        if (revision > heads.headOf(number)) {
          number += 1;
          revision = 0;
        }
      }
    if (count !== heads.end) throw new Damage(damageTexts.indexOrder(count + 1));
  }
}

/** Stream and revision of every record of a range of positions: 8 bytes each. */
class Places {
  private readonly numbers: Uint32Array;
  private readonly revisions: Uint32Array;

  constructor(
    private readonly from: number,
    end: number,
  ) {
    this.numbers = new Uint32Array(end - from + 1);
    this.revisions = new Uint32Array(end - from + 1);
  }

  set(position: number, number: number, revision: number): void {
    this.numbers[position - this.from] = number;
    this.revisions[position - this.from] = revision;
  }

  holds(position: number, number: number, revision: number): boolean {
    const at = position - this.from;
    return this.numbers[at] === number && this.revisions[at] === revision;
  }

  all(): { key: Buffer; position: number }[] {
    return [...this.numbers].map((number, at) => ({
      key: indexKey(number, this.revisions[at] ?? 0),
      position: this.from + at,
    }));
  }
}

function recordIn({ key, value }: Row, position: number, heads: Heads): IntactRecord {
  if (position > heads.end) throw new Damage(damageTexts.recordBeyondEnd(position));
  const record = intactRecord(position, positionIn(key) === position ? value : undefined);
  const number = numberOf(record);
  if (heads.numberOf(streamOf(record)) !== number || revisionOf(record) > heads.headOf(number))
    throw new Damage(damageTexts.recordMisplaced(position));
  return record;
}

async function refusalFor(error: unknown, inspection: Inspection, check: FileCheck): Promise<unknown> {
  const { file } = inspection;
  const cause = { cause: error };
  if (error instanceof TastingStopped && !error.damage)
    return new EmbeddedLogRefused('LOG_CHECK_FAILED', refusalTexts.checkFailed(file, error.message), cause);
  if (!(error instanceof TastingStopped) && !(error instanceof Damage)) return error;
  if (check.size < check.expected)
    return new EmbeddedLogRefused('LOG_TRUNCATED', refusalTexts.truncated(file, check.size, check.expected), cause);
  const what =
    error instanceof Damage ? error.message : damageTexts.unreadable(await lastGoodRecord(inspection), error.message);
  return new EmbeddedLogRefused('LOG_DAMAGED', refusalTexts.damaged(file, what), cause);
}

/** The process may have read on further than it handed over: a second one, row by row, finds the very record. */
async function lastGoodRecord({ file, lastGood }: Inspection): Promise<number | undefined> {
  const taster = new Taster(file);
  let found = lastGood;
  try {
    for await (const rows of taster.rows({ table: 'records', from: positionKey((lastGood ?? 0) + 1), careful: true }))
      for (const { key, value } of rows) {
        const position = positionIn(key);
        intactRecord(position, value);
        found = position;
      }
  } catch (error) {
    if (!(error instanceof TastingStopped) && !(error instanceof Damage)) throw error;
  } finally {
    await taster.close();
  }
  return found;
}
