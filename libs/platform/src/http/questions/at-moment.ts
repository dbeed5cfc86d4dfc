import type { AnyFact } from '#libs/kernel';
import type { Asked } from '../../reading/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { assertShowable } from '../shown-troubles.js';
import { admitted, disclosureOf, type Found } from './admission.js';
import { askedIn, tellMoment, type MomentQuery } from './moment-query.js';
import { caseReaderOn, type QuestionParts, type System } from './parts.js';

/** A question about one case, at the moment its query names. */
export interface AskedOfCase {
  readonly caseId: string;
  readonly query: MomentQuery;
  readonly http: Exchange;
}

/** What is asked of the case: below its own address, and whether the single facts are needed for it. */
export interface Part {
  readonly path: '' | '/timeline' | '/clocks' | '/custody';
  readonly facts: boolean;
}

/**
 * Answers what `tell` makes of the case as it stands or stood at the moment asked for, for a reader who was let in. The answer
 * says for which place of the log it speaks, and of the present which version of the case it shows.
 * @throws what `admitted`, `CaseReader.read` and `assertShowable` throw.
 */
export async function atMoment<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { caseId, query, http, path, facts }: AskedOfCase & Part,
  tell: (page: Asked<State, F>, open: Found<State>) => Promise<object> | object,
): Promise<Disclosed<object>> {
  const asked = askedIn(query);
  const reader = caseReaderOn(parts);
  const glance = await reader.glance(asked);
  const open = await admitted(parts, system, caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${open.id}${path}`), async () => {
    const page = await reader.read(system, open, { asked, facts, glance });
    assertShowable(parts.troubles, open.id, page.revision);
    const told = await tell(page, open);
    tellMoment(http, page.moment, !page.present);
    if (page.present) void http.reply.header('etag', `"${page.revision}"`);
    return told;
  });
}
