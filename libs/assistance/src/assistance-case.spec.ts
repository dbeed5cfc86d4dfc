import { derivedId, legalDate, type By, type Judged, type Occurrence, type Uuid } from '#libs/kernel';
import {
  accepted,
  by,
  closed,
  delivered,
  entered,
  EXTENSION,
  extended,
  fedBack,
  GROUND,
  law,
  organs,
  people,
  provided,
  recorder,
  requested,
  scene,
} from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import * as commands from './commands/index.js';
import { assistance } from './system.js';

const { given } = specification(assistance, scene);
const on = (day: string): { occurredAt: Occurrence } => ({ occurredAt: { on: legalDate(day) } });
const nobody: By = { ...by.head, person: derivedId(['nobody']) };
const noOrgan: Uuid = derivedId(['no organ']);

const asking = (over: Partial<commands.RequestAssistance> = {}): Partial<commands.RequestAssistance> => ({
  ...on('2026-09-18'),
  requested: organs.ecology,
  matter: '请协助核查',
  legalBasis: '有关法律规定',
  functionMatch: '许可由对方核发',
  grounds: [GROUND as never],
  matterClasses: ['investigation'],
  duration: 'temporary',
  form: 'written',
  documentNumber: '厦市监函〔2026〕88号',
  ...over,
});

const FED_BACK = { feedbackSummary: '许可有效', feedbackOn: legalDate('2026-09-29') };
const running = [requested('2026-09-17'), delivered('2026-09-18')] as const;

describe('提出协助请求', () => {
  it('opens a case of the recorder’s own organ and says that no clock has started', () => {
    given()
      .when(commands.RequestAssistance, asking())
      .records('AssistanceRequested', {
        requesting: organs.market,
        judged: [{ clock: 'provide', provisional: false, flags: [] }],
      })
      .raises();
  });

  it('names each counterparty as a subject of its own, whoever the caller says it is (XM-15-3)', () => {
    const another = { subject: derivedId(['the key of another case']) };
    const counterparties = [{ name: '某公司' }, { name: '某人', idNumber: '350200', ...another }];
    given()
      .when(commands.RequestAssistance, asking({ counterparties }))
      .records('AssistanceRequested', {
        counterparties: [
          { name: '某公司', subject: derivedId(['subject', '/counterparties/0']) },
          { name: '某人', idNumber: '350200', subject: derivedId(['subject', '/counterparties/1']) },
        ],
      });
  });

  it('records a request between subordinate organs and flags XM-2-1', () => {
    specification(assistance, { ...scene, recorder: { ...recorder, organ: organs.ecologyBranch } })
      .given()
      .when(commands.RequestAssistance, asking())
      .records('AssistanceRequested')
      .flags('XM-2-1')
      .raises('subordinate');
  });

  it('stores plain data, whatever classes its parts were validated as', () => {
    const ground = Object.assign(new commands.GroundPart(), { code: 'XM-9-6', note: '另有原因', nothing: undefined });
    const [fact] = given()
      .when(commands.RequestAssistance, asking({ grounds: [ground] }))
      .records('AssistanceRequested').recorded;
    const [stored] = (fact?.data as { grounds: object[] }).grounds;
    expect(stored).toStrictEqual({ code: 'XM-9-6', note: '另有原因' });
  });

  it.each<[string, string | undefined, Partial<commands.RequestAssistance>]>([
    ['SAME_ORGAN', '/requested', { requested: organs.market }],
    ['UNKNOWN_ORGAN', '/requested', { requested: noOrgan }],
    ['UNKNOWN_PERSON', '/by/person', { by: nobody }],
    ['UNKNOWN_ORGAN', '/by/organ', { by: { ...by.head, organ: noOrgan } }],
    ['NO_LAW_IN_FORCE', '/requested', { requested: organs.elsewhere }],
    ['NO_LAW_IN_FORCE', '/requested', on('2020-04-09')],
    ['UNKNOWN_CODE', '/form', { form: 'pigeon' }],
    ['UNKNOWN_CODE', '/duration', { duration: 'eternal' }],
    ['UNKNOWN_CODE', '/matterClasses/1', { matterClasses: ['opinion', 'CQ-1'] }],
    ['UNKNOWN_CODE', '/grounds/1/code', { grounds: [{ code: 'XM-9-1' }, { code: 'CQ-3.3-1' }] }],
    ['NOTE_REQUIRED', '/grounds/0/note', { grounds: [{ code: 'XM-9-6' }] }],
  ])('refuses %s at %s', (code, pointer, over) => {
    given().when(commands.RequestAssistance, asking(over)).refuses(code, pointer);
  });

  it('refuses a recorder who acts for no organ', () => {
    const { organ: _organ, ...unattached } = recorder;
    specification(assistance, { ...scene, recorder: unattached })
      .given()
      .when(commands.RequestAssistance, asking())
      .refuses('UNKNOWN_ORGAN');
  });
});

describe('登记送达', () => {
  it('starts the clock, first day not counted, over National Day', () => {
    given(requested('2026-09-17'))
      .when(commands.RecordDelivery, { ...on('2026-09-18'), proof: { kind: 'stamp' } })
      .records('AssistanceRequestDelivered', {
        judged: [{ clock: 'provide', from: '2026-09-18', due: '2026-10-09', provisional: false, flags: [] }],
      })
      .due('2026-10-09')
      .raises();
  });

  it('says that a due day is provisional when a year without a published notice is counted', () => {
    given(requested('2026-12-20'))
      .when(commands.RecordDelivery, { ...on('2026-12-25'), proof: { kind: 'stamp' } })
      .records('AssistanceRequestDelivered', {
        judged: [expect.objectContaining({ from: '2026-12-25', provisional: true })],
      });
  });

  it('moves no clock unseen: the asked organ’s own later proof runs it, and both days go to a person', () => {
    given(requested('2026-09-17'), delivered('2026-09-18', { proof: null }))
      .when(commands.RecordDelivery, { ...on('2026-10-20'), proof: { kind: 'systemLog' } })
      .records('AssistanceRequestDelivered')
      .flags('XM-16-4')
      .raises('startContested')
      .due('2026-11-03');
  });

  it('refuses a proof of an unknown kind, and 其他 without a note', () => {
    const history = given(requested('2026-09-17'));
    history
      .when(commands.RecordDelivery, { ...on('2026-09-18'), proof: { kind: 'rumour' } })
      .refuses('UNKNOWN_CODE', '/proof/kind');
    history
      .when(commands.RecordDelivery, { ...on('2026-09-18'), proof: { kind: 'other' } })
      .refuses('NOTE_REQUIRED', '/proof/note');
  });
});

describe('受理、办理', () => {
  it('starts no clock by acceptance (XM-16-3)', () => {
    given(requested('2026-09-17'))
      .when(commands.AcceptRequest, { ...on('2026-09-18'), by: by.handler })
      .records('AssistanceAccepted')
      .judgesNothing()
      .due(undefined);
  });

  it('records a step with its named handler (XM-14-1)', () => {
    given(...running)
      .when(commands.RecordStep, { ...on('2026-09-21'), step: '调取档案', by: by.handler })
      .records('AssistanceStepRecorded', { step: '调取档案', by: by.handler })
      .judgesNothing()
      .due('2026-10-09');
  });
});

describe('批准延长协助期限 (XM-16-6)', () => {
  const approving = (day: string, who: By = by.head): Partial<commands.ApproveExtension> => ({
    ...on(day),
    by: who,
    circumstance: '检测尚未完成',
  });

  it('moves the due day across National Day by the first extension of an entitled approver', () => {
    given(...running)
      .when(commands.ApproveExtension, approving('2026-10-09'))
      .records('AssistanceExtensionApproved')
      .flags()
      .due('2026-10-22');
  });

  it('keeps the unit of the days with them, and without them, as the pack has it', () => {
    const history = given(...running);
    history
      .when(commands.ApproveExtension, { ...approving('2026-09-28'), days: 5 })
      .records('AssistanceExtensionApproved', { days: 5, unit: 'workingDay' });
    history
      .when(commands.ApproveExtension, approving('2026-09-28'))
      .records('AssistanceExtensionApproved', { unit: 'workingDay' });
  });

  it('names no unit where the pack knows no extension', () => {
    const editions = law.editions.map(({ pack, digest }) => {
      const own = pack.systems['assistance']!;
      const clocks = own.clocks.map(({ extension: _extension, ...clock }) => clock);
      return { digest, pack: { ...pack, systems: { assistance: { ...own, clocks } } } };
    });
    const [fact] = specification(assistance, { ...scene, law: { ...law, editions } })
      .given(...running)
      .when(commands.ApproveExtension, { ...approving('2026-09-28'), days: 5 })
      .records('AssistanceExtensionApproved', { days: 5 }).recorded;
    expect(fact?.data).not.toHaveProperty('unit');
  });

  it('takes one approved before delivery, counted from the due day, and shows it to a person', () => {
    given(...running)
      .when(commands.ApproveExtension, approving('2026-09-17'))
      .records('AssistanceExtensionApproved')
      .flags('XM-16-6')
      .raises('extensionBeforeStart')
      .due('2026-10-22');
  });

  it('records a second extension without effect and flags XM-16-6', () => {
    given(...running, extended('2026-09-28'))
      .when(commands.ApproveExtension, approving('2026-10-12'))
      .records('AssistanceExtensionApproved')
      .flags('XM-16-6')
      .raises('extensionRepeated')
      .due('2026-10-22');
  });

  it('records a late extension, which cures nothing', () => {
    given(...running)
      .when(commands.ApproveExtension, approving('2026-10-10'))
      .records('AssistanceExtensionApproved')
      .flags('XM-16-6')
      .raises('extensionLate')
      .due('2026-10-09');
  });

  it('records an extension by a person who may not approve it', () => {
    given(...running)
      .when(commands.ApproveExtension, approving('2026-09-28', by.handler))
      .records('AssistanceExtensionApproved')
      .flags('XM-16-6')
      .raises('extensionNotEntitled')
      .due('2026-10-09');
  });

  it('refuses an approver nobody knows', () => {
    given(...running)
      .when(commands.ApproveExtension, approving('2026-09-28', nobody))
      .refuses('UNKNOWN_PERSON', '/by/person');
  });

  it('judges without a due day as long as no delivery is on record', () => {
    given(requested('2026-09-17'))
      .when(commands.ApproveExtension, approving('2026-09-28'))
      .records('AssistanceExtensionApproved')
      .judgesNothing()
      .due(undefined);
  });
});

describe('报送备案 (XM-16-7)', () => {
  it('files an extension of the case, and no other', () => {
    const history = given(...running, extended('2026-09-28'));
    history
      .when(commands.FileExtension, { ...on('2026-09-29'), extension: EXTENSION, filingNumber: '备7' })
      .records('AssistanceExtensionFiled', { extension: EXTENSION, filingNumber: '备7' })
      .raises();
    history
      .when(commands.FileExtension, { ...on('2026-09-29'), extension: noOrgan, filingNumber: '备7' })
      .refuses('EXTENSION_UNKNOWN', '/extension');
    history
      .when(commands.FileExtension, { ...on('2026-09-29'), extension: EXTENSION, filingNumber: '备7', office: noOrgan })
      .refuses('UNKNOWN_ORGAN', '/office');
  });
});

describe('提供协助、书面反馈', () => {
  it('stops the clock on the day help is given', () => {
    const outcome = given(...running).when(commands.ProvideAssistance, {
      ...on('2026-10-09'),
      performedScope: '档案',
      signedInNameOf: organs.ecology,
      by: by.handler,
    });
    outcome.records('AssistanceProvided', { onSpot: false }).flags().due('2026-10-09');
  });

  it('refuses an organ of signature nobody knows', () => {
    given(...running)
      .when(commands.ProvideAssistance, { ...on('2026-10-09'), performedScope: '档案', signedInNameOf: noOrgan })
      .refuses('UNKNOWN_ORGAN', '/signedInNameOf');
  });

  it('records feedback that lacks elements and flags XM-14-2', () => {
    given(...running, provided('2026-09-28'))
      .when(commands.GiveFeedback, { ...on('2026-09-29'), result: '许可有效', documentNumber: '函1号' })
      .records('AssistanceFeedbackGiven', { result: '许可有效' })
      .flags('XM-14-2')
      .raises('feedbackIncomplete');
  });

  it('refuses feedback that says nothing', () => {
    given(...running)
      .when(commands.GiveFeedback, { ...on('2026-09-29'), documentNumber: '函1号' })
      .refuses('FEEDBACK_EMPTY');
  });
});

describe('办结', () => {
  const entries = [
    entered('2026-09-30', 'requesting', FED_BACK),
    entered('2026-09-30', 'requested', FED_BACK),
  ] as const;
  const finished = [...running, provided('2026-09-28'), fedBack('2026-09-29'), ...entries] as const;

  it('closes a case that is complete without a flag', () => {
    given(...finished)
      .when(commands.CloseCase, on('2026-09-30'))
      .records('AssistanceClosed')
      .judgesNothing()
      .raises();
  });

  it('records a premature close and flags what it lacks (XM-14-1, XM-14-2, XM-16-7)', () => {
    given(...running, extended('2026-09-28'))
      .when(commands.CloseCase, on('2026-09-30'))
      .records('AssistanceClosed')
      .flags('XM-14-1', 'XM-6-4', 'XM-14-2', 'XM-16-7', 'XM-15-0')
      .raises(
        'closedWithoutProvision',
        'closedWithoutAnswer',
        'closedWithoutFeedback',
        'closedUnfiled',
        'closedUnregistered',
        'closedUnregistered',
      );
  });

  it('refuses to close twice', () => {
    given(...finished, closed('2026-09-30'))
      .when(commands.CloseCase, on('2026-10-08'))
      .refuses('CASE_CLOSED');
  });

  it('takes an act of before the close, recorded late, without a word', () => {
    given(...finished, closed('2026-09-30'))
      .when(commands.RecordStep, { ...on('2026-09-30'), step: '归纳', by: by.handler })
      .records('AssistanceStepRecorded')
      .raises();
  });

  it('takes every act dated after the close, and shows it to a person as a hint of the product', () => {
    const history = given(...running, extended('2026-09-28'), closed('2026-09-30'));
    const after = on('2026-10-08');
    const work = { ...after, by: by.handler };
    const outcomes = [
      history.when(commands.RecordDelivery, { ...after, proof: { kind: 'stamp' } }),
      history.when(commands.AcceptRequest, work),
      history.when(commands.RecordStep, { ...work, step: '归纳' }),
      history.when(commands.ApproveExtension, { ...after, by: by.head, circumstance: '再延' }),
      history.when(commands.FileExtension, { ...after, extension: EXTENSION, filingNumber: '备8' }),
      history.when(commands.ProvideAssistance, { ...work, performedScope: '档案', signedInNameOf: organs.ecology }),
      history.when(commands.GiveFeedback, {
        ...after,
        matter: '核查',
        course: '调档',
        result: '有效',
        documentNumber: '函2号',
      }),
    ];
    const told = outcomes.map(({ recorded: [fact] }) => {
      const judged: readonly Judged[] = fact && 'judged' in fact.data ? (fact.data.judged ?? []) : [];
      return [fact?.type, ...judged.flatMap(({ flags }) => flags)];
    });
    expect(told).toEqual([
      ['AssistanceRequestDelivered', 'XM-16-4', 'KESU-2'],
      ['AssistanceAccepted', 'KESU-2'],
      ['AssistanceStepRecorded', 'KESU-2'],
      ['AssistanceExtensionApproved', 'XM-16-6', 'KESU-2'],
      ['AssistanceExtensionFiled', 'KESU-2'],
      ['AssistanceProvided', 'KESU-2'],
      ['AssistanceFeedbackGiven', 'KESU-2'],
    ]);
  });

  it('lets nobody unknown close, accept, file or feed back', () => {
    const history = given(...running, extended('2026-09-28'), accepted('2026-09-18'));
    for (const [type, fields] of [
      [commands.CloseCase, {}],
      [commands.AcceptRequest, {}],
      [commands.GiveFeedback, { result: '有效' }],
      [commands.ProvideAssistance, { performedScope: '档案' }],
      [commands.FileExtension, { extension: EXTENSION, filingNumber: '备8' }],
    ] as const)
      history
        .when<commands.CloseCase>(type, { ...on('2026-09-30'), by: nobody, ...fields })
        .refuses('UNKNOWN_PERSON', '/by/person');
    expect(people.head).not.toBe(nobody.person);
  });
});

it('asks for If-Match exactly where a person decides on what they saw', () => {
  const seen = assistance.decider.decisions.filter((row) => row.seen).map((row) => row.records);
  expect(seen).toEqual([
    'AssistanceRequestForgone',
    'AssistanceClassDecided',
    'AssistanceExtensionApproved',
    'AssistanceClosed',
    'AssistanceRuleAssessed',
  ]);
  expect(assistance.decider.decisions.filter((row) => row.opens).map((row) => row.records)).toEqual([
    'AssistanceObstacleNoted',
    'AssistanceRequested',
  ]);
});
