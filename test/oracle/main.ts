import fc from 'fast-check';
import { legalDate } from '#libs/kernel';
import { reckon, shippedCalendar } from '#libs/law';
import { naiveDay } from './naive.js';

/**
 * Holds the product's counting of days to a naive second one, on random days from 2007 to 2026: limits, extensions, and
 * counting back. `--quick` takes a sample, `--seed=<n>` repeats a run. The last line is JSON; exit code 1 when they differ.
 */
const CASES = 1_000_000;
const QUICK = 60_000;
const FIRST = Date.UTC(2007, 0, 1);
/** The counts of a case reach at most some 120 days on, and end within the notices there are. */
const LAST = Date.UTC(2026, 7, 15);
const DAY_MS = 86_400_000;

const quick = process.argv.includes('--quick');
const asked = process.argv.find((word) => word.startsWith('--seed='))?.slice('--seed='.length);
const seed = asked === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(asked);
const { calendar } = shippedCalendar();

const cases = fc.record({
  from: fc
    .integer({ min: 0, max: (LAST - FIRST) / DAY_MS })
    .map((days) => new Date(FIRST + days * DAY_MS).toISOString().slice(0, 10)),
  days: fc.integer({ min: 1, max: 40 }),
  working: fc.boolean(),
  extension: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
  before: fc.boolean(),
});

let disagreements = 0;
const count = quick ? QUICK : CASES;
const stream = fc.sample(cases, { numRuns: count, seed });
for (const { from, days, working, extension, before } of stream) {
  const unit = working ? 'workingDay' : 'calendarDay';
  const extensions = extension === undefined || before ? [] : [{ days: extension, unit: 'workingDay' } as const];
  const { due } = reckon(calendar, { from: legalDate(from), limit: { days, unit }, extensions, before });
  const base = naiveDay(from, days, working, before);
  const naive = extensions.length > 0 ? naiveDay(base, extension ?? 0, true, false) : base;
  if (due === naive) continue;
  disagreements += 1;
  if (disagreements <= 10)
    process.stderr.write(`${JSON.stringify({ from, days, unit, extension, before, due, naive })}\n`);
}
process.stdout.write(`${JSON.stringify({ cases: count, disagreements, seed })}\n`);
process.exitCode = disagreements === 0 ? 0 : 1;
