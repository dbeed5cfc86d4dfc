import type { AnyFact } from '#libs/kernel';
import { Quarantined } from '../../ledger/index.js';
import { clocksShown } from '../../reading/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { assertShowable } from '../shown-troubles.js';
import { admitted, disclosureOf } from './admission.js';
import { askedIn, tellMoment, type MomentQuery } from './moment-query.js';
import { caseReaderOn, type QuestionParts, type System } from './parts.js';

/** 期限说明: every clock of the case, how it stands and how it was counted, now or as of the moment asked for. */
export async function clocks<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  { caseId, query, http }: { readonly caseId: string; readonly query: MomentQuery; readonly http: Exchange },
): Promise<Disclosed<object>> {
  const asked = askedIn(query);
  const reader = caseReaderOn(parts);
  const glance = await reader.glance(asked);
  const open = await admitted(parts, system, caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${open.id}/clocks`), async () => {
    const page = await reader.read(system, open, { asked, facts: false, glance });
    assertShowable(parts.troubles, open.id, page.revision);
    tellMoment(http, page.moment, !page.present);
    try {
      return { ...parts.pages.mode, ...clocksShown(system, page) };
    } catch (cause) {
      throw new Quarantined(open.stream, page.revision - 1, { cause });
    }
  });
}
