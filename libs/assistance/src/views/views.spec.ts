import {
  canonicalJson,
  corrected,
  derivedId,
  fold,
  legalDate,
  movedBy,
  type CommonFact,
  type Row,
  type Sealed,
} from '#libs/kernel';
import {
  delivered,
  extended,
  fedBack,
  law,
  organs,
  provided,
  recorder,
  requested,
  scene,
  step,
} from '../../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../../testing/src/specification/index.js';
import type { AssistanceCase } from '../case-state.js';
import type { AssistanceFact } from '../facts/index.js';
import { assistance } from '../system.js';
import { extensionFaults } from '../questions/extensions.js';
import { caseFile } from './case-file.js';
import { extensions } from './extensions.js';
import { timeline } from './timeline.js';

const id = derivedId(['case']);

const toldOf = (...facts: readonly Happened<AssistanceFact | CommonFact>[]) => {
  const history = recordedAs<AssistanceFact | CommonFact>(facts, scene);
  const told = movedBy<AssistanceCase, AssistanceFact, typeof law>(id, history, {
    state: fold(assistance.decider, corrected<AssistanceFact>(history)),
    history,
    law,
  });
  if (!told) throw new Error('nothing happened');
  return told;
};
const fileOf = (...facts: readonly Happened<AssistanceFact>[]): Row => caseFile.rowsOf(toldOf(...facts))[0]!;
const base = [requested('2026-09-17'), delivered('2026-09-18')] as const;

describe('案卷', () => {
  it('shows the parties, the status, and of the running clock when it is due and from when it is late', () => {
    expect(fileOf(...base)).toMatchObject({
      case: id,
      revision: 1,
      requesting: organs.market,
      requested: organs.ecology,
      status: 'delivered',
      document_number: '厦市监函〔2026〕88号',
      pack: 'XM@2020-04-10#7',
      requested_on: '2026-09-17',
      due_on: '2026-10-09',
      late_from: '2026-10-09T16:00:00.000000Z',
      flag_count: 0,
      fed_back: 0,
      last_recorded_at: scene.now,
    });
  });

  it('has no due day before the clock starts, after it stopped, and none for a case without a request', () => {
    expect(fileOf(base[0]).due_on).toBeUndefined();
    expect(fileOf(...base, provided('2026-09-28'))).toMatchObject({ status: 'provided', late_from: undefined });
    expect(caseFile.rowsOf(toldOf(base[1]))).toEqual([]);
  });

  it('counts flags and tells when steps have been fed back', () => {
    const row = fileOf(...base, extended('2026-10-10'), provided('2026-10-12'), fedBack('2026-10-13'));
    expect(row).toMatchObject({ flag_count: 1, fed_back: 1, status: 'fedBack' });
    expect(row.schedule).toEqual(
      assistance.schedule(
        toldOf(...base, extended('2026-10-10'), provided('2026-10-12'), fedBack('2026-10-13')).state,
        law,
      ),
    );
  });

  it('follows a case whose law is not in hand, without a schedule', () => {
    const moved = toldOf(...base);
    expect(caseFile.rowsOf({ ...moved, law: { ...law, editions: [] } })[0]).toMatchObject({
      pack: undefined,
      schedule: { clocks: [], flags: [], duties: [] },
    });
  });
});

describe('延长目录', () => {
  it('XM-16-6: tells of an approval of too many days how many were granted and how many count', () => {
    const [row] = extensions.rowsOf(toldOf(...base, extended('2026-09-28', { days: 30 })));
    const names = { organ: () => '生态环境局', person: () => '许局长' };
    const shown = { ...row, key: row!.event, not_entitled: 0, late: 0, unfiled: 1 };
    const { says } = extensionFaults.told(shown, { today: legalDate('2026-10-01'), asOf: scene.now }, names);
    expect(says).toBe(
      '生态环境局：2026-09-28由生态环境局局长许局长批准的延长。批准延长30个工作日，超出规则包允许天数的部分未计入，暂按10个工作日计算，须由人核定。未见报送备案的记录。',
    );
  });
});

describe('时间线', () => {
  const sealed: Sealed = { sealed: 'x', subject: derivedId(['s']), iv: 'iv', ct: 'ct', keyHash: 'k' };

  it('has one row per fact, as recorded, sealed values sealed', () => {
    const rows = timeline.rowsOf(toldOf(requested('2026-09-17', { matter: sealed }), step('2026-09-21')));
    expect(rows).toMatchObject([
      {
        case: id,
        revision: 0,
        event: derivedId(['fact', 0]),
        type: 'AssistanceRequested',
        version: 1,
        occurred_on: '2026-09-17',
        occurred_at: { on: '2026-09-17' },
        recorded_at: scene.now,
        recorder,
        recorder_organ: organs.market,
        fact: { matter: sealed },
        audience: 'parties',
      },
      { revision: 1, type: 'AssistanceStepRecorded', audience: 'ownUntilFeedback' },
    ]);
  });

  it('keeps to the order of revisions, whatever stands behind a correction', () => {
    const { occurredAt } = base[0];
    const approved = { type: 'FactCorrected', occurredAt, data: { request: derivedId(['request']) } } as const;
    const told = toldOf(...base, approved, provided('2026-09-28'));
    expect(timeline.rowsOf(told).map(({ revision, type }) => [revision, type])).toEqual([
      [0, 'AssistanceRequested'],
      [1, 'AssistanceRequestDelivered'],
      [2, 'FactCorrected'],
      [3, 'AssistanceProvided'],
    ]);
  });
});

it('fills every column it declares, with nothing that cannot be stored', () => {
  const story = [...base, step('2026-09-21'), extended('2026-10-10'), provided('2026-10-12')] as const;
  for (const view of assistance.views) {
    const rows = view.rowsOf(toldOf(...story));
    expect([view.name, rows.length > 0]).toEqual([view.name, true]);
    for (const row of rows) {
      expect(Object.keys(row).toSorted()).toEqual(Object.keys(view.columns).toSorted());
      expect(() => canonicalJson(row)).not.toThrow();
      expect(view.key.filter((column) => row[column] === undefined)).toEqual([]);
    }
  }
});
