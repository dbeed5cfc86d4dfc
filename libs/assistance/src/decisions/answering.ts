import { assertBy, assertCause, assertOrgan, assertRequested } from '../admission.js';
import type * as commands from '../commands/index.js';
import { citing, governed } from '../governed-case.js';
import { recording } from '../judged.js';
import { refusal } from '../refusals.js';
import { said } from '../said.js';
import { simply, type Asked, type Case } from './decision.js';

/** 提供协助. */
export function provide(command: commands.ProvideAssistance, state: Case, context: Asked) {
  assertRequested(state);
  assertBy(command.by, context);
  assertOrgan(command.signedInNameOf, '/signedInNameOf', context);
  const { onSpot = false, ...rest } = said(command);
  return recording(
    { type: 'AssistanceProvided', occurredAt: command.occurredAt, data: { ...rest, onSpot } },
    state,
    context,
  );
}

/** 书面反馈 (XM-14-2). Elements it lacks are flagged; only one that says nothing at all is none. */
export function giveFeedback(command: commands.GiveFeedback, state: Case, context: Asked) {
  assertRequested(state);
  assertBy(command.by, context);
  const { matter, course, result, other } = command;
  if ([matter, course, result, other].every((element) => element === undefined))
    throw refusal('FEEDBACK_EMPTY', {
      kind: 'incomplete',
      ...citing(governed(state, context.law)?.rules, 'feedbackElements'),
    });
  return simply('AssistanceFeedbackGiven')(command, state, context);
}

/** 告知不能 (XM-6-4): recorded whatever it lacks; only a notice that no help can be given ends the clock. */
export function notifyInability(command: commands.NotifyInability, state: Case, context: Asked) {
  assertRequested(state);
  const rules = governed(state, context.law)?.rules;
  if (rules) assertCause(rules, said(command));
  return simply('AssistanceInabilityNotified')(command, state, context);
}

/** 提请复核 (KESU-3, a product hint) of a notice that no help can be given. Once about each is enough. */
export function requestReview({ about }: commands.RequestReview, { facts }: Case) {
  if (!facts.AssistanceInabilityNotified.some(({ event }) => event === about))
    throw refusal('NOTICE_UNKNOWN', { kind: 'impossible', pointer: '/about' });
  if (facts.AssistanceReviewRequested.some(({ data }) => data.about === about))
    throw refusal('REVIEW_REQUESTED', { kind: 'impossible', pointer: '/about' });
  return [{ type: 'AssistanceReviewRequested' as const, data: { about } }];
}

/**
 * 退回资料 (XM-6-5): whether it is what was handed over, and whether the notice that 第六条 hangs it on had come, is judged, not
 * refused: originals go back after help too.
 */
export function returnMaterials(command: commands.ReturnMaterials, state: Case, context: Asked) {
  assertRequested(state);
  if (command.returned.length === 0)
    throw refusal('MATERIALS_EMPTY', {
      kind: 'incomplete',
      pointer: '/returned',
      ...citing(governed(state, context.law)?.rules, 'materialsReturned'),
    });
  return simply('AssistanceMaterialsReturned')(command, state, context);
}
