import { legalDate } from '#libs/kernel';
import { RULES } from '#libs/law';
import { delivered, organs, provided, requested, scene } from '../../../testing/src/specification/assistance-cases.js';
import { specification } from '../../../testing/src/specification/index.js';
import * as commands from '../commands/index.js';
import { assistance } from '../system.js';

/** 由人判断: rules software cannot decide. A person does, with a reason, about facts of the case. */
const { given } = specification(assistance, scene);
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
