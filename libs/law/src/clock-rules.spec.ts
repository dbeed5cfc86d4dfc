import { derivedId, legalDate, type Mark } from '#libs/kernel';
import { chineseCalendar, extendedDue, limitOf, scheduledClock, type ClockRule } from './index.js';

const calendar = chineseCalendar();
const holder = derivedId(['requested organ']);
const mark = (name: string, on: string): Mark => ({ on: legalDate(on), event: derivedId([name]) });
const first = derivedId(['first extension']);
const second = derivedId(['second extension']);

const provide: ClockRule = {
  clock: 'provide',
  name: '提供协助期限',
  starts: 'delivered',
  stops: 'provided',
  holder: 'requested',
  limits: [
    { when: 'special', days: 20, unit: 'workingDay', rule: 'XM-16-5' },
    { when: 'always', days: 10, unit: 'workingDay', rule: 'XM-16-4' },
  ],
  extension: { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6' },
};
const { extension: _none, ...unextendable } = provide;
const ordinary = { holder, holds: () => false, started: mark('delivery', '2020-04-10') };
const special = { ...ordinary, holds: (when: string) => when === 'special' };

describe('a scheduled clock', () => {
  it('runs the first limit that applies from the day of its start', () => {
    expect(scheduledClock(provide, calendar, ordinary)).toEqual({
      clock: 'provide',
      rule: 'XM-16-4',
      holder,
      from: ordinary.started,
      due: '2020-04-24',
      lateFrom: '2020-04-24T16:00:00.000000Z',
      provisional: false,
    });
    expect(scheduledClock(provide, calendar, special)).toMatchObject({ rule: 'XM-16-5', due: '2020-05-11' });
  });

  it.each([
    ['ordinary', ordinary, '2020-05-11'],
    ['special', special, '2020-05-25'],
  ])('counts an extension on from the %s due day', (_name, marks, due) => {
    const clock = scheduledClock(provide, calendar, { ...marks, extensions: [{ event: first }] });
    expect(clock).toMatchObject({ rule: 'XM-16-6', due, extendedBy: first });
  });

  it.each([
    ['fewer days than the pack allows', 3, '2020-04-28'],
    ['as many', 10, '2020-05-11'],
    ['more, which has no effect', 30, '2020-05-11'],
  ])('moves by the days granted: %s', (_name, days, due) => {
    const clock = scheduledClock(provide, calendar, { ...ordinary, extensions: [{ event: first, days }] });
    expect(clock).toMatchObject({ due, extendedBy: first });
  });

  it.each([0, -5])('is not moved by an extension of %i days, which does not use up the one allowed', (days) => {
    const extensions = [{ event: first, days }];
    expect(scheduledClock(provide, calendar, { ...ordinary, extensions })).not.toHaveProperty('extendedBy');
    const both = scheduledClock(provide, calendar, { ...ordinary, extensions: [...extensions, { event: second }] });
    expect(both).toMatchObject({ due: '2020-05-11', extendedBy: second });
  });

  it('lets no more extensions move the due day than the pack allows', () => {
    const extensions = [{ event: first }, { event: second }];
    expect(scheduledClock(provide, calendar, { ...ordinary, extensions })).toMatchObject({
      due: '2020-05-11',
      extendedBy: first,
    });
    const twice: ClockRule = { ...unextendable, extension: { days: 10, unit: 'workingDay', maxCount: 2, rule: 'R' } };
    expect(scheduledClock(twice, calendar, { ...ordinary, extensions })).toMatchObject({
      due: '2020-05-25',
      extendedBy: second,
    });
  });

  it('has no extension where the pack knows none', () => {
    const clock = scheduledClock(unextendable, calendar, { ...ordinary, extensions: [{ event: first }] });
    expect(clock).toMatchObject({ due: '2020-04-24', rule: 'XM-16-4' });
    expect(clock).not.toHaveProperty('extendedBy');
  });

  it('is provisional when only the extension reaches a year without a notice', () => {
    const started = mark('delivery', '2026-12-07');
    expect(scheduledClock(provide, calendar, { ...ordinary, started })).toMatchObject({
      due: '2026-12-21',
      provisional: false,
    });
    expect(scheduledClock(provide, calendar, { ...ordinary, started, extensions: [{ event: first }] })).toMatchObject({
      due: '2027-01-05',
      provisional: true,
    });
  });

  it('cannot be judged without a start, and keeps its stop', () => {
    const stopped = mark('provision', '2020-04-20');
    expect(scheduledClock(provide, calendar, { holder, holds: () => false, stopped })).toEqual({
      clock: 'provide',
      rule: 'XM-16-4',
      holder,
      stopped,
      provisional: false,
    });
  });

  it('does not exist when no limit applies', () => {
    const conditional = { ...provide, limits: provide.limits.slice(0, 1) };
    expect(limitOf(conditional, () => false)).toBeUndefined();
    expect(scheduledClock(conditional, calendar, ordinary)).toBeUndefined();
  });
});

it('never asks the system whether `always` holds', () => {
  const holds = jest.fn(() => false);
  expect(limitOf(provide, holds)?.rule).toBe('XM-16-4');
  expect(holds.mock.calls).toEqual([['special']]);
});

it('tells a system what an extension would make of a due day', () => {
  expect(extendedDue(provide, { calendar }, legalDate('2020-04-24'))?.due).toBe('2020-05-11');
  expect(extendedDue(provide, { calendar }, legalDate('2020-04-24'), 1)?.due).toBe('2020-04-26');
  expect(extendedDue(provide, { calendar }, legalDate('2020-04-24'), 0)).toBeUndefined();
  expect(extendedDue(unextendable, { calendar }, legalDate('2020-04-24'))).toBeUndefined();
});
