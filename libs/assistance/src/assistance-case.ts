import { on, type Decider, type Decision } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { evolve, gather, noCase, type AssistanceCase } from './case-state.js';
import * as commands from './commands/index.js';
import { assertRequested } from './admission.js';
import * as answering from './decisions/answering.js';
import { simply, type Asked, type Case } from './decisions/decision.js';
import * as handling from './decisions/handling.js';
import * as keeping from './decisions/keeping.js';
import * as requesting from './decisions/requesting.js';
import { assistanceFacts, type AssistanceFact } from './facts/index.js';

/*
 * Every act is recorded and its effect is computed by `schedule`: a second extension, a late one or one by a person not
 * entitled stands in the log, flagged, and moves nothing; so does an act dated after the close. Refused is only what is
 * malformed, lacks the form's own evidence, or makes no sense in the state of the case.
 */

/** An act on a request that is recorded as it was said. */
const onRequest =
  <T extends Parameters<typeof simply>[0]>(type: T) =>
  (command: Parameters<ReturnType<typeof simply<T>>>[0], state: Case, context: Asked) => {
    assertRequested(state);
    return simply(type)(command, state, context);
  };

/** What may be asked, and what it records: the table of contents of 行政协助. */
const decisions: readonly Decision<AssistanceCase, AssistanceFact, LawBook>[] = [
  on({
    command: commands.NoteObstacle,
    records: 'AssistanceObstacleNoted',
    opens: true,
    decide: requesting.noteObstacle,
  }),
  on({
    command: commands.ForgoRequest,
    records: 'AssistanceRequestForgone',
    seen: true,
    decide: simply('AssistanceRequestForgone'),
  }),
  on({ command: commands.RequestAssistance, records: 'AssistanceRequested', opens: true, decide: requesting.request }),
  on({
    command: commands.MakeUpFormalities,
    records: 'AssistanceFormalitiesMadeUp',
    decide: requesting.makeUpFormalities,
  }),
  on({
    command: commands.HandOverMaterials,
    records: 'AssistanceMaterialsHandedOver',
    decide: requesting.handOverMaterials,
  }),
  on({ command: commands.RecordDelivery, records: 'AssistanceRequestDelivered', decide: handling.recordDelivery }),
  on({
    command: commands.ConfirmReceipt,
    records: 'AssistanceReceiptConfirmed',
    decide: onRequest('AssistanceReceiptConfirmed'),
  }),
  on({ command: commands.AcceptRequest, records: 'AssistanceAccepted', decide: onRequest('AssistanceAccepted') }),
  on({ command: commands.DisputeClass, records: 'AssistanceClassDisputed', decide: handling.disputeClass }),
  on({
    command: commands.DecideClass,
    records: 'AssistanceClassDecided',
    seen: true,
    decide: handling.decideClass,
  }),
  on({ command: commands.RecordStep, records: 'AssistanceStepRecorded', decide: onRequest('AssistanceStepRecorded') }),
  on({
    command: commands.ApproveExtension,
    records: 'AssistanceExtensionApproved',
    seen: true,
    decide: handling.approveExtension,
  }),
  on({ command: commands.FileExtension, records: 'AssistanceExtensionFiled', decide: handling.fileExtension }),
  on({ command: commands.ProvideAssistance, records: 'AssistanceProvided', decide: answering.provide }),
  on({ command: commands.GiveFeedback, records: 'AssistanceFeedbackGiven', decide: answering.giveFeedback }),
  on({
    command: commands.NotifyInability,
    records: 'AssistanceInabilityNotified',
    decide: answering.notifyInability,
  }),
  on({ command: commands.RequestReview, records: 'AssistanceReviewRequested', decide: answering.requestReview }),
  on({
    command: commands.ReturnMaterials,
    records: 'AssistanceMaterialsReturned',
    decide: answering.returnMaterials,
  }),
  on({
    command: commands.DeclareNoMaterials,
    records: 'AssistanceNoMaterialsDeclared',
    decide: onRequest('AssistanceNoMaterialsDeclared'),
  }),
  on({ command: commands.EnterRegister, records: 'AssistanceRegisterEntryMade', decide: keeping.enterRegister }),
  on({ command: commands.CloseCase, records: 'AssistanceClosed', seen: true, decide: keeping.close }),
  on({ command: commands.ArchiveCase, records: 'AssistanceArchived', decide: keeping.archive }),
  on({
    command: commands.ActivateEmergencyRegime,
    records: 'AssistanceEmergencyRegimeActivated',
    decide: simply('AssistanceEmergencyRegimeActivated'),
  }),
  on({
    command: commands.EndEmergencyRegime,
    records: 'AssistanceEmergencyRegimeEnded',
    decide: keeping.endRegime,
  }),
  on({ command: commands.AssessRule, records: 'AssistanceRuleAssessed', seen: true, decide: keeping.assessRule }),
];

export const assistanceCase: Decider<AssistanceCase, AssistanceFact, LawBook> = {
  category: 'assistance',
  facts: assistanceFacts,
  initial: noCase,
  evolve,
  gather,
  decisions,
};
