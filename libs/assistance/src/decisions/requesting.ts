import { dayOfOccurrence } from '#libs/kernel';
import { assertBy, assertGrounds, assertOrgan, assertRequestCodes, assertRequested } from '../admission.js';
import { requestOf } from '../case-state.js';
import type * as commands from '../commands/index.js';
import type { Counterparty } from '../facts/index.js';
import { citing, governed, lawOn } from '../governed-case.js';
import { recording } from '../judged.js';
import { refusal } from '../refusals.js';
import { said } from '../said.js';
import { recorderOrgan, simply, type Asked, type Case } from './decision.js';

/** 记录遇到障碍. It may open the case; no other organ sees it before a request. */
export function noteObstacle(command: commands.NoteObstacle, state: Case, context: Asked) {
  assertBy(command.by, context);
  const requesting = recorderOrgan(context);
  const day = dayOfOccurrence(command.occurredAt);
  const { dateUnknown, ...rest } = said(command);
  const rules = (governed(state, context.law) ?? lawOn(context.law, requesting, day))?.rules;
  if (!rules) throw refusal('NO_LAW_IN_FORCE', { kind: 'impossible', pointer: '/occurredAt', values: { on: day } });
  assertGrounds(rules, rest.grounds ?? [], { list: 'grounds', at: '/grounds' });
  const data = { ...rest, requesting, ...(dateUnknown === true && { dateUnknown }) };
  return recording({ type: 'AssistanceObstacleNoted', occurredAt: command.occurredAt, data }, state, context);
}

/** 提出协助请求. It opens the case, unless an obstacle did; the requesting organ is the recorder's own. */
export function request(command: commands.RequestAssistance, state: Case, context: Asked) {
  const { counterparties, ...rest } = said(command);
  const requesting = recorderOrgan(context);
  if (requestOf(state)) throw refusal('ALREADY_REQUESTED', { kind: 'impossible' });
  assertOrgan(rest.requested, '/requested', context);
  assertBy(rest.by, context);
  assertBy(rest.emergency?.caller, context, '/emergency/caller');
  assertBy(rest.emergency?.receiver, context, '/emergency/receiver');
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

/** 补办手续 (XM-7-3) of an urgent request; more than once is recorded, the first counts. */
export function makeUpFormalities(command: commands.MakeUpFormalities, state: Case, context: Asked) {
  assertRequested(state);
  if (!requestOf(state)?.data.emergency)
    throw refusal('NOT_URGENT', {
      kind: 'impossible',
      ...citing(governed(state, context.law)?.rules, 'formalitiesMadeUp'),
    });
  return simply('AssistanceFormalitiesMadeUp')(command, state, context);
}

/** 补交资料. */
export function handOverMaterials(command: commands.HandOverMaterials, state: Case, context: Asked) {
  assertRequested(state);
  if (command.materials.length === 0) throw refusal('MATERIALS_EMPTY', { kind: 'incomplete', pointer: '/materials' });
  return simply('AssistanceMaterialsHandedOver')(command, state, context);
}
