import { derivedId, endOfDay, instant, legalDate, startOfDay, type ScheduledClock } from '#libs/kernel';
import { shippedCalendar, shippedPacks } from './shipped.js';
import { supervisionPart, thresholdsIn, turnsOf } from './supervision-rules.js';
import { packLabel } from './edition-shelf.js';

const { calendar } = shippedCalendar();
const [shipped] = shippedPacks();
const rules = thresholdsIn(shipped?.pack.systems['supervision'])!;
const event = derivedId(['an event']);
const day = legalDate;

const clock = (changes: Partial<ScheduledClock> = {}): ScheduledClock => ({
  clock: 'provide',
  rule: 'R-1',
  holder: event,
  from: { on: day('2026-09-18'), event },
  due: day('2026-10-09'),
  lateFrom: endOfDay(day('2026-10-09')),
  provisional: false,
  ...changes,
});
const turned = (changes: Partial<ScheduledClock> = {}) => turnsOf(clock(changes), calendar, rules);
const stopped = (on: string) => ({ stopped: { on: day(on), event } });

it('warns one working day before, shows yellow when it is late and red five working days later, over 调休', () => {
  // 8 October is a Thursday; Saturday 10 October 2026 is worked.
  expect(turned()).toEqual({
    warning: startOfDay(day('2026-10-08')),
    yellow: endOfDay(day('2026-10-09')),
    red: endOfDay(day('2026-10-15')),
  });
});

it('shows yellow at the very instant from which a limit in hours is late', () => {
  const lateFrom = instant('2026-10-09T01:30:00.000001Z');
  expect(turned({ lateFrom })).toMatchObject({ yellow: lateFrom, red: endOfDay(day('2026-10-15')) });
});

it.each([
  ['2026-10-07', []],
  ['2026-10-08', ['warning']],
  ['2026-10-09', ['warning']],
  ['2026-10-10', ['warning', 'yellow']],
  ['2026-10-15', ['warning', 'yellow']],
  ['2026-10-16', ['warning', 'yellow', 'red']],
])('stopped on %s, it turned %j', (on, stages) => expect(Object.keys(turned(stopped(on)))).toEqual(stages));

it('never turns a clock that has no start, no number of days or does not apply', () => {
  const { due: _due, lateFrom: _lateFrom, ...without } = clock();
  expect(turnsOf(without, calendar, rules)).toEqual({});
  const { from: _from, ...unstarted } = clock();
  expect(turnsOf(unstarted, calendar, rules)).toEqual({});
  expect(turned({ notApplicable: 'noObstacle' })).toEqual({});
});

it('gives no warning on or before the day a limit of one working day begins', () => {
  expect(turned({ from: { on: day('2026-10-08'), event } })).not.toHaveProperty('warning');
  expect(turned({ from: { on: day('2026-09-30'), event } })).toHaveProperty('warning');
});

it('has no thresholds where a pack names one of them wrongly, or has no part for supervision', () => {
  const part = shipped?.pack.systems['supervision'];
  const { values = {} } = part ?? {};
  // The hint an order's limit rests on is a name, and no threshold.
  for (const name of Object.keys(values).filter((known) => known.endsWith('WorkingDays'))) {
    const { [name]: _left, ...rest } = values;
    expect(thresholdsIn(part && { ...part, values: rest })).toBeUndefined();
  }
  expect(thresholdsIn(part && { ...part, values: { ...values, redAfterWorkingDays: 0 } })).toBeUndefined();
  expect(thresholdsIn(undefined)).toBeUndefined();
});

it('finds the part of the very edition that governs a case', () => {
  const edition = packLabel(shipped!);
  expect(supervisionPart({ editions: shippedPacks() }, { edition, digest: '' })).toBeDefined();
  expect(supervisionPart({ editions: shippedPacks() }, { edition: `${edition}9`, digest: '' })).toBeUndefined();
  expect(supervisionPart({ editions: shippedPacks() }, undefined)).toBeUndefined();
});
