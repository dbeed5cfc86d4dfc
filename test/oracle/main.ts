import fc from 'fast-check';
import { derivedId, fromMilliseconds, legalDate, type LegalDate } from '#libs/kernel';
import { reckon, scheduledClock, shippedCalendar, type ClockLimit } from '#libs/law';
import { naiveDay, naiveHours, naiveWindow } from './naive.js';

/**
 * Holds the product's counting of days to a naive second one, on random days from 2007 to 2028, the last
 * two of them years without a notice: limits, extensions, counting
 * back, hours and windows. `--quick` takes a sample, `--seed=<n>` repeats a run. The last line is JSON; exit code 1 when
 * they differ.
 */
const CASES = 1_000_000;
const QUICK = 60_000;
const FIRST = Date.UTC(2007, 0, 1);
/** The counts of a case reach at most some 120 days on, and end within the years that are written down. */
const LAST = Date.UTC(2028, 7, 15);
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
  kind: fc.constantFrom('on', 'on', 'before', 'hours', 'window'),
  minute: fc.integer({ min: 0, max: 24 * 60 - 1 }),
});
type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;

/** What the product and the naive count say of a case. */
const TOLD: Readonly<Record<Case['kind'], (of: Case) => readonly [product: unknown, naive: unknown]>> = {
  on: ({ from, days, working, extension }) => {
    const extensions = extension === undefined ? [] : [{ days: extension, unit: 'workingDay' } as const];
    const limit = { days, unit: working ? 'workingDay' : 'calendarDay' } as const;
    const base = naiveDay(from, days, working, false);
    const naive = extension === undefined ? base : naiveDay(base, extension, true, false);
    return [reckon(calendar, { from: legalDate(from), limit, extensions }).due, naive];
  },
  before: ({ from, days, working }) => {
    const limit = { days, unit: working ? 'workingDay' : 'calendarDay' } as const;
    const { due } = reckon(calendar, { from: legalDate(from), limit, before: true });
    return [due, naiveDay(from, days, working, true)];
  },
  hours: ({ from, days: hours, minute }) => {
    const at = fromMilliseconds(Date.parse(`${from}T00:00:00+08:00`) + minute * 60_000);
    return [reckon(calendar, { from: at, limit: { hours } }).due, naiveHours(from, minute, hours)];
  },
  window: ({ from, days }) => {
    const { opens, due } = clockOf({ when: 'always', days, unit: 'window', rule: 'R-1' }, legalDate(from)) ?? {};
    return [`${opens} ${due}`, naiveWindow(from, days)];
  },
};

const holder = derivedId(['holder']);
const clockOf = (limit: ClockLimit, on: LegalDate) =>
  scheduledClock({ clock: 'c', name: '时限', starts: 's', stops: 'e', holder: 'h', limits: [limit] }, calendar, {
    holder,
    holds: () => true,
    started: { on, event: holder },
  });

let disagreements = 0;
const count = quick ? QUICK : CASES;
for (const one of fc.sample(cases, { numRuns: count, seed })) {
  const [product, naive] = TOLD[one.kind](one);
  if (product === naive) continue;
  disagreements += 1;
  if (disagreements <= 10) process.stderr.write(`${JSON.stringify({ ...one, product, naive })}\n`);
}
process.stdout.write(`${JSON.stringify({ cases: count, disagreements, seed })}\n`);
process.exitCode = disagreements === 0 ? 0 : 1;
