import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from './reader.child.js';
import {
  Child,
  copyOf,
  damage,
  dataFile,
  openLog,
  PAGE,
  served,
  streamNumbered,
  temporaryFolder,
  writtenLog,
  type Served,
} from './support.js';

/** A page anywhere in the file may be lost while the service is stopped: it ends the process at most once. */
const STREAMS = 60;
const ROUNDS = 60;
const PAGES = 24;
/** The page was free; its records are among the newest; they are not, and were found missing, or ended the process. */
const EXPECTED = new Set(['whole', 'named', 'alarmed, then named', 'ended, then named']);

describe('a page zeroed after a clean stop', () => {
  const folder = temporaryFolder();
  const sound = join(folder, 'sound');
  const streams = Array.from({ length: STREAMS }, (_, n) => streamNumbered(n));
  let original: Served;

  beforeAll(async () => {
    await writtenLog(sound, STREAMS, ROUNDS);
    const log = await openLog(sound);
    original = await served(log, streams);
    await log.close();
  });

  it(`ends the process at most once and is named at the next start (${PAGES} places in the file)`, async () => {
    const pages = statSync(dataFile(sound)).size / PAGE;
    const damaged = join(folder, 'damaged');
    let reader = new Child('reader.child.ts', []);
    const outcomes = new Set<string>();
    for (let n = 0; n < PAGES; n += 1) {
      const page = 2 + Math.floor((n * (pages - 2)) / PAGES);
      copyOf(sound, damaged);
      damage(damaged, (bytes) => void bytes.fill(0, page * PAGE, (page + 1) * PAGE));
      const question = JSON.stringify({ folder: damaged, streams });
      const first = await reader.ask(question);
      if (first === undefined) reader = new Child('reader.child.ts', []);
      let outcome = verdictOn(first, original);
      if (outcome !== 'whole' && outcome !== 'named')
        outcome += `, then ${verdictOn(await reader.ask(question), original)}`;
      outcomes.add(outcome);
      expect({ page, outcome: EXPECTED.has(outcome) || outcome }).toEqual({ page, outcome: true });
    }
    await reader.stop();
    expect(outcomes).toContain('alarmed, then named');
    expect(outcomes).toContain('named');
  }, 60_000);
});

function verdictOn(line: string | undefined, original: Served): string {
  if (line === undefined) return 'ended';
  const answer = JSON.parse(line) as Answer;
  if ('refused' in answer)
    return answer.refused === 'LOG_DAMAGED' && /第 \d+ (号|页)|索引|登记|一条记录也没有/.test(answer.message)
      ? 'named'
      : `refused: ${answer.refused} ${answer.message}`;
  if (JSON.stringify(answer.served) === JSON.stringify(original)) return 'whole';
  const { events, alarms } = answer.served;
  return events.length + alarms === original.events.length ? 'alarmed' : 'events missing';
}
