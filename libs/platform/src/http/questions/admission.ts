import { isUuid, type AnyFact, type Recorder, type Relation } from '#libs/kernel';
import { standsFor } from '#libs/law';
import { assertReadable, Denial } from '../../ledger/index.js';
import type { OpenCase } from '../../reading/index.js';
import { single, type Exchange } from '../caller.js';
import { purposeFrom, type Purpose } from '../disclosed.js';
import type { QuestionParts, System } from './parts.js';

/** A case and the relation in which the reader stands to it today. */
export interface Found<State> extends OpenCase<State> {
  readonly relation: Relation;
}

type Parts = Pick<QuestionParts, 'ledger' | 'law'>;

/**
 * Lets a reader into a case, by what its stream says at its head and by the law of today; whatever instant is asked for. What
 * they may see of it is settled here as well.
 * @throws Denial CASE_NOT_FOUND for what is not theirs to know, as for what does not exist; PURPOSE_REQUIRED; Quarantined.
 */
export async function admitted<State, F extends AnyFact>(
  parts: Parts,
  system: System<State, F>,
  caseId: string,
  http: Exchange,
): Promise<Found<State>> {
  const found = await foundCase(parts, system, caseId, http);
  if (!found || found.relation === 'none') throw new Denial('CASE_NOT_FOUND');
  assertPurpose(found.relation, http);
  assertReadable(found.standing);
  return found;
}

/** The case and how the reader stands to it, whoever they are; undefined when there is none. */
export async function foundCase<State, F extends AnyFact>(
  { ledger, law }: Parts,
  system: System<State, F>,
  caseId: string,
  http: Exchange,
): Promise<Found<State> | undefined> {
  if (!isUuid(caseId)) return undefined;
  const read = await ledger.read(system, caseId).catch((error: unknown) => {
    if (error instanceof Denial && error.code === 'CASE_NOT_FOUND') return undefined;
    throw error;
  });
  if (!read) return undefined;
  const { viewer } = http.caller;
  const relation = system.relation(read.standing.state, viewer, law.book);
  // An organ's internal steps are its own until they have been fed back; then they may be seen at every instant.
  const own = standsFor(law.book.organs, viewer.organ);
  const all = relation === 'supervising' || system.isFedBack(read.standing.state);
  return {
    id: caseId,
    ...read,
    relation,
    maySee: (audience, recordingOrgan) =>
      all || audience === 'parties' || own.some((organ) => organ === recordingOrgan),
  };
}

/** @throws Denial PURPOSE_REQUIRED */
export function assertPurpose(relation: Relation, http: Exchange): void {
  if (relation === 'supervising' && purposeOf(http) === undefined) throw new Denial('PURPOSE_REQUIRED');
}

export const purposeOf = ({ request }: Exchange): Purpose | undefined =>
  purposeFrom(single(request.headers['kesu-purpose']));

/** What the one door is told of a reading. */
export const disclosureOf = (http: Exchange, what: string): { recorder: Recorder; purpose: Purpose; what: string } => ({
  recorder: http.caller.recorder,
  purpose: purposeOf(http) ?? 'handling',
  what,
});
