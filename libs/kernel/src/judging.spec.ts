import { derivedId } from './ids.js';
import { instant } from './instant.js';
import { verdict, type Schedule, type ScheduledClock } from './judging.js';
import { legalDate, type LegalDate } from './legal-date.js';

const event = derivedId('event');
const holder = derivedId('organ');
const mark = (day: string) => ({ on: legalDate(day), event });
const due = legalDate('2026-10-09');
const running: ScheduledClock = {
  clock: 'provide',
  rule: 'XM-16-4',
  holder,
  from: mark('2026-09-18'),
  due,
  lateFrom: instant('2026-10-10T00:00:00+08:00'),
  provisional: false,
};
const without = (...names: (keyof ScheduledClock)[]): ScheduledClock =>
  Object.fromEntries(
    Object.entries(running).filter(([name]) => !names.includes(name as keyof ScheduledClock)),
  ) as unknown as ScheduledClock;
const scheduled = (clock: ScheduledClock): Schedule => ({ clocks: [clock], flags: [], duties: [] });

it.each<[string, ScheduledClock, string, object]>([
  ['runs on the day it began', running, '2026-09-18T12:00:00+08:00', { verdict: 'running' }],
  ['runs to the last instant of the due day', running, '2026-10-09T23:59:59.999999+08:00', { verdict: 'running' }],
  ['is late from the first instant after it', running, '2026-10-10T00:00:00+08:00', { verdict: 'late', daysLate: 1 }],
  ['is later every day', running, '2026-11-22T12:00:00+08:00', { verdict: 'late', daysLate: 44 }],
  [
    'stopped on the due day was on time',
    { ...running, stopped: mark('2026-10-09') },
    '2026-12-01T00:00:00Z',
    { verdict: 'onTime' },
  ],
  [
    'stopped a day after was late by a day, for ever',
    { ...running, stopped: mark('2026-10-10') },
    '2026-12-01T00:00:00Z',
    { verdict: 'late', daysLate: 1 },
  ],
  [
    'stopped before it began was on time',
    { ...running, stopped: mark('2026-09-01') },
    '2026-12-01T00:00:00Z',
    { verdict: 'onTime' },
  ],
  [
    'without a beginning cannot be judged',
    without('from', 'due', 'lateFrom'),
    '2026-12-01T00:00:00Z',
    { verdict: 'cannotJudge' },
  ],
  [
    'without a due day cannot be judged',
    without('due', 'lateFrom'),
    '2026-12-01T00:00:00Z',
    { verdict: 'cannotJudge' },
  ],
  [
    'without either cannot be judged by its end',
    { ...without('from', 'due', 'lateFrom'), stopped: mark('2026-10-09') },
    '2026-12-01T00:00:00Z',
    { verdict: 'cannotJudge' },
  ],
])('a clock that %s', (_what, clock, asOf, expected) => {
  const { daysLate, ...judged } = { daysLate: undefined, ...verdict(scheduled(clock), instant(asOf)).clocks[0] };
  expect({ verdict: judged.verdict, ...(daysLate === undefined ? {} : { daysLate }) }).toEqual(expected);
  expect(judged).toMatchObject(clock);
});

const promptly: ScheduledClock = { ...without('due', 'lateFrom'), personFinds: true };
const backed: ScheduledClock = { ...running, personFinds: true };
/** Late from the end of the day after the due day on. */
const lenient: ScheduledClock = { ...running, lateFrom: instant('2026-10-11T00:00:00+08:00') };
const dueAt = instant('2026-10-09T15:00:00+08:00');
const hours: ScheduledClock = { ...running, dueAt, lateFrom: instant('2026-10-09T15:00:00.000001+08:00') };
const window: ScheduledClock = { ...running, opens: legalDate('2026-09-21') };
const at = (moment: string) => ({ on: legalDate(moment.slice(0, 10)), event, at: instant(`${moment}+08:00`) });
const ASKED = '2026-12-01T00:00:00Z';

it.each<[string, ScheduledClock, string, object]>([
  ['has no number runs, and tells its age', promptly, '2026-09-21T09:00:00+08:00', { verdict: 'running', ageDays: 3 }],
  [
    'has no number is for a person once stopped, however soon',
    { ...promptly, stopped: mark('2026-09-18') },
    ASKED,
    { verdict: 'cannotJudge', ageDays: 0 },
  ],
  [
    'has no number and no start cannot be judged',
    without('from', 'due', 'lateFrom'),
    ASKED,
    { verdict: 'cannotJudge' },
  ],
  ['has a back-stop runs until it', backed, '2026-10-09T23:59:59+08:00', { verdict: 'running', ageDays: 21 }],
  [
    'has a back-stop is never on time',
    { ...backed, stopped: mark('2026-09-21') },
    ASKED,
    { verdict: 'cannotJudge', ageDays: 3 },
  ],
  [
    'is past its back-stop is late',
    { ...backed, stopped: mark('2026-10-10') },
    ASKED,
    { verdict: 'late', daysLate: 1, ageDays: 22 },
  ],
  ['has days of grace is not late in them', lenient, '2026-10-10T12:00:00+08:00', { verdict: 'running' }],
  [
    'was stopped in its grace is neither',
    { ...lenient, stopped: mark('2026-10-10') },
    ASKED,
    { verdict: 'cannotJudge' },
  ],
  [
    'was stopped after its grace is late',
    { ...lenient, stopped: mark('2026-10-11') },
    ASKED,
    { verdict: 'late', daysLate: 2 },
  ],
  [
    'counts hours was in time at the last instant',
    { ...hours, stopped: at('2026-10-09T15:00:00') },
    ASKED,
    { verdict: 'onTime' },
  ],
  [
    'counts hours is late the instant after',
    { ...hours, stopped: at('2026-10-09T15:00:00.000001') },
    ASKED,
    { verdict: 'late', daysLate: 0 },
  ],
  [
    'counts hours and knows only that day of its stop cannot be judged',
    { ...hours, stopped: mark('2026-10-09') },
    ASKED,
    { verdict: 'cannotJudge' },
  ],
  [
    'counts hours and knows an earlier day of its stop was in time',
    { ...hours, stopped: mark('2026-10-08') },
    ASKED,
    { verdict: 'onTime' },
  ],
  [
    'counts hours and knows a later day of its stop was late',
    { ...hours, stopped: mark('2026-10-10') },
    ASKED,
    { verdict: 'late', daysLate: 1 },
  ],
  [
    'is stopped only later runs on',
    { ...running, stopped: mark('2026-10-09'), stoppedBy: 'provided' },
    '2026-10-08T23:59:59.999999+08:00',
    { verdict: 'running', stopped: undefined, stoppedBy: undefined },
  ],
  [
    'is stopped only later is late by the days until then',
    { ...running, stopped: mark('2026-11-22') },
    '2026-10-11T00:00:00+08:00',
    { verdict: 'late', daysLate: 2, stopped: undefined },
  ],
  [
    'begins only later cannot be judged yet',
    { ...running, extendedBy: event },
    '2026-09-17T23:59:59.999999+08:00',
    { verdict: 'cannotJudge', from: undefined, due: undefined, lateFrom: undefined, extendedBy: undefined },
  ],
  [
    'is counted back from its beginning runs before that',
    { ...running, from: mark('2026-11-01') },
    '2026-09-17T00:00:00+08:00',
    { verdict: 'running' },
  ],
  [
    'has a window is no finding before it',
    { ...window, stopped: mark('2026-09-20') },
    ASKED,
    { verdict: 'notApplicable', notApplicable: 'beforeWindow' },
  ],
  [
    'has a window is on time on its first day',
    { ...window, stopped: mark('2026-09-21') },
    ASKED,
    { verdict: 'onTime' },
  ],
  [
    'has a window is late after it',
    { ...window, stopped: mark('2026-10-10') },
    ASKED,
    { verdict: 'late', daysLate: 1 },
  ],
])('a clock that %s', (_what, clock, asOf, expected) => {
  expect(verdict(scheduled(clock), instant(asOf)).clocks[0]).toEqual({ ...clock, ...expected });
});

it.each<[string, LegalDate | undefined, string, number[]]>([
  ['open since the same day is of age 0', undefined, '2026-09-18T12:00:00+08:00', [0]],
  ['open tells its age in days of Shanghai', undefined, '2026-09-20T00:00:00+08:00', [2]],
  ['not yet begun is not told', undefined, '2026-09-17T23:59:59+08:00', []],
  ['ended by then is not told', legalDate('2026-09-20'), '2026-09-20T00:00:00+08:00', []],
  ['that ends only later is open', legalDate('2026-09-20'), '2026-09-19T23:59:59.999999+08:00', [1]],
])('a duty %s', (_what, ended, asOf, ages) => {
  const duty = {
    rule: 'XM-16-3',
    code: 'takingUp',
    since: mark('2026-09-18'),
    holder,
    ...(ended && { endedBy: mark(ended) }),
  };
  const { duties } = verdict({ clocks: [], flags: [], duties: [duty] }, instant(asOf));
  expect(duties.map(({ ageDays }) => ageDays)).toEqual(ages);
});

it('hands flags on as they are', () => {
  const flags = [{ rule: 'XM-6-1', code: 'noLegalBasis', about: [event] }];
  const asOf = instant('2026-09-20T00:00:00Z');
  expect(verdict({ clocks: [], flags, duties: [] }, asOf)).toEqual({ asOf, clocks: [], flags, duties: [] });
});
