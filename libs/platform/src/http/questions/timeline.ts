import type { AnyFact } from '#libs/kernel';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { admitted, disclosureOf } from './admission.js';
import { askedIn, tellMoment, type MomentQuery } from './moment-query.js';
import { caseReaderOn, rowsShown, type QuestionParts, type System } from './parts.js';

/** 时间线: one sentence per fact that counts and that the reader may see, in the order of recording. */
export async function timeline<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { caseId, query, http }: { readonly caseId: string; readonly query: MomentQuery; readonly http: Exchange },
): Promise<Disclosed<object>> {
  const asked = askedIn(query);
  const reader = caseReaderOn(parts);
  const glance = await reader.glance(asked);
  const open = await admitted(parts, system, caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${open.id}/timeline`), async () => {
    const page = await reader.read(system, open, { asked, facts: true, glance });
    const rows = rowsShown(parts, system, open, { ...page, view: 'timeline' }).filter((row) =>
      open.maySee(row.audience, row.recorder_organ),
    );
    tellMoment(http, page.moment, !page.present);
    if (page.present) void http.reply.header('etag', `"${page.revision}"`);
    return parts.pages.timeline(system, page, rows);
  });
}
