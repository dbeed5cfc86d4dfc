import { dayOfOccurrence, DRAWING, seedOf, type By, type Context, type Decided } from '#libs/kernel';
import { personsBehind, rule as ruleOf, type LawBook } from '#libs/law';
import type * as commands from './commands.js';
import type { SamplingFact } from './facts.js';
import { ownLevelOrgans } from './own-level.js';
import { refusal } from './refusals.js';
import { checkOf, type Check, type Sample } from './sample-state.js';

type Facts = readonly Decided<SamplingFact>[];

export function fixFrame(command: commands.FixSampleFrame, _sample: Sample, context: Context<LawBook>): Facts {
  const { organ, from, to, size, frame, occurredAt } = command;
  if (to < from) throw refusal('SAMPLE_PERIOD_REVERSED', { kind: 'malformed', pointer: '/to' });
  const organs = ownLevelOrgans(context.law.organs, context.recorder.organ, dayOfOccurrence(occurredAt));
  if (organs.length === 0) throw refusal('SAMPLE_OFFICE_ONLY', { kind: 'notEntitled' });
  const asked = organ === undefined ? [] : [organ];
  if ([...asked, ...(frame?.organs ?? [])].some((one) => !organs.includes(one)))
    throw refusal('SAMPLE_NOT_OWN_LEVEL', { kind: 'notEntitled', ...(organ !== undefined && { pointer: '/organ' }) });
  if (!frame) throw refusal('SAMPLE_SYSTEM_UNKNOWN', { kind: 'malformed', pointer: '/category' });
  if (frame.count === 0) throw refusal('SAMPLE_EMPTY', { kind: 'impossible' });
  return [{ type: 'SampleFrameFixed', data: { frame, size, algorithm: DRAWING, ...told(command, 'reason') } }];
}

/** What was drawn is checked against the frame as far as it can be without its members. */
export function draw({ drawn }: commands.DrawSample, sample: Sample): Facts {
  const { fixed } = sample;
  if (!fixed || sample.drawn) throw refusal('SAMPLE_DRAWN_ALREADY', { kind: 'impossible' });
  const { cases } = drawn;
  const isOfFrame = drawn.fixed === fixed.event && drawn.seed === seedOf(drawn.salt, fixed.frame.digest);
  const isWhole = cases.length === Math.min(fixed.size, fixed.frame.count) && new Set(cases).size === cases.length;
  if (!isOfFrame || !isWhole || drawn.algorithm !== fixed.algorithm)
    throw refusal('SAMPLE_NOT_REPRODUCED', { kind: 'impossible' });
  return [{ type: 'SampleDrawn', data: drawn }];
}

export function check(command: commands.CheckSampledCase, sample: Sample, context: Context<LawBook>): Facts {
  const { drawn } = sample;
  const { case: of, outcome, rules = [], remark, replaces } = command;
  if (!drawn) throw refusal('SAMPLE_NOT_DRAWN', { kind: 'impossible' });
  if (!drawn.cases.includes(of)) throw refusal('CASE_NOT_SAMPLED', { kind: 'malformed', pointer: '/case' });
  assertCorrects(command, checkOf(sample, of), context);
  if (outcome === 'inOrder' && rules.length > 0)
    throw refusal('CHECK_RULES_MISPLACED', { kind: 'malformed', pointer: '/rules' });
  if (outcome === 'notInOrder' && rules.length === 0 && remark === undefined)
    throw refusal('CHECK_UNFOUNDED', { kind: 'incomplete', pointer: '/rules' });
  const unknown = rules.findIndex((id) => !ruleOf(id));
  if (unknown >= 0)
    throw refusal('CHECK_RULE_UNKNOWN', {
      kind: 'malformed',
      pointer: `/rules/${unknown}`,
      values: { rule: rules[unknown] ?? '' },
    });
  const data = { case: of, outcome, rules: [...rules], ...told(command, 'remark'), ...(replaces && { replaces }) };
  return [{ type: 'SampleChecked', data }];
}

/** 更正: a result that stands is never passed over in silence. Who corrects it names it, says why, and is somebody else (四眼). */
function assertCorrects(
  { replaces, remark, by }: commands.CheckSampledCase,
  standing: Check | undefined,
  { recorder, law }: Context<LawBook>,
): void {
  if (!standing && replaces === undefined) return;
  if (standing && replaces === undefined) throw refusal('CHECK_STANDS', { kind: 'impossible', pointer: '/case' });
  if (standing?.event !== replaces) throw refusal('CHECK_REPLACES_OTHER', { kind: 'malformed', pointer: '/replaces' });
  if (remark === undefined) throw refusal('CHECK_CORRECTION_UNREASONED', { kind: 'incomplete', pointer: '/remark' });
  const persons = [...personsBehind(recorder, law.organs), ...(by ? [by.person] : [])];
  if (persons.some((person) => standing?.persons.includes(person)))
    throw refusal('CHECK_CORRECTOR_SAME', { kind: 'notEntitled', pointer: '/replaces' });
}

/** A text that was said, and who acted: instances as they were validated cannot be stored. */
const told = <N extends 'reason' | 'remark'>(
  command: { readonly [name in N]?: string } & { readonly by?: By },
  name: N,
): { readonly [name in N]?: string } & { readonly by?: By } => {
  const said = {
    ...(command[name] !== undefined && { [name]: command[name] }),
    ...(command.by && { by: { ...command.by } }),
  };
  // One member of that name, which a computed key does not tell.
  return said as { readonly [name in N]?: string } & { readonly by?: By };
};
