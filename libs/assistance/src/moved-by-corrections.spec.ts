import { derivedId, instant, legalDate, type CommonFact } from '#libs/kernel';
import {
  delivered,
  extended,
  happened,
  law,
  names,
  obstacle,
  organs,
  provided,
  requested,
  scene,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { flagText } from './flag-texts.js';
import { overlaysOf } from './overlays.js';
import { assistance } from './system.js';

/* What a correction may move, decided as it is within one side: the class of the matter not at all, a day never unseen. */

type Fact = Happened<AssistanceFact | CommonFact>;
const { given } = specification(assistance, scene);
const named = <F extends Happened<AssistanceFact>>(fact: F, name: string): F => ({ ...fact, id: derivedId([name]) });
const correction = (name: string, pointer: string, after: unknown): readonly Fact[] => [
  {
    type: 'CorrectionRequested',
    id: derivedId(['to correct', name, pointer]),
    occurredAt: { on: legalDate('2026-10-14') },
    data: { corrects: derivedId([name]), version: 1, pointer, after, reason: '登记有误' } as never,
  },
  {
    type: 'FactCorrected',
    occurredAt: { on: legalDate('2026-10-14') },
    data: { request: derivedId(['to correct', name, pointer]) },
  },
];
const ordinary = named(requested('2026-09-17'), 'request');
const special = named(requested('2026-09-17', { matterClasses: ['investigation'] }), 'request');
const receipt = named(delivered('2026-09-18'), 'receipt');
const says = (story: ReturnType<typeof given>) => story.schedule.flags.map((flag) => flagText(flag, names));

describe('更正所写的事项类别 (XM-16-5)', () => {
  const longer = correction('request', '/data/matterClasses', ['investigation']);
  const shorter = correction('request', '/data/matterClasses', ['ordinary']);

  it('XM-16-5 moves no limit after the receipt, in either direction, and goes to a person with both days', () => {
    const lengthened = given(ordinary, receipt, ...longer).flagged('XM-16-5', 'classCorrected');
    lengthened.clock('provide', { rule: 'XM-16-4', due: '2026-10-09' }).raises('classCorrected');
    given(special, receipt, ...shorter)
      .flagged('XM-16-5', 'classCorrected')
      .clock('provide', { due: '2026-10-22' });
    expect(says(lengthened)).toEqual([expect.stringMatching(/收到时的类别到期日为2026-10-09，按更正后的为2026-10-22/)]);
  });

  it('XM-16-5 counts from before the receipt: what the other side received governs', () => {
    const early = specification(assistance, { ...scene, now: instant('2026-09-17T12:00:00+08:00') });
    early
      .given(ordinary, receipt, ...longer)
      .clock('provide', { rule: 'XM-16-5', due: '2026-10-22' }, scene.now)
      .raises();
  });

  it('XM-16-5 asks nobody any more once both sides have decided', () => {
    const both = happened('AssistanceClassDecided', '2026-10-14', {
      matterClasses: ['investigation'],
      deciders: [organs.market, organs.ecology],
    });
    given(ordinary, receipt, ...longer, both)
      .raises('classDecided')
      .clock('provide', { due: '2026-10-22' });
  });

  it('XM-16-5 is silent where the corrected class has the same limit', () => {
    given(ordinary, receipt, ...correction('request', '/data/matterClasses', ['other'])).silent('XM-16-5');
  });
});

describe('更正移动期限', () => {
  it.each<[string, readonly Fact[], string, [clock: object, text: string]]>([
    [
      'the day of the receipt',
      [ordinary, receipt, ...correction('receipt', '/occurredAt', { on: '2026-09-21' })],
      'dueCorrected',
      [{ due: '2026-10-12' }, '第2项（送达）经更正，期限的到期日因此由2026-10-09改为2026-10-12'],
    ],
    [
      'the day of an extension that came too late',
      [
        ordinary,
        receipt,
        extended('2026-10-12', {}, derivedId(['extension'])),
        ...correction('extension', '/occurredAt', { on: '2026-10-09' }),
      ],
      'dueCorrected',
      [{ rule: 'XM-16-6', due: '2026-10-22' }, '到期日因此由2026-10-09改为2026-10-22'],
    ],
    [
      'the day help was given, which was late',
      [
        ordinary,
        receipt,
        named(provided('2026-10-12'), 'help'),
        ...correction('help', '/occurredAt', { on: '2026-10-09' }),
      ],
      'stopCorrected',
      [{ verdict: 'onTime' }, '第3项（提供协助）经更正，期限的截止日因此由2026-10-12改为2026-10-09'],
    ],
  ])('by %s is seen', (_what, facts, code, [clock, text]) => {
    const story = given(...facts).clock('provide', clock);
    expect(story.schedule.flags.map((flag) => flag.code)).toContain(code);
    expect(says(story).join()).toContain(text);
  });

  it('XM-16-1 by the day of an obstacle that had none is seen: what could not be judged is on time', () => {
    const undated = named(obstacle('2026-09-04', { dateUnknown: true }), 'obstacle');
    const story = given(undated, ordinary, ...correction('obstacle', '/data/dateUnknown', false))
      .flagged('XM-16-1', 'dueCorrected')
      .clock('request', { verdict: 'onTime' });
    expect(says(story).join()).toContain('到期日因此由无从计算改为2026-09-18');
  });

  it.each<[string, readonly Fact[]]>([
    ['of help that stays in time', correction('help', '/occurredAt', { on: '2026-09-28' })],
    ['of what no clock rests on', correction('help', '/data/onSpot', false)],
    [
      'that was taken back by another',
      [
        ...correction('receipt', '/occurredAt', { on: '2026-09-21' }),
        ...correction('receipt', '/occurredAt', { on: '2026-09-18' }).map((fact) => ({
          ...fact,
          ...(fact.type === 'FactCorrected' ? { data: { request: derivedId(['back']) } } : { id: derivedId(['back']) }),
        })),
      ] as readonly Fact[],
    ],
  ])('is not by a correction %s', (_what, corrected) => {
    given(ordinary, receipt, named(provided('2026-09-25'), 'help'), ...corrected).raises();
  });
});

describe('类别异议的并存状态 (XM-16-5)', () => {
  const disputed = happened('AssistanceClassDisputed', '2026-09-21', {
    matterClasses: ['opinion'],
    reason: '须出具意见',
  });
  const decided = (...deciders: readonly (keyof typeof organs)[]) =>
    happened('AssistanceClassDecided', '2026-09-22', {
      matterClasses: ['opinion'],
      deciders: deciders.map((name) => organs[name]),
    });

  it.each<[string, readonly Happened<AssistanceFact>[], readonly string[]]>([
    ['stands without a decision', [disputed], ['classDisputed']],
    ['stands beside a decision that counts for nothing', [disputed, decided('ecology')], ['classDisputed']],
    ['ends with one that counts', [disputed, decided('ecology', 'market')], []],
    [
      'ends with one that counts, whatever one side says after it',
      [disputed, decided('government'), decided('market')],
      [],
    ],
  ])('%s', (_what, facts, overlays) => {
    expect(overlaysOf(given(ordinary, receipt, ...facts).state, law)).toEqual(overlays);
  });
});
