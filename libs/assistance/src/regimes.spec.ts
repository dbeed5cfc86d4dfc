import { legalDate, startOfDay } from '#libs/kernel';
import {
  archivedBy,
  closed,
  delivered,
  extended,
  happened,
  law,
  obstacle,
  provided,
  requested,
  scene,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import { statusOf } from './case-state.js';
import * as commands from './commands/index.js';
import { explainedClocks } from './explained.js';
import type { AssistanceFact } from './facts/index.js';
import { clockText } from './flag-texts.js';
import { overlaysOf } from './overlays.js';
import { isInForce, regimesIn } from './regimes.js';
import { assistance } from './system.js';

const { given } = specification(assistance, scene);
const day = legalDate;
const regime = (on: string) => happened('AssistanceEmergencyRegimeActivated', on, { activationDocument: '应急1号' });
const ended = (on: string) => happened('AssistanceEmergencyRegimeEnded', on, {});
const base = [requested('2026-09-17'), delivered('2026-09-18')] as const;
const stretches = (...facts: readonly Happened<AssistanceFact>[]) =>
  regimesIn(given(...facts).state.facts).map(({ from, to }) => `${from} ${to ?? ''}`);

describe('突发事件 (XM-17-1): the days on which a regime is in force', () => {
  it.each([
    ['two, the later within the earlier', [regime('2026-09-01'), regime('2026-09-05'), ended('2026-09-10')], '01 '],
    [
      'two that overlap, each ended',
      [regime('2026-09-01'), regime('2026-09-05'), ended('2026-09-10'), ended('2026-09-20')],
      '01 2026-09-20',
    ],
    ['one that begins as another ends', [regime('2026-09-01'), ended('2026-09-05'), regime('2026-09-05')], '01 '],
    ['an end dated before any beginning', [regime('2026-09-10'), ended('2026-09-05')], '10 '],
    ['one that ended on its first day', [regime('2026-09-10'), ended('2026-09-10'), regime('2026-09-12')], '12 '],
  ] as const)('%s', (_name, facts, expected) => {
    expect(stretches(...facts).at(-1)).toBe(`2026-09-${expected}`);
    const { state } = given(obstacle('2026-08-20'), ...facts);
    const open = expected.endsWith(' ');
    expect(overlaysOf(state, law)).toEqual(open ? ['emergencyRegime'] : []);
    expect(isInForce(regimesIn(state.facts))).toBe(open);
  });

  it('an end that ended nothing does not keep the true one from being recorded', () => {
    given(...base, regime('2026-09-21'), ended('2026-09-20'))
      .when(commands.EndEmergencyRegime, { occurredAt: { on: day('2026-09-24') } })
      .records('AssistanceEmergencyRegimeEnded');
  });
});

describe('an extension that was granted (XM-16-6), while a regime that has not ended stands in its days', () => {
  const story = given(...base, extended('2026-09-24'), regime('2026-10-12'));

  it('is not late after the day it was to be extended from: no day can be told', () => {
    story.clock('provide', { verdict: 'notApplicable', notApplicable: 'emergencyRegime', due: undefined });
  });

  it('XM-17-1: tells in every sentence that the limit stands still, by which rule and switch, and no last day', () => {
    const told = (...more: readonly Happened<AssistanceFact>[]) => {
      const { state } = given(...base, extended('2026-09-24'), regime('2026-09-22'), ...more);
      return explainedClocks(state, law).find(({ clock }) => clock.clock === 'provide');
    };
    const open = told();
    expect(open?.parts.map(({ due }) => due)).toEqual([undefined, undefined]);
    expect(open?.cites.map(({ rule }) => rule)).toContain('XM-17-1');
    expect(open?.text).toEqual(
      expect.arrayContaining([
        '〔XM-17-1〕期间不计入期限，依规则包的开关（emergencyRegimeSuspends）。',
        '期限中止，已计2个工作日，届满日待中止结束后确定。',
      ]),
    );
    expect(told(ended('2026-09-24'))?.text).toContain('2026-09-23  不计  中止计算〔XM-17-1〕');
    const [clock] = story.at(startOfDay(day('2026-10-13'))).clocks.filter((one) => one.clock === 'provide');
    expect(clock && clockText(clock)).toBe('提供协助的期限未届满：应急处置期间期限中止，届满日待中止结束后确定。');
  });

  it('is still to be filed (XM-16-7), and its flags stay', () => {
    const { duties } = story.at(startOfDay(day('2026-10-13')));
    expect(duties.map(({ code }) => code)).toContain('extensionFiling');
    given(...base, extended('2026-09-24'), extended('2026-09-25', {}, undefined), regime('2026-10-12')).flagged(
      'XM-16-6',
      'extensionRepeated',
    );
  });
});

describe('the day the requester asked for (XM-6-4)', () => {
  const wished = (on: string) =>
    given(requested('2026-09-17', { requestedDueOn: day(on) })).at(startOfDay(day('2026-09-30')));
  const owed = (on: string) => wished(on).duties.filter(({ code }) => code === 'termsNotice');

  it('is not over on that day itself', () => {
    expect(owed('2026-09-30')).toEqual([]);
    expect(owed('2026-09-29')).toEqual([expect.objectContaining({ ageDays: 0 })]);
  });

  it('may be the last there is', () => {
    expect(owed('9999-12-31')).toEqual([]);
  });
});

describe('归档 (XM-15-7) of a case that came to no request', () => {
  const forgone = happened('AssistanceRequestForgone', '2026-09-15', { reason: '已自行取得' });
  const story = [obstacle('2026-09-14'), forgone, closed('2026-09-16')] as const;

  it('is complete once the only side has archived it', () => {
    expect(statusOf(given(...story).state)).toBe('closed');
    expect(statusOf(given(...story, archivedBy('2026-09-17', 'requesting')).state)).toBe('archived');
  });

  it('takes both sides once there are two', () => {
    const asked = [
      ...base,
      provided('2026-09-21'),
      closed('2026-09-22'),
      archivedBy('2026-09-23', 'requesting'),
    ] as const;
    expect(statusOf(given(...asked).state)).toBe('closed');
  });
});
