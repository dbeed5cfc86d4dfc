import type { AnyFact } from '#libs/kernel';
import { Denial } from '../../ledger/index.js';
import type { Asked, OpenCase } from '../../reading/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { admitted, disclosureOf } from './admission.js';
import { askedIn, tellMoment, type MomentQuery } from './moment-query.js';
import { caseReaderOn, rowsShown, type QuestionParts, type System } from './parts.js';

/** 案卷 with its clocks, flags and duties, as they stand or as they stood at the instant asked for. */
export async function caseFile<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { caseId, query, http }: { readonly caseId: string; readonly query: MomentQuery; readonly http: Exchange },
): Promise<Disclosed<object>> {
  const asked = askedIn(query);
  const reader = caseReaderOn(parts);
  const glance = await reader.glance(asked);
  const open = await admitted(parts, system, caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${open.id}`), async () => {
    const page = await reader.read(system, open, { asked, facts: false, glance });
    const [row] = rowsShown(parts, system, open, { ...page, view: 'case_file' });
    if (!row) throw new Denial('CASE_NOT_YET');
    tellMoment(http, page.moment, !page.present);
    if (page.present) void http.reply.header('etag', `"${page.revision}"`);
    return { ...(await parts.pages.file(system, page, row)), ...(await besideOf(parts, system, open, page)) };
  });
}

/** What stands beside the case in files of other systems, as of the same place of the log. */
async function besideOf<State, F extends AnyFact>(
  { beside, log }: QuestionParts,
  system: System<State, F>,
  { id, stream }: OpenCase<State>,
  { at, moment }: Asked<State, F>,
): Promise<object> {
  const { category } = system.decider;
  const told = await beside?.told({ category, id, stream, position: moment.position }, { log, law: at.law });
  return beside && told ? { [beside.member]: told } : {};
}
