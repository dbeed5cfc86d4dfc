import {
  ApproveCorrection,
  derivedId,
  legalDate,
  RefuseCorrection,
  RequestCorrection,
  type CommonFact,
  type Occurrence,
  type Recorder,
  type Uuid,
} from '#libs/kernel';
import {
  by,
  delivered,
  organs,
  people,
  recorder,
  requested,
  scene,
  step,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { assistance } from './system.js';

/*
 * 差错可纠 (XM-19-5, 第十九条): one person asks, another decides, of the organ that recorded or of supervision. The facts
 * here are the asked organ's; the scene's recorder is who asks or decides.
 */
const RULE = 'XM-19-5';
const on = (day: string): { occurredAt: Occurrence } => ({ occurredAt: { on: legalDate(day) } });
const who = (person: Uuid, organ: Uuid = organs.ecology): Recorder => ({ ...recorder, person, organ });
const as = (person: Uuid, organ?: Uuid) => specification(assistance, { ...scene, recorder: who(person, organ) });
const supervision = specification(assistance, {
  ...scene,
  recorder: who(people.formerHead, organs.cityOffice),
  roles: ['supervisor'],
});

const RECEIPT = derivedId(['the receipt']);
const REQUEST = derivedId(['the request for correction']);
type Fact = Happened<AssistanceFact | CommonFact>;
const recordedBy = (person: Uuid, organ: Uuid, fact: Happened<AssistanceFact>): Fact => ({
  ...fact,
  recorder: who(person, organ),
});
const receipt: Fact = { ...recordedBy(people.handler, organs.ecology, delivered('2026-09-18')), id: RECEIPT };
const base = [recordedBy(people.asker, organs.market, requested('2026-09-17')), receipt] as const;
const asking = {
  ...on('2026-09-22'),
  corrects: RECEIPT,
  pointer: '/occurredAt',
  before: { on: '2026-09-18' },
  after: { on: '2026-09-21' },
  reason: '登记有误',
};
const askedBy = (person: Uuid, changes: object = {}, id = REQUEST): Fact => {
  const { occurredAt, ...data } = { ...asking, version: 1, ...changes };
  return { type: 'CorrectionRequested', id, occurredAt, data, recorder: who(person) };
};
const decision = { ...on('2026-09-22'), request: REQUEST };

describe('申请更正', () => {
  it('is recorded for the organ that recorded the fact, and cites no rule against anybody', () => {
    as(people.handler)
      .given(...base)
      .when(RequestCorrection, asking)
      .records('CorrectionRequested', { corrects: RECEIPT, version: 1, after: { on: '2026-09-21' } })
      .silent(RULE);
  });

  it('is recorded for supervision, whoever recorded the fact', () => {
    supervision
      .given(...base)
      .when(RequestCorrection, asking)
      .records('CorrectionRequested');
  });

  it.each<[string, object, string, string]>([
    ['names no fact of the case', { corrects: derivedId(['none']) }, 'FACT_UNKNOWN', '/corrects'],
    ['names a correction', { corrects: REQUEST }, 'CORRECTS_CORRECTION', '/corrects'],
    ['names a field that was judged', { pointer: '/data/judged' }, 'FIELD_NOT_CORRECTABLE', '/pointer'],
    ['has no place to stand in', { pointer: '/data/by/post', after: '科员' }, 'FIELD_NOT_THERE', '/pointer'],
    ['says that something else stands there', { before: { on: '2026-09-01' } }, 'BEFORE_DIFFERS', '/before'],
    ['changes nothing', { after: { on: '2026-09-18' } }, 'AFTER_UNCHANGED', '/after'],
    ['is no time', { after: '昨天' }, 'AFTER_MALFORMED', '/after'],
    ['is yet to come', { after: { on: '2027-01-01' } }, 'AFTER_IN_FUTURE', '/after'],
  ])('is refused where it %s', (_what, changes, code, pointer) => {
    as(people.handler)
      .given(...base, askedBy(people.handler))
      .when(RequestCorrection, { ...asking, ...changes })
      .refuses(code, pointer, RULE);
  });

  it('is refused to the other side, which learns no more than of a fact that is not there', () => {
    as(people.asker, organs.market)
      .given(...base)
      .when(RequestCorrection, asking)
      .refuses('FACT_UNKNOWN', '/corrects', RULE);
  });

  it('is refused where the corrected fact could not have been recorded, as the system itself says', () => {
    as(people.handler)
      .given(...base)
      .when(RequestCorrection, { ...asking, pointer: '/data/proof/kind', before: 'stamp', after: 'rumour' })
      .refuses('UNKNOWN_CODE', '/after');
  });

  it('takes a document out or gives it another name, and brings none that no fact of the case cited', () => {
    const [cited, other] = ['a', 'b'].map((digit) => digit.repeat(64)) as [string, string];
    const document = { digest: cited, name: '误写的名称' };
    const documents = [document];
    const citing: Fact = {
      ...recordedBy(people.handler, organs.ecology, delivered('2026-09-18', { documents })),
      id: RECEIPT,
    };
    const { given } = as(people.handler);
    const asked = { ...asking, pointer: '/data/documents/0' };
    for (const change of [{}, { after: { digest: cited, name: '正确的名称' } }]) {
      const { after: _after, ...rest } = { ...asked, before: document };
      given(base[0], citing)
        .when(RequestCorrection, { ...rest, ...change })
        .records('CorrectionRequested');
    }
    given(base[0], citing)
      .when(RequestCorrection, { ...asked, before: document, after: { digest: other, name: '另一份' } })
      .refuses('DOCUMENT_NOT_CITED', '/after', RULE);
  });

  it('puts no organ out of the case that has recorded in it, and one that has not, it does', () => {
    const opening: Fact = { ...base[0], id: RECEIPT };
    const other = { ...asking, pointer: '/data/requested', before: organs.ecology, after: organs.audit };
    const { given } = as(people.asker, organs.market);
    given(opening, { ...receipt, id: derivedId(['what the other side recorded']) })
      .when(RequestCorrection, other)
      .refuses('PARTY_HAS_RECORDED', '/after', RULE);
    given(opening).when(RequestCorrection, other).records('CorrectionRequested', { after: organs.audit });
    // What was asked for before it recorded is not approved once it has.
    const asked = askedBy(people.asker, { pointer: '/data/requested', before: organs.ecology, after: organs.audit });
    as(people.formerHead, organs.market)
      .given(opening, { ...asked, recorder: who(people.asker, organs.market) }, { ...receipt, id: derivedId(['late']) })
      .when(ApproveCorrection, decision)
      .refuses('PARTY_HAS_RECORDED', undefined, RULE);
  });

  it('is not refused for what would be refused of the fact already', () => {
    const odd: Fact = {
      ...recordedBy(people.handler, organs.ecology, delivered('2026-09-18', { proof: { kind: 'of another day' } })),
      id: RECEIPT,
    };
    as(people.handler)
      .given(base[0], odd)
      .when(RequestCorrection, asking)
      .records('CorrectionRequested', { after: { on: '2026-09-21' } });
  });
});

describe('准予更正', () => {
  it('gives the correction effect: the clock starts on the right day, and nobody is told a rule', () => {
    as(people.head)
      .given(...base, askedBy(people.handler))
      .when(ApproveCorrection, decision)
      .records('FactCorrected', { request: REQUEST })
      .due('2026-10-12')
      .silent(RULE);
  });

  it('is refused to who asked, in whatever capacity', () => {
    as(people.head)
      .given(...base, askedBy(people.head))
      .when(ApproveCorrection, decision)
      .refuses('DECIDER_ASKED', undefined, RULE);
  });

  it.each<[string, Uuid, readonly Fact[]]>([
    ['recorded the fact', people.handler, [...base, askedBy(people.head)]],
    ['acted on paper', people.deputy, [base[0], { ...receipt, data: { by: by.deputy } } as Fact, askedBy(people.head)]],
    [
      'would be named by it',
      people.deputy,
      [...base, askedBy(people.head, { pointer: '/data/by', before: undefined, after: by.deputy })],
    ],
    [
      'asked for an earlier one that took effect',
      people.deputy,
      [
        ...base,
        askedBy(people.deputy, {}, derivedId(['earlier'])),
        {
          type: 'FactCorrected',
          data: { request: derivedId(['earlier']) },
          ...on('2026-09-22'),
          recorder: who(people.head),
        },
        askedBy(people.head, { pointer: '/data/proof/kind', before: 'stamp', after: 'systemLog' }),
      ],
    ],
  ])('is refused to who %s', (_what, person, facts) => {
    const { given } = as(person);
    given(...facts)
      .when(ApproveCorrection, decision)
      .refuses('DECIDER_INVOLVED', undefined, RULE);
    given(...facts)
      .when(RefuseCorrection, { ...decision, reason: '无误' })
      .refuses('DECIDER_INVOLVED', undefined, RULE);
  });

  it('is refused to who acts for another by delegation, where either of them asked or had a hand in the fact', () => {
    const POST = derivedId(['the head’s post']);
    const delegated = (person: Uuid): Recorder => ({ ...who(person), appointment: POST });
    const behind = ({ person, appointment }: Recorder): readonly Uuid[] =>
      appointment === POST ? [person, people.head] : [person];
    const as = (recorder: Recorder) => specification(assistance, { ...scene, recorder, behind });
    const byHead = { ...askedBy(people.head), recorder: who(people.head) };
    const forHead = { ...askedBy(people.deputy), recorder: delegated(people.deputy) };
    as(delegated(people.deputy))
      .given(...base, byHead)
      .when(ApproveCorrection, decision)
      .refuses('DECIDER_ASKED', undefined, RULE);
    as(who(people.head))
      .given(...base, forHead)
      .when(ApproveCorrection, decision)
      .refuses('DECIDER_ASKED', undefined, RULE);
    as(delegated(people.deputy))
      .given(base[0], { ...receipt, recorder: who(people.head) }, askedBy(people.asker))
      .when(ApproveCorrection, decision)
      .refuses('DECIDER_INVOLVED', undefined, RULE);
  });

  it('is refused of a day before it was asked for, and taken of the same day', () => {
    const { given } = as(people.head);
    const asked = askedBy(people.handler, on('2026-09-22'));
    given(...base, asked)
      .when(ApproveCorrection, { ...decision, ...on('2026-09-21') })
      .refuses('DECIDED_BEFORE_ASKED', '/occurredAt', RULE);
    given(...base, asked)
      .when(RefuseCorrection, { ...decision, ...on('2026-09-21'), reason: '无误' })
      .refuses('DECIDED_BEFORE_ASKED', '/occurredAt', RULE);
    given(...base, asked)
      .when(ApproveCorrection, decision)
      .records('FactCorrected');
  });

  it('is refused once it was decided, and for what was never asked for', () => {
    const refused: Fact = {
      type: 'CorrectionRefused',
      data: { request: REQUEST, reason: '无误' },
      ...on('2026-09-22'),
    };
    as(people.head)
      .given(...base, askedBy(people.handler), refused)
      .when(ApproveCorrection, decision)
      .refuses('CORRECTION_DECIDED', undefined, RULE);
    as(people.head)
      .given(...base)
      .when(ApproveCorrection, decision)
      .refuses('CORRECTION_UNKNOWN', undefined, RULE);
  });

  it('is refused where another of the same field took effect since it was asked for', () => {
    const approved: Fact = {
      type: 'FactCorrected',
      data: { request: derivedId(['other']) },
      ...on('2026-09-22'),
      recorder: who(people.deputy),
    };
    const facts = [...base, askedBy(people.handler), askedBy(people.handler, {}, derivedId(['other'])), approved];
    as(people.head)
      .given(...facts)
      .when(ApproveCorrection, decision)
      .refuses('CORRECTION_OVERTAKEN', undefined, RULE);
    as(people.head)
      .given(...base, askedBy(people.handler, {}, derivedId(['other'])), approved, askedBy(people.handler))
      .when(ApproveCorrection, decision)
      .records('FactCorrected');
  });

  it('is refused where the corrected fact can by then no longer be what it was to be', () => {
    const other = derivedId(['other']);
    const ground = { code: 'XM-9-2', note: '另有说明' };
    const opening: Fact = {
      ...recordedBy(people.handler, organs.market, requested('2026-09-17', { grounds: [ground] })),
      id: RECEIPT,
    };
    // Each alone would do: a code for 其他 with its note, and a code for something else without one.
    const toOther = { pointer: '/data/grounds/0/code', before: 'XM-9-2', after: 'XM-9-6' };
    const withoutNote = { pointer: '/data/grounds/0/note', before: ground.note, after: undefined };
    const facts = [opening, askedBy(people.handler, toOther), askedBy(people.handler, withoutNote, other)];
    const approved: Fact = { type: 'FactCorrected', data: { request: other }, ...on('2026-09-22') };
    const { given } = supervision;
    given(...facts)
      .when(ApproveCorrection, decision)
      .records('FactCorrected');
    given(...facts, approved)
      .when(ApproveCorrection, decision)
      .refuses('NOTE_REQUIRED', undefined, 'XM-9-6');
  });
});

it('不予更正 leaves the fact as it is', () => {
  as(people.head)
    .given(...base, askedBy(people.handler))
    .when(RefuseCorrection, { ...decision, reason: '登记无误' })
    .records('CorrectionRefused', { request: REQUEST, reason: '登记无误' })
    .due('2026-10-09');
});

it('leaves a step of the other organ to that organ', () => {
  const own: Fact = { ...recordedBy(people.handler, organs.ecology, step('2026-09-22')), id: derivedId(['step']) };
  as(people.asker, organs.market)
    .given(...base, own)
    .when(RequestCorrection, { ...asking, corrects: derivedId(['step']) })
    .refuses('FACT_UNKNOWN', '/corrects', RULE);
});
