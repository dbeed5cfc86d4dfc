import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './reader.child.js';
import {
  Child,
  copyOf,
  damage,
  dataFile,
  openLog,
  served,
  streamNumbered,
  temporaryFolder,
  uncleanly,
} from './support.js';
import { writtenLog, type Served } from './support.js';

/** Any bit of the file may turn: what is served then equals what was written, or it is not served. */
const FLIPS = 240;
/** A machine that is busy with other things does as many as it can in this time, and no fewer than these. */
const BUDGET_MS = 40_000;
const FLIPS_MIN = 40;
const READERS = 2;
const STREAMS = 6;
const SEED = Number(process.env['KESU_TEST_SEED'] ?? 20260918);

/** Numbers below `limit` from a seed (xorshift32, Marsaglia 2003). */
function numbersFrom(seed: number): (limit: number) => number {
  let state = seed | 1;
  return (limit) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % limit;
  };
}

describe('a log with one bit turned', () => {
  const folder = temporaryFolder();
  const sound = join(folder, 'sound');
  const streams = Array.from({ length: STREAMS }, (_, n) => streamNumbered(n));
  let original: Served;

  beforeAll(async () => {
    await writtenLog(sound, STREAMS, 12);
    const log = await openLog(sound);
    original = await served(log, streams);
    await log.close();
  });

  it(`serves every event as written or not at all (up to ${FLIPS} flips, seed ${SEED})`, async () => {
    const next = numbersFrom(SEED);
    const bits = readFileSync(dataFile(sound)).length * 8;
    const flips = Array.from({ length: FLIPS }, (_, n) => ({ bit: next(bits), clean: n % 2 === 0 }));
    const outcomes: string[] = [];
    const deadline = Date.now() + BUDGET_MS;
    const work = async (): Promise<void> => {
      let reader = new Child('reader.child.ts', []);
      for (let flip = flips.pop(); flip && Date.now() < deadline; flip = flips.pop()) {
        const copy = copyOf(sound, join(folder, `flip-${flip.bit}`));
        damage(copy, (bytes) => void (bytes[flip.bit >> 3] = (bytes[flip.bit >> 3] ?? 0) ^ (1 << (flip.bit & 7))));
        if (!flip.clean) uncleanly(copy);
        const line = await reader.ask(JSON.stringify({ folder: copy, streams }));
        if (line === undefined) reader = new Child('reader.child.ts', []);
        outcomes.push(outcomeOf(line, original) ?? `bit ${flip.bit}, clean ${flip.clean}: ${line}`);
      }
      await reader.stop();
    };
    await Promise.all(Array.from({ length: READERS }, work));
    expect(outcomes.filter((outcome) => !['whole', 'in part', 'refused', 'ended'].includes(outcome))).toEqual([]);
    expect(outcomes.length).toBeGreaterThan(FLIPS_MIN);
    // The file is mostly records: a check that never refused, or always did, would prove nothing.
    expect(outcomes).toContain('refused');
    expect(outcomes).toContain('whole');
  }, 60_000);
});

/** What came of one flip; undefined when an event was served that was never written, or left out without a word. */
function outcomeOf(line: string | undefined, original: Served): string | undefined {
  if (line === undefined) return 'ended';
  const answer = JSON.parse(line) as Answer;
  if ('refused' in answer) return 'refused';
  const { events, streams, alarms } = answer.served;
  const written = new Set(original.events);
  const streamsSound = Object.entries(original.streams).every(([stream, lines]) => {
    const found = streams[stream];
    return found === 'IntegrityBroken' || JSON.stringify(found) === JSON.stringify(lines);
  });
  const inOrder =
    events.every((event) => written.has(event)) &&
    [...events].join() === original.events.filter((event) => events.includes(event)).join();
  if (!streamsSound || !inOrder || events.length + alarms !== original.events.length) return undefined;
  return alarms === 0 ? 'whole' : 'in part';
}
