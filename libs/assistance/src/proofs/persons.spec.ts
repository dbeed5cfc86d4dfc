import { legalDate, type Recorder, type Uuid } from '#libs/kernel';
import { personsBehind, RULES } from '#libs/law';
import {
  by,
  delivered,
  extended,
  law,
  names,
  organs,
  people,
  provided,
  requested,
  scene,
} from '../../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../../testing/src/specification/index.js';
import type { AssistanceFact } from '../facts/index.js';
import { flagText } from '../flag-texts.js';
import * as commands from '../commands/index.js';
import { assistance } from '../system.js';

/** 由人判断: rules software cannot decide. A person does, with a reason, about facts of the case. */
type Story = readonly Happened<AssistanceFact>[];
const as = (recorder: Recorder) => specification(assistance, { ...scene, recorder });
const recorderBeing = (person: Uuid): Recorder => {
  const { appointment: _theirs, ...recorder } = scene.recorder;
  return { ...recorder, person };
};
/** The head of the organ that asked, who had no hand in what others recorded. */
const assessor = recorderBeing(people.otherHead);
const given = (...facts: Story) => as(assessor).given(...facts.map((fact) => ({ ...fact, recorder: scene.recorder })));
const history = given(requested('2026-09-17'), delivered('2026-09-18'), provided('2026-09-28'));
const [request, , provision] = history.facts;

const assessing = (rule: string, outcome: commands.AssessRule['outcome']) =>
  history.when(commands.AssessRule, {
    occurredAt: { on: legalDate('2026-10-08') },
    rule,
    outcome,
    about: [request!.id, provision!.id],
    reason: '查阅案卷后认定',
  });

const human = RULES.filter(
  ({ id, system, check }) => id.startsWith('XM-') && system === 'assistance' && check === 'human',
);
const duties = human.filter(({ modality }) => modality !== 'may').map(({ id }) => id);
const licences = human.filter(({ modality }) => modality === 'may').map(({ id }) => id);

it('is for a person to say of these rules', () => {
  expect(duties.filter((id) => !/^XM-1[0136]-/.test(id))).toEqual(['XM-2-3', 'XM-4-1', 'XM-6-3']);
  expect(licences).toEqual(['XM-9-1', 'XM-9-3', 'XM-9-6', 'XM-12-2', 'XM-12-3', 'XM-12-4', 'XM-12-5']);
});

it.each(duties)('%s: a person finds that it was not kept, and the finding stands beside the candidates', (rule) => {
  const outcome = assessing(rule, 'breached').finds(rule, 'breached').flagged(rule, 'foundBreached');
  const [finding] = outcome.schedule.flags.filter(({ code }) => code === 'foundBreached');
  expect(finding?.about).toEqual(expect.arrayContaining([request!.id, provision!.id]));
});

it.each(licences)('%s: a person finds that its ground is there', (rule) => {
  const outcome = assessing(rule, 'met').finds(rule, 'met');
  expect(outcome.schedule.flags.map(({ code }) => code)).not.toContain('foundBreached');
});

it.each(human.map(({ id }) => id))('%s: a person finds that it does not bear on the case', (rule) => {
  const outcome = assessing(rule, 'notApplicable').finds(rule, 'notApplicable');
  expect(outcome.schedule.flags.map(({ code }) => code)).not.toContain('foundBreached');
});

it('is for a person, too, what software points at: a clock the case runs by, a flag of it, a duty with an age only', () => {
  assessing('XM-16-4', 'breached').finds('XM-16-4', 'breached').flagged('XM-16-4', 'foundBreached');
  assessing('XM-16-7', 'met').finds('XM-16-7', 'met');
  const entrusted = given(requested('2026-09-17', { requested: organs.entrusted }));
  entrusted
    .when(commands.AssessRule, {
      occurredAt: { on: legalDate('2026-10-08') },
      rule: 'XM-2-2',
      outcome: 'breached',
      about: [entrusted.facts[0]!.id],
      reason: '查阅案卷后认定',
    })
    .finds('XM-2-2', 'breached');
});

it('is not for a person what software decides and finds kept', () => {
  assessing('XM-2-2', 'breached').refuses('RULE_NOT_HUMAN', '/rule', 'XM-2-2');
});

it('takes no decision on a rule that is none, or on facts of another case', () => {
  assessing('XM-99-9', 'breached').refuses('RULE_NOT_OF_PACK', '/rule');
  assessing('KESU-1', 'breached').refuses('RULE_NOT_OF_PACK', '/rule');
  history
    .when(commands.AssessRule, {
      occurredAt: { on: legalDate('2026-10-08') },
      rule: 'XM-4-1',
      outcome: 'breached',
      about: [request!.id, scene.recorder.person],
      reason: '查阅案卷后认定',
    })
    .refuses('EVENT_UNKNOWN', '/about/1');
});

describe('四眼: nobody decides on what they had a hand in', () => {
  const story: Story = [
    requested('2026-09-17'),
    delivered('2026-09-18'),
    { ...extended('2026-10-12', { by: by.deputy }), recorder: recorderBeing(people.handler) },
  ];
  const decides = (recorder: Recorder, fields: Partial<commands.AssessRule> = {}) => {
    const late = as(recorder).given(...story);
    return late.when(commands.AssessRule, {
      occurredAt: { on: legalDate('2026-10-13') },
      rule: 'XM-16-6',
      outcome: 'met',
      about: [late.facts[2]!.id],
      reason: '情况属实',
      ...fields,
    });
  };
  it.each<[string, Recorder, Partial<commands.AssessRule>]>([
    ['approved it', recorderBeing(people.deputy), {}],
    ['recorded it', recorderBeing(people.handler), {}],
    ['records that who approved it has decided', recorderBeing(people.head), { by: by.deputy }],
  ])('XM-16-6 is not for a person who %s', (_who, recorder, fields) => {
    decides(recorder, fields).refuses('ASSESSOR_INVOLVED', '/about/0');
  });

  it('XM-16-6 is not for who acts under the delegation of who approved it', () => {
    const [post] = [...law.organs.appointments].find(([, held]) => held.person === people.deputy) ?? [];
    const delegated: Recorder = { ...recorderBeing(people.head), ...(post && { appointment: post }) };
    expect(personsBehind(delegated, law.organs)).toContain(people.deputy);
    decides(delegated).refuses('ASSESSOR_INVOLVED', '/about/0');
  });

  it('XM-16-6 is for another, and the finding says who found', () => {
    decides(recorderBeing(people.head)).finds('XM-16-6', 'met');
    const found = decides(recorderBeing(people.head), { outcome: 'breached', by: by.head }).flagged(
      'XM-16-6',
      'foundBreached',
    );
    const unnamed = decides(assessor, { outcome: 'breached' });
    const says = ({ schedule }: typeof found) =>
      schedule.flags.flatMap((flag) => (flag.finding ? [flagText(flag, names)] : []));
    expect([says(found), says(unnamed)]).toEqual([
      ['厦门市生态环境局许局长已认定不符合该条要求，理由见认定原文。'],
      ['厦门市市场监督管理局黄局长已认定不符合该条要求，理由见认定原文。'],
    ]);
  });
});
