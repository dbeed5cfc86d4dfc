import { derivedId, legalDate } from '#libs/kernel';
import { rule as catalogued } from '#libs/law';
import {
  accepted,
  archivedBy,
  by,
  closed,
  delivered,
  entered,
  extended,
  fedBack,
  filed,
  law,
  names,
  organs,
  provided,
  requested,
  scene,
  step,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import type { flagTexts } from './flag-texts.js';
import { flagText } from './flag-texts.js';
import { assistance } from './system.js';

type Story = readonly Happened<AssistanceFact>[];
const { given } = specification(assistance, scene);
const raisedBy = (facts: Story): readonly (readonly [string, string])[] =>
  given(...facts).schedule.flags.map(({ rule, code }) => [rule, code]);

const asked = requested('2026-09-17');
const running: Story = [asked, delivered('2026-09-18')];
const helped: Story = [...running, provided('2026-09-28')];
const unnamed = { by: null } as const;

/** Each row: the rule and the flag, a history in which it is raised, and the same one put right, in which it is not. */
const rules: readonly (readonly [rule: string, code: keyof typeof flagTexts, raised: Story, silent: Story])[] = [
  [
    'XM-2-1',
    'subordinate',
    [requested('2026-09-17', { requested: organs.ecologyBranch, requesting: organs.ecology })],
    [asked],
  ],
  ['XM-2-1', 'subordinate', [requested('2026-09-17', { requesting: organs.government })], [asked]],
  [
    'XM-2-2',
    'requestedKind',
    [requested('2026-09-17', { requested: organs.entrusted })],
    [requested('2026-09-17', { requested: organs.centralUnit })],
  ],
  ['XM-6-1', 'noLegalBasis', [requested('2026-09-17', { legalBasis: null })], [asked]],
  [
    'XM-6-3',
    'noGround',
    [requested('2026-09-17', { grounds: [] })],
    [requested('2026-09-17', { grounds: [{ code: 'XM-11-4' }] })],
  ],
  ['XM-9-6', 'openGround', [requested('2026-09-17', { grounds: [{ code: 'XM-9-6', note: '另有原因' }] })], [asked]],
  ['XM-10-3', 'openGround', [requested('2026-09-17', { grounds: [{ code: 'XM-10-3', note: '另有情形' }] })], [asked]],
  ['XM-7-1', 'notWritten', [requested('2026-09-17', { form: 'agreed' })], [asked]],
  ['XM-7-1', 'noDocumentNumber', [requested('2026-09-17', { documentNumber: null })], [asked]],
  [
    'XM-16-4',
    'startContested',
    [...running, delivered('2026-09-21')],
    [...running, delivered('2026-09-18', { proof: { kind: 'systemLog' } }), delivered('2026-09-18', { proof: null })],
  ],
  ['XM-16-4', 'startContested', [...running, delivered('2026-09-17', { proof: null })], running],
  [
    'XM-16-4',
    'startContested',
    [asked, delivered('2026-09-18', { proof: null }), delivered('2026-09-21', { proof: null })],
    [asked, delivered('2026-09-18', { proof: null })],
  ],
  [
    'XM-16-5',
    'startContested',
    [requested('2026-09-17', { matterClasses: ['opinion'] }), delivered('2026-09-18'), delivered('2026-09-21')],
    [requested('2026-09-17', { matterClasses: ['opinion'] }), delivered('2026-09-18')],
  ],
  ['XM-16-4', 'stoppedInParts', [...helped, provided('2026-09-29')], helped],
  [
    'XM-16-2',
    'onSpotLater',
    [...running, provided('2026-09-21', { onSpot: true })],
    [...running, provided('2026-09-18', { onSpot: true })],
  ],
  [
    'XM-16-2',
    'onSpotLater',
    [
      asked,
      delivered('2026-09-17', { proof: null }),
      delivered('2026-09-18'),
      provided('2026-09-17', { onSpot: true }),
    ],
    [
      asked,
      delivered('2026-09-17', { proof: null }),
      delivered('2026-09-18'),
      provided('2026-09-18', { onSpot: true }),
    ],
  ],
  [
    'XM-14-1',
    'handlerNotNamed',
    [...running, provided('2026-09-28', unnamed)],
    [...running, step('2026-09-21'), provided('2026-09-28', unnamed)],
  ],
  ['XM-22-2', 'signatoryUnknown', [...running, provided('2026-09-28', { signedInNameOf: null })], helped],
  [
    'XM-14-2',
    'feedbackIncomplete',
    [...helped, fedBack('2026-09-29', { result: null })],
    [...helped, fedBack('2026-09-29', { result: null }), fedBack('2026-09-30', { matter: null, course: null })],
  ],
  [
    'XM-16-7',
    'filedElsewhere',
    [...running, extended('2026-09-28'), filed('2026-09-29', { office: organs.districtOffice })],
    [...running, extended('2026-09-28'), filed('2026-09-29')],
  ],
  [
    'XM-16-7',
    'filedElsewhere',
    [...running, extended('2026-09-28'), filed('2026-09-29', { office: organs.audit })],
    [...running, extended('2026-09-28'), filed('2026-09-29', { office: null })],
  ],
  ['XM-14-1', 'closedWithoutProvision', [...running, closed('2026-09-30')], [...helped, closed('2026-09-30')]],
  [
    'XM-14-2',
    'closedWithoutFeedback',
    [...helped, closed('2026-09-30')],
    [...helped, fedBack('2026-09-29'), closed('2026-09-30')],
  ],
  [
    'XM-16-7',
    'closedUnfiled',
    [...helped.slice(0, 2), extended('2026-09-28'), closed('2026-09-30')],
    [...helped.slice(0, 2), extended('2026-09-28'), filed('2026-09-29'), closed('2026-09-30')],
  ],
  ['KESU-1', 'outOfOrder', [asked, delivered('2026-09-16')], [asked, delivered('2026-09-17')]],
  ['KESU-1', 'outOfOrder', [...running, accepted('2026-09-17')], [...running, accepted('2026-09-18')]],
  ['KESU-1', 'outOfOrder', [...running, provided('2026-09-17')], helped],
  [
    'KESU-1',
    'outOfOrder',
    [asked, delivered('2026-09-17', { proof: null }), delivered('2026-09-21'), accepted('2026-09-18')],
    [asked, delivered('2026-09-17', { proof: null }), delivered('2026-09-21'), accepted('2026-09-21')],
  ],
  [
    'KESU-2',
    'afterClosure',
    [...helped, closed('2026-09-28'), fedBack('2026-09-29')],
    [...helped, closed('2026-09-28')],
  ],
  [
    'KESU-2',
    'afterClosure',
    [...helped, closed('2026-09-30'), step('2026-10-08')],
    [...helped, closed('2026-09-30'), step('2026-09-30')],
  ],
  ['KESU-1', 'outOfOrder', [...helped, fedBack('2026-09-27')], [...helped, fedBack('2026-09-28')]],
  [
    'KESU-1',
    'outOfOrder',
    [...running, extended('2026-09-28'), filed('2026-09-27')],
    [...running, extended('2026-09-28'), filed('2026-09-28')],
  ],
];

it.each(rules)('%s raises %s, and only where it is due', (rule, code, raised, silent) => {
  expect(raisedBy(raised)).toContainEqual([rule, code]);
  expect(raisedBy(silent).map(([, other]) => other)).not.toContain(code);
});

it('flags a requesting body of a kind that may not ask (XM-2-2), and takes 参照执行 bodies as they are (XM-26-1)', () => {
  const [edition] = law.editions;
  const own = edition!.pack.systems['assistance']!;
  const strict = { ...own, values: { ...own.values, requestingKinds: ['authorised'] } };
  const editions = [{ ...edition!, pack: { ...edition!.pack, systems: { assistance: strict } } }];
  const underStrictLaw = specification(assistance, { ...scene, law: { ...law, editions } }).given(asked);
  expect(underStrictLaw.schedule.flags).toMatchObject([{ rule: 'XM-2-2', code: 'requestingKind' }]);
  expect(raisedBy([requested('2026-09-17', { requesting: organs.centralUnit })])).toEqual([]);
});

it('leaves the office of a 参照执行 body’s filing to a person (XM-16-7, XM-26-1)', () => {
  const story: Story = [
    requested('2026-09-17', { requested: organs.centralUnit }),
    delivered('2026-09-18'),
    extended('2026-09-28'),
    filed('2026-09-29', { office: organs.districtOffice }),
  ];
  expect(raisedBy(story).map(([, code]) => code)).not.toContain('filedElsewhere');
});

it('finds nothing in a case that was done well', () => {
  const story: Story = [
    ...running,
    accepted('2026-09-18'),
    step('2026-09-21'),
    extended('2026-09-28', { by: by.deputy }),
    filed('2026-09-29'),
    provided('2026-10-22'),
    fedBack('2026-10-23'),
    ...(['requesting', 'requested'] as const).map((side) =>
      entered('2026-10-23', side, { feedbackSummary: '许可有效', feedbackOn: legalDate('2026-10-23') }),
    ),
    closed('2026-10-26'),
    archivedBy('2026-10-27', 'requesting'),
    archivedBy('2026-10-28', 'requested'),
  ];
  const assessed = given(...story).at(scene.now);
  expect(assessed).toMatchObject({
    flags: [],
    duties: [],
    clocks: [
      { verdict: 'onTime', due: '2026-10-22', stoppedBy: 'provided' },
      { clock: 'request', verdict: 'notApplicable', notApplicable: 'noObstacle' },
    ],
  });
});

it('names the facts a flag rests on', () => {
  const history = given(asked, delivered('2026-09-16'));
  const [request, delivery] = history.facts;
  expect(history.schedule.flags).toEqual([
    { rule: 'KESU-1', code: 'outOfOrder', about: [delivery!.id, request!.id], values: { days: 1 } },
  ]);
  expect(delivery!.id).toBe(derivedId(['fact', 1]));
});

it('has one sentence for every flag raised here, and cites rules of the catalogue only', () => {
  for (const [rule, , raised] of rules) {
    expect(catalogued(rule)?.id).toBe(rule);
    for (const flag of given(...raised).schedule.flags) expect(flagText(flag, names)).toMatch(/^[^{}]+。$/u);
  }
});

it('shows both days of a contested delivery, and which of them runs the clock', () => {
  const history = given(
    asked,
    delivered('2026-09-18', { proof: null }),
    delivered('2026-10-20', { proof: { kind: 'systemLog' } }),
  );
  const [, unproven, proven] = history.facts;
  const { clocks, flags, duties } = history.schedule;
  expect(clocks[0]?.from).toEqual({ on: '2026-10-20', event: proven!.id });
  expect(duties[0]?.since).toEqual(clocks[0]?.from);
  expect(flags).toEqual([
    {
      rule: 'XM-16-4',
      code: 'startContested',
      about: [proven!.id, unproven!.id],
      values: { start: '2026-10-20', other: '2026-09-18' },
    },
  ]);
  expect(flagText(flags[0]!, names)).toBe(
    '送达记录日期不一：2026-10-20与2026-09-18。期限暂按2026-10-20起算（有凭证的最早一份，均无凭证的取最早一份），须由人核定。',
  );
});

it('flags each delivery of another day on its own, and none of the same day', () => {
  const days = ['2026-09-18', '2026-09-18', '2026-09-21', '2026-09-22'];
  const { flags } = given(asked, ...days.map((on) => delivered(on))).schedule;
  expect(flags.map(({ code, values }) => [code, values?.['other']])).toEqual([
    ['startContested', '2026-09-21'],
    ['startContested', '2026-09-22'],
  ]);
});
