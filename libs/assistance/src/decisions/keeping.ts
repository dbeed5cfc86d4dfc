import { personsBehind, rule as catalogued, type LawBook } from '#libs/law';
import { personsIn, type Uuid } from '#libs/kernel';
import { assertBy, assertRequested, sideOf } from '../admission.js';
import { closureOf, type DataOf, type Kept } from '../case-state.js';
import type * as commands from '../commands/index.js';
import type { RegisteredCounterparty } from '../facts/index.js';
import { governed } from '../governed-case.js';
import { recording } from '../judged.js';
import { refusal } from '../refusals.js';
import { isInForce, regimesIn } from '../regimes.js';
import { said } from '../said.js';
import { schedule } from '../schedule.js';
import { simply, type Asked, type Case } from './decision.js';

/** 登记台账 (XM-15-0): of the recorder's side. What it lacks or says otherwise than the case is flagged. */
export function enterRegister(command: commands.EnterRegister, state: Case, context: Asked) {
  assertRequested(state);
  assertBy(command.by, context);
  const { counterparties, responsible, ...rest } = said(command);
  responsible?.forEach((officer, index) => assertBy(officer, context, `/responsible/${index}`));
  const data: DataOf['AssistanceRegisterEntryMade'] = {
    ...rest,
    side: sideOf(state, context),
    ...(responsible && { responsible }),
    ...(counterparties && { counterparties: counterparties.map(registeredIn(state, context)) }),
  };
  return recording({ type: 'AssistanceRegisterEntryMade', occurredAt: command.occurredAt, data }, state, context);
}

/** One the case names already, by its subject; one it does not name becomes a subject here, with a key of its own. */
const registeredIn =
  (state: Case, { subjectAt }: Asked) =>
  (part: commands.RegisteredCounterpartyPart, index: number): RegisteredCounterparty => {
    const pointer = `/counterparties/${index}`;
    const { subject, ...rest } = part;
    if (subject === undefined ? rest.name === undefined : !subjectsOf(state).has(subject))
      throw refusal('COUNTERPARTY_UNKNOWN', { kind: 'malformed', pointer: `${pointer}/subject` });
    return { ...rest, subject: subject ?? subjectAt(pointer) };
  };

const subjectsOf = ({ facts }: Case): ReadonlySet<Uuid> =>
  new Set(
    [...facts.AssistanceRequested, ...facts.AssistanceRegisterEntryMade].flatMap(({ data }) =>
      (data.counterparties ?? []).map(({ subject }) => subject),
    ),
  );

/** 办结. What is missing by then is flagged, and so is what comes after it. A case is closed once. */
export function close(command: commands.CloseCase, state: Case, context: Asked) {
  const closure = closureOf(state);
  if (closure) throw refusal('CASE_CLOSED', { kind: 'impossible', values: { closedOn: closure.on } });
  return simply('AssistanceClosed')(command, state, context);
}

/** 归档 (XM-15-7), once by each side, of a closed case. */
export function archive(command: commands.ArchiveCase, state: Case, context: Asked) {
  assertBy(command.by, context);
  const side = sideOf(state, context);
  if (!closureOf(state)) throw refusal('NOT_CLOSED', { kind: 'impossible' });
  if (state.facts.AssistanceArchived.some(({ data }) => data.side === side))
    throw refusal('ALREADY_ARCHIVED', { kind: 'impossible' });
  const data = { ...said(command), side };
  return recording({ type: 'AssistanceArchived', occurredAt: command.occurredAt, data }, state, context);
}

/** 结束应急处置: one that was activated and has not ended. */
export function endRegime(command: commands.EndEmergencyRegime, state: Case, context: Asked) {
  if (!isInForce(regimesIn(state.facts))) throw refusal('REGIME_NOT_ACTIVE', { kind: 'impossible' });
  return simply('AssistanceEmergencyRegimeEnded')(command, state, context);
}

/** 认定 of a rule that only a person decides, about facts of this case, by somebody with no hand in them (四眼). */
export function assessRule(command: commands.AssessRule, state: Case, context: Asked) {
  assertForPerson(command.rule, state, context.law);
  const facts = new Map((Object.values(state.facts).flat() as readonly Kept[]).map((fact) => [fact.event, fact]));
  const assessors = [...personsBehind(context.recorder, context.law.organs), ...personsIn(command.by)];
  command.about.forEach((event, index) => {
    const pointer = `/about/${index}`;
    const fact = facts.get(event);
    if (!fact) throw refusal('EVENT_UNKNOWN', { kind: 'malformed', pointer });
    const hands = handsIn(fact, context);
    if (assessors.some((person) => hands.includes(person)))
      throw refusal('ASSESSOR_INVOLVED', { kind: 'notEntitled', pointer });
  });
  return simply('AssistanceRuleAssessed')(command, state, context);
}

/** Who recorded a fact, by delegation for whom, and whom it names, now or before it was corrected. */
const handsIn = ({ recorder, data, earlier = [] }: Kept, { law }: Asked): readonly Uuid[] => [
  ...personsBehind(recorder, law.organs),
  ...[data, ...earlier.map((before) => before.data)].flatMap(personsIn),
];

/**
 * 须由人判断: a rule that software does not decide alone; and any that a clock of the case runs by, or the case is flagged
 * under: a flag is a candidate until a person has found. What the record shows to be kept is not assessed over.
 */
function assertForPerson(id: string, state: Case, law: LawBook): void {
  const known = catalogued(id);
  const pack = governed(state, law)?.edition.pack.pack;
  if (!known || (pack !== undefined && !id.startsWith(`${pack}-`)))
    throw refusal('RULE_NOT_OF_PACK', { kind: 'malformed', pointer: '/rule', values: { rule: id } });
  const { check, humanPart, autoPart } = known;
  if (check !== 'auto' || humanPart !== undefined || autoPart !== undefined) return;
  const { clocks, flags } = schedule(state, law);
  if ([...clocks, ...flags].every(({ rule }) => rule !== id))
    throw refusal('RULE_NOT_HUMAN', { kind: 'malformed', pointer: '/rule', rule: id, values: { rule: id } });
}
