import { endOfDay, instant, legalDate, startOfDay, type Instant } from '#libs/kernel';
import type { PackEdition } from '#libs/law';
import {
  accepted,
  by,
  closed,
  delivered,
  extended,
  happened,
  law,
  obstacle,
  organs,
  provided,
  requested,
  scene,
  unable,
  urgent,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import { custodyLine } from './custody.js';
import type { AssistanceFact } from './facts/index.js';
import { clockText } from './flag-texts.js';
import { schedule } from './schedule.js';
import { assistance } from './system.js';

type Story = readonly Happened<AssistanceFact>[];
const { given } = specification(assistance, scene);
const at = (day: string): Instant => startOfDay(legalDate(day));
const clock = (name: string, day: string, ...facts: Story) =>
  given(...facts)
    .at(at(day))
    .clocks.find((one) => one.clock === name);
const forgone = (on: string) => happened('AssistanceRequestForgone', on, { reason: '已自行取得' });

describe('提出请求期限 (XM-16-1): ten working days from the obstacle to the request', () => {
  // Monday 14 September 2026: Sunday 20 is worked, 25 to 27 are 中秋, so the tenth working day is Monday 28 September.
  it.each<[string, Story, object, string?]>([
    ['runs', [obstacle('2026-09-14')], { verdict: 'running', due: '2026-09-28', holder: organs.market }],
    [
      'is kept on the last day',
      [obstacle('2026-09-14'), requested('2026-09-28')],
      { verdict: 'onTime', stoppedBy: 'requested' },
      '2026-09-28',
    ],
    [
      'is missed a day later',
      [obstacle('2026-09-14'), requested('2026-09-29')],
      { verdict: 'late', daysLate: 1 },
      '2026-09-29',
    ],
    ['is stopped by an urgent request', [obstacle('2026-09-14'), urgent('2026-09-15')], { verdict: 'onTime' }],
    ['runs from the first obstacle', [obstacle('2026-09-16'), obstacle('2026-09-14')], { due: '2026-09-28' }],
    [
      'cannot be judged without a date',
      [obstacle('2026-09-14', { dateUnknown: true }), requested('2026-09-15')],
      { verdict: 'cannotJudge' },
    ],
    [
      'takes the one obstacle that has a date',
      [obstacle('2026-09-10', { dateUnknown: true }), obstacle('2026-09-14')],
      { due: '2026-09-28' },
    ],
    [
      'does not apply without an obstacle',
      [requested('2026-09-15')],
      { verdict: 'notApplicable', notApplicable: 'noObstacle' },
    ],
    [
      'does not apply once it was decided not to ask',
      [obstacle('2026-09-14'), forgone('2026-09-15')],
      { verdict: 'notApplicable', notApplicable: 'requestForgone' },
    ],
    [
      'applies again, from the first obstacle, when it is asked for after all',
      [obstacle('2026-09-14'), forgone('2026-09-15'), requested('2026-09-29')],
      { verdict: 'late', from: expect.objectContaining({ on: '2026-09-14' }) },
      '2026-09-29',
    ],
    [
      'runs on beside a ground that binds to ask',
      [obstacle('2026-09-14', { grounds: [{ code: 'XM-10-2' }] }), forgone('2026-09-15')],
      { verdict: 'running', due: '2026-09-28' },
    ],
  ])('%s', (_name, facts, expected, asOf = '2026-09-21') => {
    expect(clock('request', asOf, ...facts)).toMatchObject({ rule: 'XM-16-1', ...expected });
  });

  it('is late from the end of its last day on, as long as nothing was asked', () => {
    const { clocks } = given(obstacle('2026-09-14')).at(endOfDay(legalDate('2026-09-28')));
    expect(clocks).toMatchObject([{ clock: 'request', verdict: 'late', daysLate: 1 }]);
    expect(clockText(clocks[0]!)).toBe('提出请求的期限已于2026-09-28届满，至今逾期1个自然日。');
  });

  it('stands alone before a request: nobody has been asked to provide anything', () => {
    expect(given(obstacle('2026-09-14')).schedule.clocks.map(({ clock: name }) => name)).toEqual(['request']);
  });

  it('is judged by the law of the requesting organ until it asks', () => {
    const abroad = obstacle('2026-09-14', { requesting: organs.elsewhere });
    expect(given(abroad).schedule.clocks).toEqual([]);
    expect(given(abroad, requested('2026-09-15', { requesting: organs.elsewhere })).schedule.clocks).toHaveLength(2);
  });

  it('says why it does not apply', () => {
    expect(clockText(clock('request', '2026-09-21', requested('2026-09-15'))!)).toBe(
      '提出请求的期限不适用于本案：未记录遇到障碍。',
    );
  });
});

describe('提供协助期限 ended by the notice that no help can be given (XM-6-4, inferred)', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];

  it.each<[string, Story, object]>([
    ['in time', [unable('2026-10-09')], { verdict: 'onTime', stoppedBy: 'cannotProvide' }],
    ['late', [unable('2026-10-12')], { verdict: 'late', daysLate: 3, rule: 'XM-16-4' }],
    ['not by one about the manner', [unable('2026-09-21', { kind: 'manner' })], { verdict: 'late' }],
    ['not by one about the date', [unable('2026-09-21', { kind: 'date' })], { verdict: 'late' }],
    [
      'by help that came before it',
      [provided('2026-10-09'), unable('2026-10-12')],
      { verdict: 'onTime', stoppedBy: 'provided' },
    ],
    [
      'by it, before help that came all the same',
      [unable('2026-10-09'), provided('2026-10-12')],
      { verdict: 'onTime', stoppedBy: 'cannotProvide' },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(clock('provide', '2026-11-02', ...base, ...facts)).toMatchObject(expected);
  });

  it('tells what ended it', () => {
    expect(clockText(clock('provide', '2026-11-02', ...base, unable('2026-10-09'))!)).toBe(
      '提供协助的期限至2026-10-09届满，已于2026-10-09告知不能提供协助，按期。',
    );
  });

  it('starts at the receipt of an urgent request, and formalities restart nothing (XM-7-3)', () => {
    const facts: Story = [
      urgent('2026-09-17'),
      delivered('2026-09-17'),
      happened('AssistanceFormalitiesMadeUp', '2026-09-24', { documentNumber: '函3号' }),
    ];
    expect(clock('provide', '2026-09-28', ...facts)).toMatchObject({ from: { on: '2026-09-17' }, due: '2026-10-08' });
  });
});

describe('事项类别 decided (XM-16-5, recommended reading 11)', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];
  const decided = (on: string, matterClasses: readonly string[]) =>
    happened('AssistanceClassDecided', on, { matterClasses, deciders: [organs.market, organs.ecology] });

  it('counts from the same receipt by the class decided last', () => {
    expect(clock('provide', '2026-09-28', ...base, decided('2026-09-24', ['investigation']))).toMatchObject({
      due: '2026-10-22',
      rule: 'XM-16-5',
    });
    const back = [...base, decided('2026-09-24', ['investigation']), decided('2026-09-28', ['ordinary'])];
    expect(clock('provide', '2026-09-28', ...back)).toMatchObject({ due: '2026-10-09', rule: 'XM-16-4' });
  });

  it('is not moved by a dispute alone', () => {
    const disputed = happened('AssistanceClassDisputed', '2026-09-21', {
      matterClasses: ['investigation'],
      reason: '须调查',
    });
    expect(clock('provide', '2026-09-28', ...base, disputed)).toMatchObject({ due: '2026-10-09' });
  });
});

describe('a case closed without an answer (办结, inferred)', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];
  const provide = (...facts: Story) => clock('provide', '2026-11-02', ...base, ...facts);

  it.each<[string, Story, object]>([
    ['before the limit is out leaves no clock', [closed('2026-09-21')], { notApplicable: 'closedUnanswered' }],
    ['on its last day leaves none either', [closed('2026-10-09')], { notApplicable: 'closedUnanswered' }],
    ['after it is late by that day', [closed('2026-10-12')], { verdict: 'late', daysLate: 3, stoppedBy: 'closed' }],
    [
      'is late no longer by the day, whatever comes after',
      [closed('2026-10-12'), provided('2026-10-20')],
      { verdict: 'late', daysLate: 3, stoppedBy: 'closed' },
    ],
    [
      'is answered by help of that day, recorded afterwards',
      [closed('2026-09-30'), provided('2026-09-30')],
      { verdict: 'onTime', stoppedBy: 'provided' },
    ],
    [
      'is answered by the notice that came before',
      [unable('2026-09-21'), closed('2026-09-22')],
      { verdict: 'onTime', stoppedBy: 'cannotProvide' },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(provide(...facts)).toMatchObject(expected);
  });

  it('is said so, and it is nobody’s turn to give help any more', () => {
    expect(clockText(provide(closed('2026-09-21'))!)).toBe(
      '提供协助的期限不适用于本案：期限届满之前，未提供协助即已办结。',
    );
    expect(clockText(provide(closed('2026-10-12'))!)).toBe(
      '提供协助的期限至2026-10-09届满，于2026-10-12未提供协助即已办结，晚了3个自然日。',
    );
    const turns = custodyLine(given(...base, closed('2026-10-12')).state, law);
    expect(turns.map(({ task, clock: of }) => [task, of])).toEqual([
      ['delivering', undefined],
      ['providing', 'provide'],
      ['archiving', undefined],
    ]);
  });

  it('leaves no 当场 to find either', () => {
    const possible = { ...accepted('2026-09-18'), data: { by: by.handler, onSpotPossible: true } };
    expect(clock('onSpot', '2026-11-02', ...base, possible, closed('2026-09-21'))).toMatchObject({
      verdict: 'notApplicable',
      notApplicable: 'closedUnanswered',
    });
  });
});

describe('当场提供 (XM-16-2): both days are told, and a person finds whether it was on the spot', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];
  const possible = { ...accepted('2026-09-18'), data: { by: by.handler, onSpotPossible: true } };
  const onSpot = (...facts: Story) => clock('onSpot', '2026-11-02', ...base, ...facts);

  it('is no clock where nothing says that it was possible', () => {
    expect(onSpot()).toBeUndefined();
    expect(onSpot(accepted('2026-09-18'), provided('2026-09-18'))).toBeUndefined();
  });

  it('has no due day, is never late and never on time', () => {
    expect(onSpot(possible)).toMatchObject({ rule: 'XM-16-2', verdict: 'running', ageDays: 45 });
    expect(onSpot(possible)).not.toHaveProperty('due');
    expect(onSpot(possible, provided('2026-09-21'))).toMatchObject({ verdict: 'cannotJudge', ageDays: 3 });
    expect(onSpot(provided('2026-09-18', { onSpot: true }))).toMatchObject({ verdict: 'cannotJudge', ageDays: 0 });
  });

  it('is told with both days', () => {
    expect(clockText(onSpot(possible)!)).toBe('2026-09-18送达，已过45天，尚未当场提供协助；是否逾期由人认定。');
    expect(clockText(onSpot(provided('2026-09-21', { onSpot: true }))!)).toBe(
      '2026-09-18送达，2026-09-21提供，历时3天；是否当场提供协助由人认定。',
    );
  });

  it('raises no doubt of its own beside that of the limit in days', () => {
    const parts: Story = [provided('2026-09-18', { onSpot: true }), provided('2026-09-21', { onSpot: true })];
    const { flags } = given(...base, delivered('2026-09-19'), ...parts).schedule;
    const doubts = flags.filter(({ code }) => code === 'stoppedInParts' || code === 'startContested');
    expect(doubts.map(({ rule }) => rule)).toEqual(['XM-16-4', 'XM-16-4']);
  });
});

describe('突发事件 (XM-17-1): the clocks give way where the pack says so', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];
  const regime = (on: string) =>
    happened('AssistanceEmergencyRegimeActivated', on, { activationDocument: '应急1号', plan: '防台风预案' });
  const ended = (on: string) => happened('AssistanceEmergencyRegimeEnded', on, {});

  it.each<[string, Story, object]>([
    ['for the days it lasted', [regime('2026-09-21'), ended('2026-09-24')], { verdict: 'running', due: '2026-10-13' }],
    ['until it has ended', [regime('2026-09-21')], { verdict: 'notApplicable', notApplicable: 'emergencyRegime' }],
    ['and not after the limit was over', [regime('2026-10-12')], { due: '2026-10-09' }],
    [
      'and not after help was given',
      [provided('2026-09-21'), regime('2026-09-22')],
      { verdict: 'onTime', due: '2026-10-09' },
    ],
    [
      'also for an extended limit',
      [extended('2026-09-20'), regime('2026-10-12'), ended('2026-10-14')],
      { due: '2026-10-26' },
    ],
  ])('%s', (_name, facts, expected) => {
    expect(clock('provide', '2026-09-28', ...base, ...facts)).toMatchObject(expected);
  });

  it('runs on where the pack does not say so', () => {
    const strict = law.editions.map(({ pack, digest }): PackEdition => {
      const own = pack.systems['assistance']!;
      const values = { ...own.values, emergencyRegimeSuspends: false };
      return { digest, pack: { ...pack, systems: { assistance: { ...own, values } } } };
    });
    const { state } = given(...base, regime('2026-09-21'));
    expect(schedule(state, { ...law, editions: strict }).clocks[0]?.due).toBe('2026-10-09');
  });

  it('pairs each end with the regime before it, whatever the order of recording', () => {
    const twice: Story = [ended('2026-09-24'), regime('2026-09-28'), regime('2026-09-21'), ended('2026-09-29')];
    expect(clock('provide', '2026-09-28', ...base, ...twice)).toMatchObject({ due: '2026-10-14' });
  });
});

describe('a limit in hours, where a pack has one', () => {
  const hourly = law.editions.map(({ pack, digest }): PackEdition => {
    const own = pack.systems['assistance']!;
    const clocks = own.clocks.map((rule) => ({
      ...rule,
      limits: rule.limits.map(({ when, rule: cited }) => ({ when, rule: cited, unit: 'hour' as const, hours: 24 })),
    }));
    return { digest, pack: { ...pack, systems: { ...pack.systems, assistance: { ...own, clocks } } } };
  });
  const provide = (...facts: Story) =>
    schedule(given(...facts).state, { ...law, editions: hourly }).clocks.find((one) => one.clock === 'provide');
  const moment = instant('2026-09-18T01:30:00Z');

  it('runs from the moment of the receipt to the moment of the help', () => {
    const received = { ...delivered('2026-09-18'), occurredAt: { at: moment } };
    const helped = { ...provided('2026-09-19'), occurredAt: { at: instant('2026-09-19T01:30:00Z') } };
    expect(provide(requested('2026-09-17'), received, helped)).toMatchObject({
      from: { at: moment },
      dueAt: '2026-09-19T01:30:00.000000Z',
      stopped: { at: helped.occurredAt.at },
    });
  });

  it('has no end where only the day of the receipt is known', () =>
    expect(provide(requested('2026-09-17'), delivered('2026-09-18'))).not.toHaveProperty('due'));
});
