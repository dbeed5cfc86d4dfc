import { dayOfOccurrence, on, type Context, type Decider, type Decision } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { assertBy, assertOrgan, assertProof, assertRequestCodes } from './admission.js';
import { closureOf, evolve, noCase, type AssistanceCase } from './case-state.js';
import * as commands from './commands.js';
import { assistanceFacts, type AssistanceFact, type Counterparty } from './facts.js';
import { citing, governed, lawOn } from './governed-case.js';
import { recording } from './judged.js';
import { refusal } from './refusals.js';
import { said } from './said.js';

type Case = AssistanceCase;
type Asked = Context<LawBook>;

/*
 * Every act is recorded and its effect is computed by `schedule`: a second extension, a late one or one by a person not
 * entitled stands in the log, flagged, and moves nothing; so does an act dated after the close. Refused is only what is
 * malformed, lacks the form's own evidence, or makes no sense in the state of the case.
 */

/** 提出协助请求. It opens the case; the requesting organ is the recorder's own. */
function request(command: commands.RequestAssistance, state: Case, context: Asked) {
  const { counterparties, ...rest } = said(command);
  const requesting = context.recorder.organ;
  assertOrgan(rest.requested, '/requested', context);
  assertBy(rest.by, context);
  if (requesting === undefined) throw refusal('UNKNOWN_ORGAN', { kind: 'notEntitled' });
  const day = dayOfOccurrence(command.occurredAt);
  const law = lawOn(context.law, rest.requested, day);
  if (rest.requested === requesting)
    throw refusal('SAME_ORGAN', {
      kind: 'impossible',
      pointer: '/requested',
      ...citing(law?.rules, 'noSubordination'),
    });
  if (!law) throw refusal('NO_LAW_IN_FORCE', { kind: 'impossible', pointer: '/requested', values: { on: day } });
  const { grounds = [], matterClasses = [] } = rest;
  assertRequestCodes(law.rules, { ...rest, grounds, matterClasses });
  const data = {
    ...rest,
    requesting,
    grounds,
    matterClasses,
    ...(counterparties && { counterparties: counterparties.map(asSubject(context)) }),
  };
  return recording({ type: 'AssistanceRequested', occurredAt: command.occurredAt, data }, state, context);
}

/** Each 行政相对人 is a subject first named here: its key is its own, and no caller can name another's. */
const asSubject =
  ({ subjectAt }: Asked) =>
  (counterparty: commands.CounterpartyPart, index: number): Counterparty => ({
    ...counterparty,
    subject: subjectAt(`/counterparties/${index}`),
  });

/** 登记送达. It may come late and more than once: the earliest proven one starts the clock. */
function recordDelivery(command: commands.RecordDelivery, state: Case, context: Asked) {
  assertBy(command.by, context);
  const data = said(command);
  const rules = governed(state, context.law)?.rules;
  if (rules) assertProof(rules, data.proof);
  return recording({ type: 'AssistanceRequestDelivered', occurredAt: command.occurredAt, data }, state, context);
}

/** 受理. */
function accept(command: commands.AcceptRequest, state: Case, context: Asked) {
  assertBy(command.by, context);
  return recording({ type: 'AssistanceAccepted', occurredAt: command.occurredAt, data: said(command) }, state, context);
}

/** 登记办理步骤. */
function recordStep(command: commands.RecordStep, state: Case, context: Asked) {
  assertBy(command.by, context);
  return recording(
    { type: 'AssistanceStepRecorded', occurredAt: command.occurredAt, data: said(command) },
    state,
    context,
  );
}

/** 批准延长协助期限 (XM-16-6): whether it moves the due day is for `schedule`. */
function approveExtension(command: commands.ApproveExtension, state: Case, context: Asked) {
  assertBy(command.by, context);
  const unit = governed(state, context.law)?.rules.clocks.find(({ extension }) => extension)?.extension?.unit;
  const data = { ...said(command), ...(unit && { unit }) };
  return recording({ type: 'AssistanceExtensionApproved', occurredAt: command.occurredAt, data }, state, context);
}

/** 延长期限报送备案 (XM-16-7). */
function fileExtension(command: commands.FileExtension, state: Case, context: Asked) {
  assertBy(command.by, context);
  assertOrgan(command.office, '/office', context);
  if (!state.facts.AssistanceExtensionApproved.some(({ event }) => event === command.extension))
    throw refusal('EXTENSION_UNKNOWN', {
      kind: 'impossible',
      pointer: '/extension',
      ...citing(governed(state, context.law)?.rules, 'extensionFiled'),
    });
  return recording(
    { type: 'AssistanceExtensionFiled', occurredAt: command.occurredAt, data: said(command) },
    state,
    context,
  );
}

/** 提供协助. */
function provide(command: commands.ProvideAssistance, state: Case, context: Asked) {
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
function giveFeedback(command: commands.GiveFeedback, state: Case, context: Asked) {
  assertBy(command.by, context);
  const data = said(command);
  if (data.matter === undefined && data.course === undefined && data.result === undefined && data.other === undefined)
    throw refusal('FEEDBACK_EMPTY', {
      kind: 'incomplete',
      ...citing(governed(state, context.law)?.rules, 'feedbackElements'),
    });
  return recording({ type: 'AssistanceFeedbackGiven', occurredAt: command.occurredAt, data }, state, context);
}

/** 办结. What is missing by then is flagged, and so is what comes after it. A case is closed once. */
function close(command: commands.CloseCase, state: Case, context: Asked) {
  assertBy(command.by, context);
  const closure = closureOf(state);
  if (closure) throw refusal('CASE_CLOSED', { kind: 'impossible', values: { closedOn: closure.on } });
  return recording({ type: 'AssistanceClosed', occurredAt: command.occurredAt, data: said(command) }, state, context);
}

/** What may be asked, and what it records. */
const decisions: readonly Decision<Case, AssistanceFact, LawBook>[] = [
  on({ command: commands.RequestAssistance, records: 'AssistanceRequested', opens: true, decide: request }),
  on({ command: commands.RecordDelivery, records: 'AssistanceRequestDelivered', decide: recordDelivery }),
  on({ command: commands.AcceptRequest, records: 'AssistanceAccepted', decide: accept }),
  on({ command: commands.RecordStep, records: 'AssistanceStepRecorded', decide: recordStep }),
  on({
    command: commands.ApproveExtension,
    records: 'AssistanceExtensionApproved',
    seen: true,
    decide: approveExtension,
  }),
  on({ command: commands.FileExtension, records: 'AssistanceExtensionFiled', decide: fileExtension }),
  on({ command: commands.ProvideAssistance, records: 'AssistanceProvided', decide: provide }),
  on({ command: commands.GiveFeedback, records: 'AssistanceFeedbackGiven', decide: giveFeedback }),
  on({ command: commands.CloseCase, records: 'AssistanceClosed', seen: true, decide: close }),
];

export const assistanceCase: Decider<AssistanceCase, AssistanceFact, LawBook> = {
  category: 'assistance',
  facts: assistanceFacts,
  initial: noCase,
  evolve,
  decisions,
};
