import type { ApproveErasure, RefuseErasure, RequestErasure } from './common-commands.js';
import type { WholeCase } from './common-decision.js';
import { commonRefusal } from './common-refusals.js';
import { corrected } from './corrected.js';
import type { Command, Context, Decided } from './decider.js';
import { documentSubject } from './document.js';
import { erasedSubjects, holds, placesUnder } from './erased.js';
import { ERASURE_GROUNDS, type ErasureRefused, type ErasureRequested, type SubjectErased } from './erasure.js';
import { itemNumber, type AnyFact, type Recorded } from './fact.js';
import { assertFourEyes, handsIn, isTheirs } from './hands.js';
import type { Uuid } from './ids.js';
import { caseSubject } from './keys.js';
import { isCertainlyBefore } from './occurrence.js';
import { textSubjects } from './text-key.js';

/*
 * 删除 (个人信息保护法 art. 47). One person, of an organ that recorded data of the subject or supervising, asks; another
 * decides. A document is a subject of its own, in whatever case it is cited. Once SubjectErased is durable, nobody reads the values any more, and the key is destroyed by a reaction.
 *
 * Free text of a case is sealed under one key and may name anybody. From the request on, the case's text is sealed under
 * its next key; what is to be kept is recorded again without the name, by corrections; then the old key is given up.
 */

/** 申请删除 of a person's data, of a document, or of the case's free text. */
export function requestErasure<State, F extends AnyFact, Law>(
  { subject, document, ground, citation, reason }: RequestErasure,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<ErasureRequested>[] {
  if (!Object.hasOwn(ERASURE_GROUNDS, ground))
    throw commonRefusal('ERASURE_GROUND_UNKNOWN', {
      kind: 'malformed',
      pointer: '/ground',
      values: { known: Object.keys(ERASURE_GROUNDS).join('、') },
    });
  if (subject !== undefined && document !== undefined)
    throw commonRefusal('ERASURE_OF_TWO', { kind: 'malformed', pointer: '/document' });
  const asked = subject ?? (document === undefined ? textOf(of) : documentSubject(document));
  const pointer = document === undefined ? '/subject' : '/document';
  const holders = holdersOf(asked, of);
  if (!isText(asked, of) && !holders.some((fact) => isTheirs(fact, of, context)))
    throw commonRefusal('SUBJECT_UNKNOWN', { kind: 'impossible', pointer });
  if (erasedSubjects(allOf(of)).has(asked)) throw commonRefusal('SUBJECT_ERASED', { kind: 'impossible', pointer });
  return [{ type: 'ErasureRequested', data: { subject: asked, ground, citation, reason } }];
}

/** 准予删除, by another person. It cannot be taken back. */
export function approveErasure<State, F extends AnyFact, Law>(
  command: ApproveErasure,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<SubjectErased>[] {
  const { subject } = openRequest(command, of, context).data;
  if (erasedSubjects(allOf(of)).has(subject)) throw commonRefusal('SUBJECT_ERASED', { kind: 'impossible' });
  if (isText(subject, of)) assertRecordedAgain(subject, of, context);
  return [{ type: 'SubjectErased', data: { request: command.request, subject } }];
}

/** 不予删除, by another person. */
export function refuseErasure<State, F extends AnyFact, Law>(
  command: RefuseErasure,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): readonly Decided<ErasureRefused>[] {
  const { request, reason } = command;
  openRequest(command, of, context);
  return [{ type: 'ErasureRefused', data: { request, reason } }];
}

/** A request that nobody has decided on yet, and that is this person's to decide on. */
function openRequest<State, F extends AnyFact, Law>(
  { request: id, occurredAt }: Command & { readonly request: Uuid },
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): Recorded<ErasureRequested> {
  const all = allOf(of);
  const asked = all.find((fact): fact is Recorded<ErasureRequested> => isRequest(fact) && fact.id === id);
  const holders = asked ? holdersOf(asked.data.subject, of) : [];
  const theirs = asked && (isText(asked.data.subject, of) || holders.some((fact) => isTheirs(fact, of, context)));
  if (!asked || !theirs) throw commonRefusal('ERASURE_UNKNOWN', { kind: 'absent' });
  const decision = all.find(({ data }) => 'request' in data && data.request === id);
  if (decision) {
    const outcome = decision.type === 'SubjectErased' ? '获准' : '被驳回';
    throw commonRefusal('ERASURE_DECIDED', { kind: 'impossible', values: { outcome } });
  }
  const { behind } = of;
  const hands = new Set(holders.flatMap((fact) => [...handsIn(fact, all, behind)]));
  assertFourEyes(asked, hands, behind(context.recorder), { behind, cited: {} });
  if (isCertainlyBefore(occurredAt, asked.occurredAt))
    throw commonRefusal('DECIDED_BEFORE_ASKED', { kind: 'malformed', pointer: '/occurredAt' });
  return asked;
}

/** The facts that hold data of a subject, corrections among them, or cite it if it is a document. Of a case's text: none. */
function holdersOf<State, F extends AnyFact, Law>(subject: Uuid, of: WholeCase<State, F, Law>): readonly Recorded[] {
  return isText(subject, of) ? [] : allOf(of).filter(({ data }) => holds(data, subject));
}

/** The case's text as far as it was recorded under the oldest key that was not given up yet. */
function textOf<State, F extends AnyFact, Law>(of: WholeCase<State, F, Law>): Uuid {
  const erased = erasedSubjects(allOf(of));
  const subjects = textSubjects(allOf(of), of.id);
  return subjects.find((subject) => !erased.has(subject)) ?? caseSubject(of.id, subjects.length);
}

const isText = <State, F extends AnyFact, Law>(subject: Uuid, of: WholeCase<State, F, Law>): boolean =>
  textSubjects(allOf(of), of.id).includes(subject);

/** How many places a refusal names. */
const PLACES_TOLD_MAX = 20;

/** No text in effect is lost with its key. Of the other side's, nobody is told more than that there are some. */
function assertRecordedAgain<State, F extends AnyFact, Law>(
  subject: Uuid,
  of: WholeCase<State, F, Law>,
  context: Context<Law>,
): void {
  const facts: readonly Recorded[] = corrected<F>(of.facts);
  const remaining = facts.flatMap((fact) =>
    placesUnder(fact.data, subject)
      .toSorted()
      .map((place) => ({ fact, place })),
  );
  if (remaining.length === 0) return;
  const own = remaining.filter(({ fact }) => isTheirs(fact, of, context));
  const places = own.slice(0, PLACES_TOLD_MAX).map(({ fact, place }) => `第${itemNumber(fact)}项 /data${place}`);
  throw commonRefusal('TEXTS_REMAIN', {
    kind: 'impossible',
    values: { count: own.length, places: places.join('、'), others: own.length < remaining.length ? 1 : 0 },
  });
}

/** Every fact of the case, whatever its kind. */
const allOf = <State, F extends AnyFact, Law>({ facts }: WholeCase<State, F, Law>): readonly Recorded[] => facts;

const isRequest = (fact: Recorded): fact is Recorded<ErasureRequested> => fact.type === 'ErasureRequested';
