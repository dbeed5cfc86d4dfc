import { derivedId, instant, legalDate, type Names, type Uuid } from '#libs/kernel';
import { organs, people } from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import type { Happened } from '../../testing/src/specification/specification.js';
import { colourOf, skippedStages, statusOf } from './status.js';
import {
  acted,
  ANOMALY,
  by,
  CARD,
  carded,
  citySupervisor,
  detected,
  officers,
  ordered,
  supervisedCase,
  warned,
  withdrawn,
} from '../../testing/src/specification/supervision-cases.js';
import { isUnsettled } from './appeals.js';
import * as commands from './commands.js';
import type { SupervisionFact } from './facts.js';
import { particulars, supervision } from './system.js';

const names: Names = { organ: () => '某局', person: () => '某人' };
const { given } = specification(supervision, citySupervisor);
const as = (person: Uuid, organ: Uuid, role: string) =>
  specification(supervision, by(citySupervisor, person, organ, [role]));
const holder = as(people.head, organs.ecology, 'head');
const asker = as(people.otherHead, organs.market, 'head');
const chief = as(officers.cityChief, organs.cityOffice, 'supervisor');
const district = as(officers.district, organs.districtOffice, 'supervisor');
const at = { at: instant('2026-10-20T00:00:00Z') };
const on = { on: legalDate('2026-10-20') };

const statuses = ({ state }: ReturnType<typeof given>) => state.anomalies.map((one) => statusOf(state, one));

describe('预警和亮牌, by the service', () => {
  it('is issued once: a stage that stands is not issued again, in whatever command', () => {
    given(warned()).when(commands.IssueWarning, { occurredAt: at, turned: warned().data }).refuses('ISSUED_ALREADY');
    given(carded()).when(commands.IssueCard, { occurredAt: at, turned: carded().data }).refuses('ISSUED_ALREADY');
    given(carded())
      .when(commands.IssueCard, { occurredAt: at, turned: carded('red').data })
      .records('SupervisionCardIssued', { colour: 'red' });
  });

  it('is issued again for the same day once it was taken back', () => {
    given(carded(), withdrawn())
      .when(commands.IssueCard, { occurredAt: at, turned: carded().data })
      .records('SupervisionCardIssued', { colour: 'yellow' });
  });

  it('takes back only what stands, and keeps it visible', () => {
    const back = { occurredAt: at, issued: CARD, because: 'dueMoved' as const, dueNow: legalDate('2026-10-23') };
    given(carded()).when(commands.WithdrawCard, back).records('SupervisionCardWithdrawn', { because: 'dueMoved' });
    given(carded(), withdrawn()).when(commands.WithdrawCard, back).refuses('NOT_ISSUED');
    const file = given(carded(), withdrawn());
    expect(statuses(file)).toEqual(['withdrawn']);
    expect(file.state.issued).toMatchObject([{ event: CARD, withdrawn: { because: 'stoppedInTime' } }]);
  });

  it('makes one anomaly of the cards of one due day, in the colour of the graver', () => {
    const { state } = given(warned(), carded(), carded('red'));
    expect(state.anomalies.map((one) => [one.id, one.kind, colourOf(state, one)])).toEqual([[CARD, 'lateness', 'red']]);
  });

  it('finds each flag once, until it is cleared', () => {
    const { data } = detected();
    given(detected())
      .when(commands.DetectAnomalies, { occurredAt: at, found: [data] })
      .refuses('NOTHING_NEW');
    given(detected())
      .when(commands.DetectAnomalies, { occurredAt: at, found: [data, { ...data, code: 'noGround' }] })
      .records('SupervisionAnomalyDetected', { code: 'noGround' });
    given(detected({ apart: 'one item' }))
      .when(commands.DetectAnomalies, { occurredAt: at, found: [{ ...data, apart: 'another' }] })
      .records('SupervisionAnomalyDetected', { apart: 'another' });
    given(detected())
      .when(commands.ClearAnomalies, { occurredAt: at, gone: [{ anomaly: ANOMALY }] })
      .records('SupervisionAnomalyCleared', { anomaly: ANOMALY });
    given(carded())
      .when(commands.ClearAnomalies, { occurredAt: at, gone: [{ anomaly: CARD }] })
      .refuses('NOTHING_NEW');
  });
});

describe('提醒、督办、处理、考核, by persons', () => {
  const remind = { occurredAt: on, anomaly: CARD, to: organs.ecology, message: '请尽快办理' };
  const order = { occurredAt: on, anomaly: CARD, to: organs.ecology, requirement: '尽快办结' };

  it('goes through the stages, and shows the ones that were passed over without flagging them', () => {
    given(carded()).when(commands.SendReminder, remind).records('SupervisionReminderSent', { to: organs.ecology });
    const whole = given(
      carded(),
      acted('SupervisionReminderSent', '2026-10-12', { to: organs.ecology, message: '请尽快办理' }),
      ordered('2026-10-13', '2026-10-20'),
      acted('AnomalyHandled', '2026-10-14', { measures: '已提供' }),
    );
    expect(statuses(whole)).toEqual(['handled']);
    expect(whole.state.anomalies.map(skippedStages)).toEqual([[]]);
    const skipped = given(carded(), acted('AnomalyHandled', '2026-10-14', { measures: '已提供' }));
    expect(skipped.state.anomalies.map(skippedStages)).toEqual([['reminded', 'ordered']]);
    skipped.flags();
  });

  it('orders handling by a day of its own, or by the pack’s number of working days, which it says', () => {
    given(carded())
      .when(commands.OrderHandling, { ...order, due: legalDate('2026-10-23') })
      .records('SupervisedHandlingOrdered', { due: '2026-10-23' });
    given(carded())
      .when(commands.OrderHandling, order)
      .records('SupervisedHandlingOrdered', { due: '2026-10-27', dueCounted: true });
    given(carded())
      .when(commands.OrderHandling, { ...order, due: legalDate('2026-10-19') })
      .refuses('DUE_BEFORE_ORDER', '/due');
  });

  it('says of a day counted into a year without a notice, and of a card for one, that it is provisional', () => {
    given(carded())
      .when(commands.OrderHandling, { ...order, occurredAt: { on: legalDate('2026-12-30') } })
      .records('SupervisedHandlingOrdered', { due: '2027-01-07', dueCounted: true, dueProvisional: true });
    const counted = { dueCounted: true, dueProvisional: true } as const;
    const file = given(
      carded('yellow', { provisional: true }),
      ordered('2026-12-30', '2027-01-07', counted),
      ordered('2026-12-30', '2027-01-08'),
    );
    const told = file.at(instant('2026-12-31T00:00:00Z')).clocks;
    expect(told.map(({ provisional }) => provisional)).toEqual([true, false]);
    expect(told.map((clock) => supervision.told.clock(clock, names))).toEqual([
      '督办的期限至2027-01-07（节假日安排尚未公布，暂定）届满。',
      '督办的期限至2027-01-08届满。',
    ]);
    expect(particulars(file.state, names)).toMatchObject({
      anomalies: [{ provisional: true, says: expect.stringContaining('2026-10-09届满（节假日安排尚未公布，暂定）') }],
    });
    const settled = given(carded('yellow', { provisional: true }), carded('red'));
    expect(settled.state.anomalies).toMatchObject([{ provisional: false }]);
  });

  it('makes the order a clock: running, late by the day after, stopped by the handling', () => {
    const open = given(carded(), ordered('2026-10-20', '2026-10-27'));
    const verdictAt = (day: string, of = open) => of.at(instant(`${day}T00:00:00+08:00`)).clocks.map((c) => c.verdict);
    expect([verdictAt('2026-10-27'), verdictAt('2026-10-28')]).toEqual([['running'], ['late']]);
    const done = given(
      carded(),
      ordered('2026-10-20', '2026-10-27'),
      acted('AnomalyHandled', '2026-10-26', { measures: '已提供' }),
    );
    expect(verdictAt('2026-11-30', done)).toEqual(['onTime']);
    done.clock(done.schedule.clocks[0]!.clock, { rule: 'KESU-4', holder: organs.ecology, due: '2026-10-27' });
    given(carded()).silent('KESU-4');
  });

  it('asks neither after what it does not know, nor after what counts no more', () => {
    given(carded())
      .when(commands.SendReminder, { ...remind, anomaly: ANOMALY })
      .refuses('ANOMALY_UNKNOWN', '/anomaly');
    given(carded(), withdrawn()).when(commands.SendReminder, remind).refuses('ANOMALY_CLOSED');
    given(carded(), acted('AnomalyDismissed', '2026-10-12', { reason: '误报' }))
      .when(commands.OrderHandling, order)
      .refuses('ANOMALY_CLOSED');
    given(carded())
      .when(commands.SendReminder, { ...remind, to: organs.government })
      .refuses('ORGAN_NOT_OF_CASE', '/to');
    given(carded())
      .when(commands.TrackHandling, { ...remind, note: '询问' })
      .refuses('NOT_ORDERED', '/anomaly');
    given(carded(), ordered('2026-10-20', '2026-10-27'))
      .when(commands.TrackHandling, { occurredAt: on, anomaly: CARD, note: '询问' })
      .records('SupervisedHandlingTracked', { note: '询问' });
    given(carded())
      .when(commands.AssessAnomaly, { occurredAt: on, anomaly: CARD, assessed: organs.government, entry: '记入' })
      .refuses('ORGAN_NOT_OF_CASE', '/assessed');
  });
});

describe('本级优先', () => {
  // The case of a district's organ: its own level is the district's office.
  const ofDistrict = { of: { ...supervisedCase, parties: [organs.market, organs.districtPolice] } };
  const late = (colour: 'yellow' | 'red') => carded(colour, { ...ofDistrict, holder: organs.districtPolice });
  const remind = { occurredAt: on, anomaly: CARD, to: organs.districtPolice, message: '请尽快办理' };

  it('lets the staffing office of the organ’s own level go first, and the one above it once a red card stands', () => {
    given(late('yellow')).when(commands.SendReminder, remind).refuses('OWN_LEVEL_FIRST');
    district.given(late('yellow')).when(commands.SendReminder, remind).records('SupervisionReminderSent');
    given(late('yellow'), late('red')).when(commands.SendReminder, remind).records('SupervisionReminderSent');
  });

  it('lets whoever supervises act where the organ has no office of its own level', () => {
    const parties = [organs.market, organs.elsewhere];
    const of = { ...supervisedCase, parties };
    given(carded('yellow', { of, holder: organs.elsewhere }))
      .when(commands.SendReminder, { ...remind, to: organs.market })
      .records('SupervisionReminderSent');
  });
});

describe('销号和申诉', () => {
  const APPEAL = derivedId(['the appeal']);
  const { recorder } = citySupervisor;
  const reminded = {
    ...acted('SupervisionReminderSent', '2026-10-12', { to: organs.ecology, message: '请尽快办理' }),
    recorder,
  };
  const appealed = {
    ...acted('AnomalyAppealed', '2026-10-13', { reason: '送达日期有误' }, APPEAL),
    recorder: { ...recorder, organ: organs.ecology },
  };
  const decide = { occurredAt: on, anomaly: CARD, appeal: APPEAL, outcome: 'upheld' as const, reason: '日期有误' };

  it('dismisses with a reason and keeps it visible', () => {
    given(detected())
      .when(commands.DismissAnomaly, { occurredAt: on, anomaly: ANOMALY, reason: '依据写在附件中' })
      .records('AnomalyDismissed', { reason: '依据写在附件中' });
    expect(statuses(given(carded(), acted('AnomalyDismissed', '2026-10-12', { reason: '误报' })))).toEqual([
      'dismissed',
    ]);
  });

  it('takes one appeal at a time, of the organ concerned', () => {
    const appeal = { occurredAt: on, anomaly: CARD, reason: '送达日期有误' };
    holder.given(carded()).when(commands.AppealAnomaly, appeal).records('AnomalyAppealed');
    holder.given(carded(), appealed).when(commands.AppealAnomaly, appeal).refuses('APPEAL_PENDING');
    asker.given(carded()).when(commands.AppealAnomaly, appeal).refuses('ORGAN_NOT_CONCERNED');
  });

  it('lets both appeal of what is for neither alone, each in its own name', () => {
    const { holder: _none, ...data } = detected().data;
    const both = { ...detected(), data };
    const of = { ...appealed, data: { ...appealed.data, anomaly: ANOMALY } } as typeof appealed;
    const appeal = { occurredAt: on, anomaly: ANOMALY, reason: '另有依据' };
    holder.given(both, of).when(commands.AppealAnomaly, appeal).refuses('APPEAL_PENDING');
    asker.given(both, of).when(commands.AppealAnomaly, appeal).records('AnomalyAppealed');
  });

  it('is decided by a person who had no hand in it, under whatever post', () => {
    given(carded(), reminded, appealed).when(commands.DecideAppeal, decide).refuses('APPEAL_DECIDER_INVOLVED');
    const on_paper = { person: officers.city, organ: organs.cityOffice, post: '科员' };
    chief
      .given(carded(), reminded, appealed)
      .when(commands.DecideAppeal, { ...decide, by: on_paper })
      .refuses('APPEAL_DECIDER_INVOLVED');
    chief
      .given(carded(), reminded, appealed)
      .when(commands.DecideAppeal, decide)
      .records('AnomalyAppealDecided', { outcome: 'upheld' });
    chief.given(carded(), reminded).when(commands.DecideAppeal, decide).refuses('APPEAL_UNKNOWN', '/appeal');
  });
});

describe('申诉待决定', () => {
  const { recorder } = citySupervisor;
  const APPEAL = derivedId(['the appeal']);
  const appealed = { ...acted('AnomalyAppealed', '2026-10-14', { reason: '送达日期有误' }, APPEAL), recorder };
  const assessed = acted('AnomalyAssessed', '2026-10-13', { assessed: organs.ecology, entry: '记入' });
  const decided = (outcome: 'upheld' | 'rejected') =>
    acted('AnomalyAppealDecided', '2026-10-15', { appeal: APPEAL, outcome, reason: '已核对' });
  const unsettled = (...facts: readonly Happened<SupervisionFact>[]) => {
    const { state } = given(carded(), ...facts);
    return state.anomalies.map((one) => isUnsettled(state, one));
  };

  it('keeps an assessed anomaly unsettled until somebody decided the appeal', () => {
    expect([unsettled(assessed), unsettled(assessed, appealed)]).toEqual([[false], [true]]);
    for (const outcome of ['upheld', 'rejected'] as const)
      expect(unsettled(assessed, appealed, decided(outcome))).toEqual([false]);
    expect(unsettled(appealed, withdrawn())).toEqual([true]);
    expect(unsettled(appealed, withdrawn(), decided('rejected'))).toEqual([false]);
  });

  it('lets nobody dismiss meanwhile, not even who could decide it: finding for the organ is what dismisses', () => {
    const dismissal = { occurredAt: on, anomaly: CARD, reason: '误报' };
    for (const who of [specification(supervision, citySupervisor), chief])
      who
        .given(carded(), appealed)
        .when(commands.DismissAnomaly, dismissal)
        .refuses('DISMISSAL_UNDER_APPEAL', '/anomaly');
    given(carded(), appealed, decided('rejected'))
      .when(commands.DismissAnomaly, dismissal)
      .records('AnomalyDismissed', { reason: '误报' });
  });
});

describe('what the pack’s checks find open', () => {
  it('XM-5-1: an anomaly nobody has handled is told with its age', () =>
    void given(carded()).owed('XM-5-1', 'handling'));
  it('XM-5-1: of what is for neither side alone, both owe it', () => {
    const { holder: _none, ...data } = detected().data;
    given({ ...detected(), data }).owed('XM-5-1', 'handling');
    const { duties } = given({ ...detected(), data }).schedule;
    expect(duties.filter(({ code }) => code === 'handling').map(({ holder: by }) => by)).toEqual(
      supervisedCase.parties,
    );
  });
  it('XM-5-1 is silent once it was handled, dismissed or taken back', () => {
    given(carded(), acted('AnomalyHandled', '2026-10-14', { measures: '已提供' })).silent('XM-5-1');
    given(carded(), acted('AnomalyDismissed', '2026-10-14', { reason: '误报' })).silent('XM-5-1');
    given(carded(), withdrawn()).silent('XM-5-1');
  });
});
