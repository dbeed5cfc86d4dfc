import { isUuid, type AnyFact, type Position, type Relation, type Uuid } from '#libs/kernel';
import type { Attempts, RefusedAttempt } from '../../attempts/index.js';
import { answerFrom, assertReadable, audiencesIn, placeOf, type Answer } from '../../ledger/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { mayReview, refusalTold, type RefusalTold } from '../refusals-told.js';
import { assertPurpose, disclosureOf, foundCase } from './admission.js';
import type { QuestionParts, System } from './parts.js';

type CommandStatus =
  | { readonly status: 'recorded'; readonly position: Position; readonly answer: Answer }
  | { readonly status: 'refused'; readonly refusals: readonly RefusalTold[] }
  | { readonly status: 'unknown' };

type Parts = QuestionParts & { readonly attempts: Attempts };

/**
 * What became of a command: recorded, with its first answer and where its last event stands; refused, to whom sent it and to
 * supervision; or not known, which promises nothing and speaks for no place of the log. What was recorded outranks what was
 * refused, also where the reader may not see it.
 */
export async function commandStatus<State, F extends AnyFact>(
  parts: Parts,
  system: System<State, F>,
  { caseId, commandId, http }: { readonly caseId: string; readonly commandId: string; readonly http: Exchange },
): Promise<Disclosed<CommandStatus>> {
  const found = await foundCase(parts, system, caseId, http);
  if (found) assertPurpose(found.relation, http);
  if (found && found.relation !== 'none') assertReadable(found.standing);
  const place = found && isUuid(commandId) ? placeOf(found.standing, commandId) : undefined;
  const refusals = place ? [] : await refusalsOf(parts, { commandId, caseId, http }, found?.relation);
  return disclose(disclosureOf(http, `${system.decider.category}/${caseId}/commands/${commandId}`), async () => {
    void http.reply.header('cache-control', 'no-store');
    const { mode } = parts.pages;
    if (refusals.length > 0)
      return { ...mode, status: 'refused', refusals: refusals.map(refusalTold(system.refusals)) };
    if (!found || !place || found.relation === 'none') return { ...mode, status: 'unknown' };
    const stored = await parts.log.readStream(found.stream, ...place);
    const position = stored.at(-1)?.position;
    const audiences = await audiencesIn(system, parts.log, found.stream, stored);
    if (position === undefined || !audiences.every(({ read, organ }) => found.maySee(read, organ)))
      return { ...mode, status: 'unknown' };
    void http.reply.header('kesu-position', position);
    const answer = answerFrom({ caseId: found.id, commandId: commandId as Uuid }, stored);
    return { ...mode, status: 'recorded', position, answer };
  });
}

/** What a command about this case was refused for, as far as the reader is to know. */
async function refusalsOf(
  { attempts, law }: Parts,
  { commandId, caseId, http }: { readonly commandId: string; readonly caseId: string; readonly http: Exchange },
  relation: Relation | undefined,
): Promise<readonly RefusedAttempt[]> {
  if (!isUuid(commandId)) return [];
  const refusals = (await attempts.of(commandId)).filter(({ about }) => about === caseId);
  const [first] = refusals;
  const { recorder, viewer } = http.caller;
  if (!first || first.recorder.person === recorder.person) return refusals;
  const reviews = relation === 'supervising' || mayReview(law.book.organs, viewer, first.recorder);
  if (reviews) assertPurpose('supervising', http);
  return reviews ? refusals : [];
}
