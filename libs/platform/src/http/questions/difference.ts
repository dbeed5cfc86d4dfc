import type { AnyFact } from '#libs/kernel';
import { Difference } from '../../reading/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { admitted, disclosureOf } from './admission.js';
import { sidesIn, type DifferenceQuery } from './moment-query.js';
import { caseReaderOn, type QuestionParts, type System } from './parts.js';

/** 差异: which facts came between two instants, which were corrected, and what that changed. */
export async function difference<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { caseId, query, http }: { readonly caseId: string; readonly query: DifferenceQuery; readonly http: Exchange },
): Promise<Disclosed<object>> {
  const asked = sidesIn(query);
  const reader = caseReaderOn(parts);
  const glance = (await reader.glance(asked.from)) ?? (await reader.glance(asked.to));
  const open = await admitted(parts, system, caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${open.id}/difference`), async () => {
    const from = await reader.find(system, open, { asked: asked.from, facts: true, glance });
    const to = await reader.read(system, open, { asked: asked.to, facts: true, glance });
    void http.reply.headers({ 'cache-control': 'no-store', 'kesu-position': to.moment.position });
    return new Difference(parts.pages, system, { before: from, after: to, maySee: open.maySee }).body();
  });
}
