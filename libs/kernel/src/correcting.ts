import { claimedTitle } from './claim.js';
import type { ApproveCorrection, RefuseCorrection, RequestCorrection } from './common-commands.js';
import type { WholeCase } from './common-decision.js';
import { isCommonFact, ownFacts } from './common-fact.js';
import { commonRefusal, type CommonRefusalCode } from './common-refusals.js';
import { changed, corrected, type Correctable, type Placed } from './corrected.js';
import type { CorrectionRefused, CorrectionRequested, FactCorrected } from './correction.js';
import { hasPlace, isOvertaken, isTakenOut, recordable, sealsFor, type Target } from './correctable.js';
import { fold, type Command, type Context, type Decided } from './decider.js';
import { documentsOf } from './document.js';
import { erasedSubjects, subjectsIn } from './erased.js';
import type { AnyFact, Recorded } from './fact.js';
import { assertFourEyes, handsIn, isTheirs, personsIn, type Cited } from './hands.js';
import type { Uuid } from './ids.js';
import { dayOf } from './instant.js';
import { canonicalJson, valueAt, type Json } from './json.js';
import { isCertainlyBefore, type Occurrence } from './occurrence.js';
import { occurrenceFrom } from './occurred-at.js';
import type { RefusalDetail } from './refusal.js';

/*
 * 更正 (差错可纠). One person, of the organ that recorded a fact or supervising, asks; another decides; only an approval has
 * effect, and the original stands for ever. Everything is decided on the whole case as it was recorded.
 */

/** 申请更正. `after` is kept as the system itself would store it, sealed as the field it stands for is marked. */
export function requestCorrection<State, F extends AnyFact, Law>(
  command: RequestCorrection,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<CorrectionRequested>[] {
  const cited = ruleOf(of, context);
  const { corrects, pointer, reason } = command;
  const target = targetOf(corrects, of, context);
  if (claimedTitle(of.decider.decisions, target.original.type, pointer) === undefined)
    throw refused('FIELD_NOT_CORRECTABLE', 'malformed', '/pointer', cited);
  if (!hasPlace(target.standing, command)) throw refused('FIELD_NOT_THERE', 'malformed', '/pointer', cited);
  const before = valueBefore(command, target.standing, cited);
  const anew = recordable(target, command, of, { ...context, cited, pointer: '/after' });
  // Where an element is taken out of a list, the next one stands in its place.
  const after = isTakenOut(command) ? undefined : (valueAt(anew, pointer) as Json | undefined);
  if (isSame(valueAt(target.standing, pointer), after)) throw refused('AFTER_UNCHANGED', 'malformed', '/after', cited);
  if (!citesOnly(anew.data, ownFacts<F>(of.facts))) throw refused('DOCUMENT_NOT_CITED', 'impossible', '/after', cited);
  assertPartiesStay(target, { pointer, after }, of, { cited, pointer: '/after' });
  if (pointer === '/occurredAt') assertPast(anew.occurredAt, context, cited);
  const type = of.decider.facts[target.original.type as F['type']];
  const seals = sealsFor(changed(target.standing, { pointer, after }), pointer, type);
  const erased = erasedSubjects(allOf(of));
  if (Object.values(seals).some((subject) => subject !== 'text' && erased.has(subject)))
    throw refused('SUBJECT_ERASED', 'impossible', '/pointer', cited);
  const values = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
  return [
    { type: 'CorrectionRequested', data: { corrects, version: type.version, pointer, ...values, reason }, seals },
  ];
}

/** 准予更正, by another person: what was asked for must still fit the fact as it stands by now. */
export function approveCorrection<State, F extends AnyFact, Law>(
  command: ApproveCorrection,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<FactCorrected>[] {
  const cited = ruleOf(of, context);
  const { asked, target } = openRequest(command, of, context);
  if (isOvertaken(asked, allOf(of))) throw refused('CORRECTION_OVERTAKEN', 'impossible', undefined, cited);
  const erased = erasedSubjects(allOf(of));
  if (subjectsIn(asked.data.after).some((subject) => erased.has(subject)))
    throw refused('SUBJECT_ERASED', 'impossible', undefined, cited);
  recordable(target, asked.data, of, { ...context, cited });
  assertPartiesStay(target, asked.data, of, { cited });
  return [{ type: 'FactCorrected', data: { request: asked.id } }];
}

/** 不予更正, by another person. */
export function refuseCorrection<State, F extends AnyFact, Law>(
  command: RefuseCorrection,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<CorrectionRefused>[] {
  const { asked } = openRequest(command, of, context);
  return [{ type: 'CorrectionRefused', data: { request: asked.id, reason: command.reason } }];
}

/** The fact to correct. Of one that is not theirs to ask about, nobody learns whether it exists. */
function targetOf<State, F extends AnyFact, Law>(
  id: Uuid,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): Target<F> {
  const cited = ruleOf(of, context);
  const found = allOf(of).find((fact) => fact.id === id && isTheirs(fact, of, context));
  if (!found) throw refused('FACT_UNKNOWN', 'impossible', '/corrects', cited);
  if (isCommonFact(found.type)) throw refused('CORRECTS_CORRECTION', 'impossible', '/corrects', cited);
  return asTarget(found, of);
}

function asTarget<State, F extends AnyFact, Law>(found: Recorded, of: WholeCase<State, F, Law>): Target<F> {
  // Not one of the common facts, so it is one of the system's own, which a union of an open F cannot say.
  const original = found as unknown as Recorded<F>;
  return { original, standing: corrected<F>(of.facts).find(({ id }) => id === found.id) ?? original };
}

/** A request that nobody has decided on yet, and that is this person's to decide on. */
function openRequest<State, F extends AnyFact, Law>(
  { request: id, occurredAt }: Command & { readonly request: Uuid },
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): { readonly asked: Recorded<CorrectionRequested>; readonly target: Target<F> } {
  const cited = ruleOf(of, context);
  const all = allOf(of);
  const asked = all.find((fact): fact is Recorded<CorrectionRequested> => isRequest(fact) && fact.id === id);
  const original = all.find((fact) => fact.id === asked?.data.corrects);
  if (!asked || !original || !isTheirs(original, of, context))
    throw refused('CORRECTION_UNKNOWN', 'absent', undefined, cited);
  const decision = all.find(({ data }) => 'request' in data && data.request === id);
  if (decision) {
    const outcome = decision.type === 'FactCorrected' ? '获准' : '被驳回';
    throw commonRefusal('CORRECTION_DECIDED', { kind: 'impossible', values: { outcome }, ...cited });
  }
  const target = asTarget(original, of);
  const proposed = personsIn(changed(target.standing, asked.data).data);
  const hands = new Set([...handsIn(original, all, of.behind), ...proposed]);
  assertFourEyes(asked, hands, of.behind(context.recorder), { behind: of.behind, cited });
  if (isCertainlyBefore(occurredAt, asked.occurredAt))
    throw refused('DECIDED_BEFORE_ASKED', 'malformed', '/occurredAt', cited);
  return { asked, target };
}

/**
 * Who records in a case is answerable there and reads it: no correction of whose case it is puts an organ out of it that
 * has recorded a fact. Such a mistake is put right by another case.
 */
function assertPartiesStay<State, F extends AnyFact, Law>(
  { original }: Target<F>,
  change: Placed,
  of: WholeCase<State, F, Law>,
  refusing: { readonly cited: Cited; readonly pointer?: string },
): void {
  const facts = corrected<F>(of.facts);
  const anew = facts.map((fact) => (fact.id === original.id ? changed(fact, change) : fact));
  const stay = new Set(of.parties(fold(of.decider, anew)));
  const gone = of.parties(fold(of.decider, facts)).filter((organ) => !stay.has(organ));
  if (gone.some((organ) => allOf(of).some(({ recorder }) => recorder.organ === organ)))
    throw refused('PARTY_HAS_RECORDED', 'impossible', refusing.pointer, refusing.cited);
}

/** What the correction says stood there: the value in effect, which is left out where it is sealed. */
function valueBefore({ pointer, before }: RequestCorrection, standing: Correctable, cited: Cited): Json | undefined {
  const now = valueAt(standing, pointer) as Json | undefined;
  const claimed = pointer === '/occurredAt' ? occurrenceFrom(before) : before;
  if (subjectsIn(now).length > 0) {
    if (before !== undefined) throw refused('BEFORE_SEALED', 'malformed', '/before', cited);
    return undefined;
  }
  if (!isSame(now, claimed)) throw refused('BEFORE_DIFFERS', 'impossible', '/before', cited);
  return now;
}

/** Whether every document that `data` cite was cited by a fact as it was recorded, for which the store was asked. */
function citesOnly(data: object, facts: readonly { readonly data: object }[]): boolean {
  const known = new Set(facts.flatMap((fact) => documentsOf(fact.data)).map(({ digest }) => digest));
  return documentsOf(data).every(({ digest }) => known.has(digest));
}

function assertPast(occurrence: Occurrence, { now }: Context<unknown>, cited: Cited): void {
  const future = 'at' in occurrence ? occurrence.at > now : occurrence.on > dayOf(now);
  if (future) throw refused('AFTER_IN_FUTURE', 'malformed', '/after', cited);
}

const ruleOf = <State, F extends AnyFact, Law>(of: WholeCase<State, F, Law>, { law }: Context<Law>): Cited => {
  const rule = of.rule(fold(of.decider, corrected<F>(of.facts)), law);
  return rule === undefined ? {} : { rule };
};

const refused = (code: CommonRefusalCode, kind: RefusalDetail['kind'], pointer: string | undefined, cited: Cited) =>
  commonRefusal(code, { kind, ...(pointer === undefined ? {} : { pointer }), ...cited });

/** Every fact of the case, whatever its kind. */
const allOf = <State, F extends AnyFact, Law>({ facts }: WholeCase<State, F, Law>): readonly Recorded[] => facts;

const isRequest = (fact: Recorded): fact is Recorded<CorrectionRequested> => fact.type === 'CorrectionRequested';

const isSame = (a: unknown, b: unknown): boolean =>
  (a === undefined ? undefined : canonicalJson(a)) === (b === undefined ? undefined : canonicalJson(b));
