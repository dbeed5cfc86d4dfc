import { derivedId, legalDate } from '#libs/kernel';
import {
  closed,
  delivered,
  happened,
  provided,
  requested,
  scene,
  unable,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import { ReturnMaterials } from './commands/index.js';
import type { AssistanceFact } from './facts/index.js';
import { assistance } from './system.js';

type Story = readonly Happened<AssistanceFact>[];
const { given } = specification(assistance, scene);
const codesOf = (...facts: Story) => given(...facts).schedule.flags.map(({ rule, code }) => `${rule} ${code}`);
const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];

describe('告知不能提供协助 (XM-6-4, XM-12, XM-13)', () => {
  it.each<[string, Parameters<typeof unable>[1], readonly string[]]>([
    ['in writing, coded, reasoned and explained', {}, []],
    ['without a number', { documentNumber: null }, ['XM-6-4 inabilityUnwritten']],
    ['without a reason', { reason: null }, ['XM-6-4 inabilityUnreasoned']],
    ['without a cause', { cause: null, particulars: null }, ['XM-6-4 inabilityUncoded']],
    ['for another cause', { cause: 'other', causeNote: '资料已销毁' }, ['XM-6-4 openCause']],
    ['about the date alone, without a cause', { kind: 'date', cause: null }, []],
    ['without what its cause asks for', { particulars: null }, ['XM-12-5 causeUnexplained']],
    ['as barred by law, explained', { cause: 'XM-13-1', particulars: [{ name: 'violatedLaw', text: '某法' }] }, []],
    ['as barred by law, unexplained', { cause: 'XM-13-1' }, ['XM-13-1 causeUnexplained']],
    ['for a breach of procedure that is not named', { cause: 'XM-12-1' }, ['XM-12-1 breachNotCited']],
    ['for a breach nobody knows', { cause: 'XM-12-1', violatedRule: 'XM-99-1' }, ['XM-12-1 citedRuleUnknown']],
    [
      'for a breach the record does not show',
      { cause: 'XM-12-1', violatedRule: 'XM-7-1' },
      ['XM-12-1 citedBreachUnseen'],
    ],
    ['for a breach that a person decides', { cause: 'XM-12-1', violatedRule: 'XM-6-1' }, []],
  ])('%s', (_what, overrides, codes) => {
    expect(codesOf(...base, unable('2026-09-24', overrides))).toEqual(codes);
  });

  it('takes a breach of procedure that the record shows', () => {
    const unwritten = requested('2026-09-17', { form: 'agreed' });
    const notice = unable('2026-09-24', { cause: 'XM-12-1', violatedRule: 'XM-7-1' });
    expect(codesOf(unwritten, base[1]!, notice)).toEqual(['XM-7-1 notWritten']);
  });

  it('shows help given all the same where the cause forbids it (XM-13-2), and not where it only excuses', () => {
    const barred = unable('2026-09-24', {
      cause: 'XM-13-2',
      particulars: [{ name: 'harmedInterest', text: '公共利益' }],
    });
    expect(codesOf(...base, barred, provided('2026-09-28'))).toEqual(['XM-13-2 providedThoughForbidden']);
    expect(codesOf(...base, unable('2026-09-24'), provided('2026-09-28'))).toEqual([]);
  });

  it('asks a supervisor to look where a pressing ground was refused (KESU-3), and not where another was', () => {
    const pressing = { code: 'XM-10-2', particulars: [{ name: 'urgency', text: '即将灭失' }] };
    expect(codesOf(requested('2026-09-17', { grounds: [pressing] }), base[1]!, unable('2026-09-24'))).toEqual([
      'KESU-3 pressingRefused',
    ]);
    expect(
      codesOf(requested('2026-09-17', { grounds: [pressing] }), base[1]!, unable('2026-09-24', { kind: 'date' })),
    ).toEqual([]);
  });
});

describe('退回资料 (XM-6-5), matched kind by kind against what was handed over', () => {
  const ASKED = derivedId(['the request with materials']);
  const materials = [
    { name: '照片', copies: 12 },
    { name: '名册', copies: 1 },
  ];
  const asked: Story = [
    { ...requested('2026-09-17', { materials }), id: ASKED },
    delivered('2026-09-18'),
    unable('2026-09-24'),
  ];
  const back = (on: string, ...items: readonly (readonly [item: number, copies: number])[]) =>
    happened('AssistanceMaterialsReturned', on, {
      returned: items.map(([item, copies]) => ({ handedOver: ASKED, item, copies })),
    });
  const openDuty = (...facts: Story) =>
    given(...facts)
      .at(scene.now)
      .duties.some(({ code }) => code === 'materialsReturn');

  it.each<[string, Story, boolean, readonly string[]]>([
    ['nothing yet', [], true, []],
    ['one kind', [back('2026-09-25', [0, 12])], true, []],
    ['all at once', [back('2026-09-25', [0, 12], [1, 1])], false, []],
    ['all in parts', [back('2026-09-25', [0, 5]), back('2026-09-28', [0, 7], [1, 1])], false, []],
    ['more of one kind instead of another', [back('2026-09-25', [0, 13])], true, ['XM-6-5 returnUnmatched']],
    ['a kind nobody handed over', [back('2026-09-25', [0, 12], [1, 1], [2, 1])], false, ['XM-6-5 returnUnmatched']],
    [
      'nothing, and it is said that nothing was handed over',
      [happened('AssistanceNoMaterialsDeclared', '2026-09-25', {})],
      true,
      ['XM-6-5 noMaterialsContradicted'],
    ],
  ])('%s', (_what, facts, open, codes) => {
    expect(openDuty(...asked, ...facts)).toBe(open);
    expect(codesOf(...asked, ...facts)).toEqual(codes);
  });

  it('goes back after help too, which is matched and owed to nobody', () => {
    const [request, receipt] = asked;
    const helped: Story = [request!, receipt!, provided('2026-09-24')];
    given(...helped)
      .when(ReturnMaterials, {
        occurredAt: { on: legalDate('2026-09-25') },
        returned: [{ handedOver: ASKED, item: 0, copies: 12 }],
      })
      .records('AssistanceMaterialsReturned')
      .raises();
    expect(codesOf(...helped, back('2026-09-25', [0, 13]))).toEqual(['XM-6-5 returnUnmatched']);
    expect(openDuty(...helped, back('2026-09-25', [0, 12]))).toBe(false);
  });

  it('fulfils the duty of a notice that came after it, and goes to a person', () => {
    expect(openDuty(...asked, back('2026-09-23', [0, 12]))).toBe(true);
    expect(openDuty(...asked, back('2026-09-23', [0, 12], [1, 1]))).toBe(false);
    expect(codesOf(...asked, back('2026-09-23', [0, 12]))).toEqual(['XM-6-5 returnedBeforeNotice']);
    expect(codesOf(asked[0]!, asked[1]!, back('2026-09-23', [0, 12]))).toEqual([]);
  });

  it('is owed for what was handed over later too', () => {
    const later = happened('AssistanceMaterialsHandedOver', '2026-09-21', {
      materials: [{ name: '补充照片', copies: 2 }],
    });
    expect(openDuty(...asked, later, back('2026-09-25', [0, 12], [1, 1]))).toBe(true);
  });

  it('is not owed where nothing was handed over, nor where help is only delayed', () => {
    expect(openDuty(...base, unable('2026-09-24'))).toBe(false);
    expect(openDuty(asked[0]!, asked[1]!, unable('2026-09-24', { kind: 'manner' }))).toBe(false);
  });

  it('is flagged where a refused case is closed before, and a refused case owes neither help nor feedback', () => {
    const registers = ['XM-15-0 closedUnregistered', 'XM-15-0 closedUnregistered'];
    expect(codesOf(...asked, closed('2026-09-30'))).toEqual(['XM-6-5 closedUnreturned', ...registers]);
    expect(codesOf(...asked, back('2026-09-25', [0, 12], [1, 1]), closed('2026-09-30'))).toEqual(registers);
    expect(given(...asked, closed('2026-09-30')).state.facts.AssistanceClosed).toHaveLength(1);
  });
});
