import { assertBy, assertClasses, assertOrgan, assertProof, assertRequested } from '../admission.js';
import type * as commands from '../commands/index.js';
import { citing, governed } from '../governed-case.js';
import { recording } from '../judged.js';
import { refusal } from '../refusals.js';
import { said } from '../said.js';
import { simply, type Asked, type Case } from './decision.js';

/** 登记送达. It may come late and more than once: the earliest proven one starts the clock. */
export function recordDelivery(command: commands.RecordDelivery, state: Case, context: Asked) {
  assertRequested(state);
  const rules = governed(state, context.law)?.rules;
  if (rules) assertProof(rules, said(command).proof);
  return simply('AssistanceRequestDelivered')(command, state, context);
}

/** 对事项类别提出异议: the class stated in the request governs until a decision. */
export function disputeClass(command: commands.DisputeClass, state: Case, context: Asked) {
  assertRequested(state);
  const rules = governed(state, context.law)?.rules;
  if (rules) assertClasses(rules, command.matterClasses);
  return simply('AssistanceClassDisputed')(command, state, context);
}

/** 确定事项类别. Who may decide is judged, not refused. */
export function decideClass(command: commands.DecideClass, state: Case, context: Asked) {
  assertRequested(state);
  const rules = governed(state, context.law)?.rules;
  if (rules) assertClasses(rules, command.matterClasses);
  command.deciders.forEach((organ, index) => assertOrgan(organ, `/deciders/${index}`, context));
  return simply('AssistanceClassDecided')(command, state, context);
}

/** 批准延长协助期限 (XM-16-6): whether it moves the due day is for `schedule`. */
export function approveExtension(command: commands.ApproveExtension, state: Case, context: Asked) {
  assertRequested(state);
  assertBy(command.by, context);
  const unit = governed(state, context.law)?.rules.clocks.find(({ extension }) => extension)?.extension?.unit;
  const data = { ...said(command), ...(unit && { unit }) };
  return recording({ type: 'AssistanceExtensionApproved', occurredAt: command.occurredAt, data }, state, context);
}

/** 延长期限报送备案 (XM-16-7). */
export function fileExtension(command: commands.FileExtension, state: Case, context: Asked) {
  assertRequested(state);
  assertOrgan(command.office, '/office', context);
  if (!state.facts.AssistanceExtensionApproved.some(({ event }) => event === command.extension))
    throw refusal('EXTENSION_UNKNOWN', {
      kind: 'impossible',
      pointer: '/extension',
      ...citing(governed(state, context.law)?.rules, 'extensionFiled'),
    });
  return simply('AssistanceExtensionFiled')(command, state, context);
}
