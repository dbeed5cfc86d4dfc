import { instant, legalDate, type Uuid } from '#libs/kernel';
import { registerWith, type LawBook } from '#libs/law';
import { organs, people } from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import type { Happened } from '../../testing/src/specification/specification.js';
import { statusOf } from './status.js';
import {
  acted,
  by,
  CARD,
  carded,
  citySupervisor,
  detected,
  ANOMALY,
  officers,
  ordered,
  supervisedCase,
  withdrawn,
} from '../../testing/src/specification/supervision-cases.js';
import * as commands from './commands.js';
import type { SupervisionFact } from './facts.js';
import { isUnsettled } from './appeals.js';
import { orderUntracked } from './rules.js';
import { supervision } from './system.js';

/* Who answers an order or an anomaly, and what an answer answers. */

const { given } = specification(supervision, citySupervisor);
const as = (person: Uuid, organ: Uuid, role: string, scene = citySupervisor) =>
  specification(supervision, by(scene, person, organ, [role]));
const ecology = as(people.head, organs.ecology, 'head');
const market = as(people.otherHead, organs.market, 'head');
const on = { on: legalDate('2026-10-20') };
const handling = { occurredAt: on, anomaly: CARD, measures: '已提供' };
const recordedBy = (organ: Uuid) => ({ ...citySupervisor.recorder, organ });
const handled = (day: string, organ: Uuid = organs.ecology) => ({
  ...acted('AnomalyHandled', day, { measures: '已提供' }),
  recorder: recordedBy(organ),
});
const assessed = acted('AnomalyAssessed', '2026-10-21', { assessed: organs.ecology, entry: '记入' });
const file = (...facts: readonly Happened<SupervisionFact>[]) => given(carded(), ...facts);
const statusIn = ({ state }: ReturnType<typeof file>) => state.anomalies.map((one) => statusOf(state, one))[0];
const unsettledIn = ({ state }: ReturnType<typeof file>) => state.anomalies.map((one) => isUnsettled(state, one))[0];
const verdictsAt = (day: string, of: ReturnType<typeof file>) =>
  of.at(instant(`${day}T00:00:00+08:00`)).clocks.map(({ verdict }) => verdict);
/** Of each order, whether it is to be tracked still: a duty of PW, which is no law of Xiamen. */
const trackedNot = ({ state }: ReturnType<typeof file>) =>
  orderUntracked(state, 'PW-10-2-5-1').map(({ endedBy }) => endedBy === undefined);
const neither = () => {
  const { holder: _none, ...data } = detected().data;
  return { ...detected(), data };
};

describe('异常由谁处理', () => {
  it('is the organ concerned, or who supervises; never the other side in its name', () => {
    ecology.given(carded()).when(commands.RecordHandling, handling).records('AnomalyHandled');
    given(carded()).when(commands.RecordHandling, handling).records('AnomalyHandled');
    market.given(carded()).when(commands.RecordHandling, handling).refuses('ORGAN_NOT_CONCERNED');
    market
      .given(neither())
      .when(commands.RecordHandling, { ...handling, anomaly: ANOMALY })
      .records('AnomalyHandled');
  });

  it('is the organ ordered, where one was', () => {
    const toMarket = ordered('2026-10-13', '2026-10-23', { to: organs.market });
    market.given(carded(), toMarket).when(commands.RecordHandling, handling).records('AnomalyHandled');
    ecology.given(carded(), toMarket).when(commands.RecordHandling, handling).refuses('ORGAN_NOT_CONCERNED');
  });

  it('is the organ that succeeded it (职权承继)', () => {
    const merged = registerWith(citySupervisor.law.organs, [
      {
        type: 'OrganAbolished',
        version: 1,
        data: { organ: organs.ecology, into: organs.audit },
        occurredAt: { on: legalDate('2026-10-15') },
      },
    ]);
    const law: LawBook = { ...citySupervisor.law, organs: merged };
    const successor = as(people.head, organs.audit, 'head', { ...citySupervisor, law });
    successor.given(carded()).when(commands.RecordHandling, handling).records('AnomalyHandled');
    successor
      .given(carded())
      .when(commands.AppealAnomaly, { ...handling, reason: '有误' })
      .records('AnomalyAppealed');
  });

  it('is recorded by the office of the organ’s own level first (本级优先)', () => {
    const parties = [organs.market, organs.districtPolice];
    const late = carded('yellow', { of: { ...supervisedCase, parties }, holder: organs.districtPolice });
    given(late).when(commands.RecordHandling, handling).refuses('OWN_LEVEL_FIRST');
    const district = as(officers.district, organs.districtOffice, 'supervisor');
    district.given(late).when(commands.RecordHandling, handling).records('AnomalyHandled');
  });
});

describe('考核', () => {
  const assess = { occurredAt: on, anomaly: CARD, assessed: organs.ecology, entry: '记入' };

  it('is of the organ concerned and of no other, once', () => {
    given(carded()).when(commands.AssessAnomaly, assess).records('AnomalyAssessed');
    given(carded())
      .when(commands.AssessAnomaly, { ...assess, assessed: organs.market })
      .refuses('ASSESSED_NOT_CONCERNED', '/assessed');
    given(carded(), assessed).when(commands.AssessAnomaly, assess).refuses('ASSESSED_ALREADY', '/assessed');
  });

  it('is of each side once where an anomaly is for neither alone', () => {
    const of = { ...assess, anomaly: ANOMALY };
    const first = acted('AnomalyAssessed', '2026-10-21', { ...of, assessed: organs.market });
    given(neither(), first).when(commands.AssessAnomaly, of).records('AnomalyAssessed');
    given(neither(), first)
      .when(commands.AssessAnomaly, { ...of, assessed: organs.market })
      .refuses('ASSESSED_ALREADY', '/assessed');
  });

  it('answers no order: it stays open until the organ has handled it', () => {
    const open = file(ordered('2026-10-20', '2026-10-27'), assessed);
    expect([statusIn(open), unsettledIn(open), verdictsAt('2026-10-28', open)]).toEqual(['ordered', true, ['late']]);
    const done = file(ordered('2026-10-20', '2026-10-27'), assessed, handled('2026-10-22'));
    expect([statusIn(done), unsettledIn(done)]).toEqual(['assessed', false]);
  });
});

describe('督办', () => {
  it('is answered by what was recorded after it alone, though on the same day', () => {
    const before = file(handled('2026-10-20'), ordered('2026-10-20', '2026-10-27'));
    expect([statusIn(before), verdictsAt('2026-10-28', before)]).toEqual(['ordered', ['late']]);
    const after = file(ordered('2026-10-20', '2026-10-27'), handled('2026-10-20'));
    expect([statusIn(after), verdictsAt('2026-10-28', after)]).toEqual(['handled', ['onTime']]);
    const dated = file(ordered('2026-10-20', '2026-10-27'), handled('2026-10-19'));
    expect([statusIn(dated), verdictsAt('2026-10-28', dated)]).toEqual(['ordered', ['late']]);
  });

  it('PW-10-2-5-1: orders anew what was handled, and is to be tracked anew', () => {
    const again = file(ordered('2026-10-13', '2026-10-20'), handled('2026-10-14'), ordered('2026-10-20', '2026-10-27'));
    expect([statusIn(again), unsettledIn(again), verdictsAt('2026-10-28', again)]).toEqual([
      'ordered',
      true,
      ['onTime', 'late'],
    ]);
    expect(trackedNot(again)).toEqual([false, true]);
  });

  it('is answered by the organ it was directed to: the other side’s handling answers its own order alone', () => {
    const both = [ordered('2026-10-13', '2026-10-20'), ordered('2026-10-13', '2026-10-20', { to: organs.market })];
    const one = file(...both, handled('2026-10-14', organs.market));
    expect([statusIn(one), verdictsAt('2026-10-21', one)]).toEqual(['ordered', ['late', 'onTime']]);
    const supervisors = file(...both, handled('2026-10-14', organs.cityOffice));
    expect([statusIn(supervisors), verdictsAt('2026-10-21', supervisors)]).toEqual(['handled', ['onTime', 'onTime']]);
  });
});

describe('撤回亮牌 takes back neither the order nor the appeal', () => {
  const APPEAL = CARD;
  const appealed = {
    ...acted('AnomalyAppealed', '2026-10-11', { reason: '送达日期有误' }, APPEAL),
    recorder: recordedBy(organs.ecology),
  };
  const order = ordered('2026-10-11', '2026-10-20');
  const gone = () => file(order, withdrawn());

  it('keeps the clock of the order running, and the anomaly withdrawn and unsettled', () => {
    expect([statusIn(gone()), unsettledIn(gone()), verdictsAt('2026-10-21', gone())]).toEqual([
      'withdrawn',
      true,
      ['late'],
    ]);
    expect(trackedNot(gone())).toEqual([true]);
  });

  it('is handled, tracked or dismissed still, and then done with', () => {
    ecology.given(carded(), order, withdrawn()).when(commands.RecordHandling, handling).records('AnomalyHandled');
    gone()
      .when(commands.TrackHandling, { ...handling, note: '询问' })
      .records('SupervisedHandlingTracked');
    gone()
      .when(commands.DismissAnomaly, { ...handling, reason: '误报' })
      .records('AnomalyDismissed');
    const answered = file(order, withdrawn(), handled('2026-10-15'));
    expect([statusIn(answered), unsettledIn(answered), verdictsAt('2026-10-21', answered)]).toEqual([
      'withdrawn',
      false,
      ['onTime'],
    ]);
    ecology
      .given(carded(), order, withdrawn(), handled('2026-10-15'))
      .when(commands.RecordHandling, handling)
      .refuses('ANOMALY_CLOSED');
    const dismissed = file(order, withdrawn(), acted('AnomalyDismissed', '2026-10-15', { reason: '误报' }));
    expect([unsettledIn(dismissed), verdictsAt('2026-10-21', dismissed)]).toEqual([false, []]);
  });

  it('takes nothing new about the anomaly that was withdrawn', () => {
    gone()
      .when(commands.OrderHandling, { ...handling, to: organs.ecology, requirement: '尽快办结' })
      .refuses('ANOMALY_CLOSED');
    gone()
      .when(commands.AssessAnomaly, { ...handling, assessed: organs.ecology, entry: '记入' })
      .refuses('ANOMALY_CLOSED');
    ecology
      .given(carded(), order, withdrawn())
      .when(commands.AppealAnomaly, { ...handling, reason: '有误' })
      .refuses('ANOMALY_CLOSED');
  });

  it('lets the appeal be decided still', () => {
    const chief = as(officers.cityChief, organs.cityOffice, 'supervisor');
    const decide = { ...handling, appeal: APPEAL, outcome: 'rejected' as const, reason: '日期无误' };
    chief.given(carded(), appealed, withdrawn()).when(commands.DecideAppeal, decide).records('AnomalyAppealDecided');
  });
});
