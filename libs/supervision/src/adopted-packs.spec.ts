import { derivedId, instant, legalDate } from '#libs/kernel';
import {
  editionFor,
  shippedPacks,
  SUPERVISION,
  thresholdsIn,
  turnsOf,
  type PackEdition,
  type SystemRules,
} from '#libs/law';
import { law, organs } from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import {
  acted,
  ANOMALY,
  carded,
  citySupervisor,
  detected,
  ordered,
} from '../../testing/src/specification/supervision-cases.js';
import { packFaults } from './pack-names.js';
import { supervision } from './system.js';

/*
 * Packs that ship without a day of effect (PW, a sample; GZ): they bind nobody, and let supervision say nothing by itself. What
 * the checks of this system make of PW's rules shows once somebody adopts the text with a day and places.
 */
const REGION = '3502';
const FROM = legalDate('2026-01-01');
const day = legalDate('2026-10-20');
const shipped = (name: string): PackEdition => {
  const found = shippedPacks().find(({ pack }) => pack.pack === name);
  if (!found) throw new Error(`no pack ${name}`);
  return found;
};
const adopted = ({ digest, pack }: PackEdition): PackEdition => ({
  digest,
  pack: { ...pack, regions: [REGION], effectiveFrom: FROM },
});
const under = (...editions: readonly PackEdition[]) =>
  specification(supervision, { ...citySupervisor, law: { ...law, editions } });

describe('PW and GZ as they ship', () => {
  it('bind nobody, on no day, whatever they say to supervision', () => {
    for (const name of ['PW', 'GZ']) {
      const edition = shipped(name);
      expect([edition.pack.effectiveFrom, edition.pack.regions]).toEqual([undefined, []]);
      expect(editionFor({ ...law, editions: [edition] }, '350200', day, SUPERVISION)).toBeUndefined();
    }
    under(shipped('PW')).given(carded(), ordered('2026-10-20', '2026-10-27')).owesNothing();
  });

  it('let nothing turn by itself where the text says nothing of supervision, as GZ does not', () => {
    const { pack } = adopted(shipped('GZ'));
    expect(thresholdsIn(pack.systems[SUPERVISION])).toBeUndefined();
    under(adopted(shipped('GZ')))
      .given(carded(), ordered('2026-10-20', '2026-10-27'))
      .owesNothing();
  });
});

describe('PW, adopted with a day and places', () => {
  const edition = adopted(shipped('PW'));
  const { given } = under(edition);
  const reminded = acted('SupervisionReminderSent', '2026-10-12', { to: organs.ecology, message: '请尽快办理' });
  const handled = acted('AnomalyHandled', '2026-10-22', { measures: '已提供' });
  const dismissed = acted('AnomalyDismissed', '2026-10-22', { reason: '误报' });

  it('is a pack that this program can use, whose clocks turn', () => {
    const watching = edition.pack.systems[SUPERVISION]!;
    expect(packFaults(watching)).toEqual([]);
    const event = derivedId(['an event']);
    const due = legalDate('2026-10-09');
    const clock = { clock: 'provide', rule: 'R-1', holder: event, from: { on: day, event }, due, provisional: false };
    const lateFrom = instant('2026-10-10T00:00:00+08:00');
    expect(turnsOf({ ...clock, lateFrom }, law.calendar, thresholdsIn(watching)!)).toHaveProperty('yellow', lateFrom);
  });

  it('PW-10-1-0-2 十（一）报警和处理: an anomaly nobody has handled', () => {
    given(carded(), reminded).owed('PW-10-1-0-2', 'handling');
    given(carded(), handled).silent('PW-10-1-0-2');
    given(carded(), dismissed).silent('PW-10-1-0-2');
  });

  it('PW-10-2-5-2 十（二）5 自动发现、提醒、督办: an anomaly of which no person has taken notice', () => {
    given(detected()).owed('PW-10-2-5-2', 'notice');
    given(carded()).owed('PW-10-2-5-2', 'notice');
    given(carded(), reminded).silent('PW-10-2-5-2');
    given(detected(), acted('AnomalyDismissed', '2026-09-20', { anomaly: ANOMALY, reason: '误报' })).silent(
      'PW-10-2-5-2',
    );
  });

  it('PW-10-2-5-1 十（二）5 督办的跟踪: an order nobody has tracked before it was handled', () => {
    const order = ordered('2026-10-13', '2026-10-20');
    given(carded(), order).owed('PW-10-2-5-1', 'tracking');
    given(carded(), reminded).silent('PW-10-2-5-1');
    given(carded(), order, handled).silent('PW-10-2-5-1');
    const tracked = {
      type: 'SupervisedHandlingTracked' as const,
      occurredAt: { on: legalDate('2026-10-16') },
      data: { anomaly: order.data.anomaly, note: '电话询问进展' },
    };
    given(carded(), order, tracked).silent('PW-10-2-5-1');
  });

  it('governs no file that was opened before its day', () => {
    const { digest, pack } = edition;
    const later = { digest, pack: { ...pack, effectiveFrom: legalDate('2026-11-01') } };
    under(later).given(carded(), reminded).owesNothing();
  });
});

it.each<[string, SystemRules['values'], string, string]>([
  ['no count', { redAfterWorkingDays: 'five' }, '/values/redAfterWorkingDays', '红牌的天数须为不小于 1 的整数'],
  ['too small', { warningWorkingDays: 0 }, '/values/warningWorkingDays', '预警的天数须为不小于 1 的整数'],
  [
    'the wrong way round',
    { yellowAfterWorkingDays: 9 },
    '/values/yellowAfterWorkingDays',
    '黄牌的天数不得多于红牌的天数',
  ],
])('refuses thresholds that are %s', (_what, changes, at, says) => {
  const part = shipped('PW').pack.systems[SUPERVISION]!;
  expect(packFaults({ ...part, values: { ...part.values, ...changes } })).toEqual([{ at, says }]);
});

it('names each threshold that is missing', () => {
  const part = shipped('PW').pack.systems[SUPERVISION]!;
  const { redAfterWorkingDays: _red, ...values } = part.values;
  expect(packFaults({ ...part, values })).toEqual([{ at: '/values', says: '缺少红牌的天数（redAfterWorkingDays）' }]);
});
