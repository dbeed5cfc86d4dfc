import { ProvenClock, type ClockCase } from '../../../testing/src/specification/clock-proofs.js';
import { adopted, calendar, lawClock } from '../../../testing/src/specification/five-laws.js';

/* 没有天数的时限, and what the kinds of limit do that a plain count of days does not. */

interface Immediate {
  readonly rule: string;
  readonly proven: ProvenClock;
  readonly condition?: string;
}

const IMMEDIATE: readonly Immediate[] = [
  { rule: 'XM-16-2', proven: lawClock('XM', 'assistance', 'onSpot'), condition: 'onSpotPossible' },
  { rule: 'CQ-3.3-10', proven: lawClock('CQ', 'enforcementAssistance', 'urgentStart'), condition: 'urgent' },
  { rule: 'CQ-4.1-5', proven: lawClock('CQ', 'informationSharing', 'query'), condition: 'especiallyUrgent' },
  { rule: 'CQ-4.2-13', proven: lawClock('CQ', 'transfers', 'handling') },
  { rule: 'CQ-4.2-15', proven: lawClock('CQ', 'transfers', 'onward'), condition: 'heldFromOutside' },
  { rule: 'GZ-2-1-2-2', proven: lawClock('GZ', 'informationSharing', 'inform'), condition: 'foundByTownship' },
];

describe.each(IMMEDIATE)('$rule 立即、当场', ({ rule, proven, condition }) => {
  const holds = condition === undefined ? [] : [condition];
  const of: ClockCase = { started: '2026-03-20', holds };

  it('tells its age and is never late, however long it takes', () => {
    proven
      .judged(rule, of, '2026-03-20T08:00:00Z', { verdict: 'running', ageDays: 0 })
      .judged(rule, of, '2029-12-31T00:00:00Z', { verdict: 'running', ageDays: 1382 });
    expect(proven.told(of)?.clock).not.toHaveProperty('due');
  });

  it('is left to a person once it is done, with both days: never on time, never a breach', () => {
    for (const [stopped, ageDays] of [
      ['2026-03-20', 0],
      ['2026-06-20', 92],
    ] as const)
      proven.judged(rule, { ...of, stopped }, '2026-12-31T00:00:00Z', { verdict: 'cannotJudge', ageDays });
  });

  it('cannot be judged without its start', () => {
    proven.judged(rule, { holds }, '2026-12-31T00:00:00Z', { verdict: 'cannotJudge' });
  });

  it('is silent where it does not apply', () => {
    proven.silent(rule, condition === undefined ? { notApplicable: 'transferred' } : { started: '2026-03-20' });
  });

  it('explains itself', () => {
    proven
      .explains(rule, of, '是否立即由人认定', '尚未办理；是否及时由人认定，软件不认定逾期')
      .explains(rule, { ...of, stopped: '2026-03-23' }, '2026-03-23办理，距起算3天；是否及时由人认定');
  });
});

it('CQ-4.2-6 is the back-stop of 立即移送: past it late, inside it never on time', () => {
  const held: ClockCase = { started: '2026-04-30', holds: ['heldFromOutside'] };
  lawClock('CQ', 'transfers', 'transfer')
    .judged('CQ-4.2-6', held, '2026-05-07T15:59:59Z', { verdict: 'running', ageDays: 7 })
    .judged('CQ-4.2-6', held, '2026-05-07T16:00:00Z', { verdict: 'late', daysLate: 1 })
    .judged('CQ-4.2-6', { ...held, stopped: '2026-05-06' }, '2026-12-31T00:00:00Z', { verdict: 'cannotJudge' })
    .judged('CQ-4.2-6', { ...held, stopped: '2026-05-08' }, '2026-12-31T00:00:00Z', { verdict: 'late', daysLate: 1 })
    .explains('CQ-4.2-6', held, '立即办理的后限：未过不等于及时');
});

describe('CQ-3.3-11 当日', () => {
  const of: ClockCase = { started: '2026-03-20', holds: ['notUrgent'] };
  const done = (stopped: string): ClockCase => ({ ...of, stopped });
  const ASKED = '2026-12-31T00:00:00Z';

  it('is on time on the day of the reply; a start on the next working day is shown, not called late', () => {
    lawClock('CQ', 'enforcementAssistance', 'start')
      .judged('CQ-3.3-11', of, '2026-03-23T15:59:59Z', { verdict: 'running', due: '2026-03-20' })
      .judged('CQ-3.3-11', of, '2026-03-23T16:00:00Z', { verdict: 'late' })
      .judged('CQ-3.3-11', done('2026-03-20'), ASKED, { verdict: 'onTime' })
      .judged('CQ-3.3-11', done('2026-03-23'), ASKED, { verdict: 'cannotJudge' })
      .judged('CQ-3.3-11', done('2026-03-24'), ASKED, { verdict: 'late', daysLate: 4 })
      .judged('CQ-3.3-11', { holds: ['notUrgent'] }, ASKED, { verdict: 'cannotJudge' })
      .silent('CQ-3.3-11', { started: '2026-03-20' })
      .explains('CQ-3.3-11', done('2026-03-23'), '届满 2026-03-20', '届满后1个工作日内办理的只作提示');
  });

  it('is late the day after where the pack reads it strictly', () => {
    const pointer = '/systems/enforcementAssistance/clocks/2/limits/0/graceDays';
    ProvenClock.of(adopted('CQ', '97', pointer), 'enforcementAssistance', 'start', calendar)
      .judged('CQ-3.3-11', of, '2026-03-20T16:00:00Z', { verdict: 'late', daysLate: 1 })
      .judged('CQ-3.3-11', done('2026-03-21'), ASKED, { verdict: 'late', daysLate: 1 });
  });
});

describe('CQ-4.2-2 以足日计', () => {
  it('moves the last day back by a working day where the pack says so', () => {
    const pointer = '/systems/jointEnforcement/clocks/4/limits/0/clearDays';
    const of: ClockCase = { started: '2020-06-18' };
    ProvenClock.of(adopted('CQ', '97', pointer, true), 'jointEnforcement', 'meetingNotice', calendar)
      .judged('CQ-4.2-2', of, '2020-06-10T15:59:59Z', { verdict: 'running', due: '2020-06-10' })
      .explains('CQ-4.2-2', of, '其间须有足日', '届满 2020-06-10');
  });
});

describe('PW-9-5-0-1 窗口期', () => {
  const proven = lawClock('PW', 'catalogue', 'declare');
  const declared = (stopped: string): ClockCase => ({
    started: '2026-06-01',
    stopped,
    holds: ['normChangedByCityAgency'],
  });
  const ASKED = '2026-12-31T00:00:00Z';

  it('has three bands: no finding before it opens, on time inside, late from the day of effect', () => {
    proven
      .judged('PW-9-5-0-1', declared('2026-05-10'), ASKED, {
        verdict: 'notApplicable',
        notApplicable: 'beforeWindow',
        opens: '2026-05-11',
      })
      .judged('PW-9-5-0-1', declared('2026-05-11'), ASKED, { verdict: 'onTime' })
      .judged('PW-9-5-0-1', declared('2026-05-31'), ASKED, { verdict: 'onTime' })
      .judged('PW-9-5-0-1', declared('2026-06-01'), ASKED, { verdict: 'late', daysLate: 1 });
  });

  it('tells the window day by day', () => {
    proven
      .explains(
        'PW-9-5-0-1',
        declared('2026-05-10'),
        '窗口期自2026-05-11开始，至2026-05-31为止',
        '早于窗口期：不作认定',
      )
      .explains('PW-9-5-0-1', declared('2026-05-12'), '2026-05-11  第15日  工作日', '2026-05-12办理，未过届满日');
  });

  it('has no finding where there was no time to declare in', () => {
    proven.silent('PW-9-5-0-1', { ...declared('2026-06-01'), notApplicable: 'noLeadTime' });
  });
});

describe('GZ-2-5-0-2 每年不少于1次', () => {
  const proven = lawClock('GZ', 'guidance', 'visit');
  const visited = (...occasions: string[]): ClockCase => ({
    started: '2025-01-01',
    occasions,
    holds: ['delegationInvolved'],
  });
  const ASKED = '2026-06-01T00:00:00Z';

  it('is judged once the year is over, by the acts of that year', () => {
    proven
      .judged('GZ-2-5-0-2', visited(), '2025-12-31T15:59:59.999999Z', {
        verdict: 'running',
        count: { least: 1, found: 0 },
      })
      .judged('GZ-2-5-0-2', visited(), '2025-12-31T16:00:00Z', { verdict: 'late' })
      .judged('GZ-2-5-0-2', visited('2025-12-31'), ASKED, { verdict: 'onTime', count: { least: 1, found: 1 } })
      .judged('GZ-2-5-0-2', visited('2024-12-31', '2026-01-01'), ASKED, {
        verdict: 'late',
        count: { least: 1, found: 0 },
      })
      .judged('GZ-2-5-0-2', { holds: ['delegationInvolved'] }, ASKED, { verdict: 'cannotJudge' });
  });

  it('is silent where no power was delegated', () => {
    proven.silent('GZ-2-5-0-2', { started: '2025-01-01' });
  });

  it('explains itself by the acts it counted', () => {
    proven.explains(
      'GZ-2-5-0-2',
      visited('2025-03-02', '2025-11-05'),
      '按2025年计算，年终才判断',
      '2025-11-05  第2次',
      '当年应有1次，已有记录2次',
    );
  });
});
