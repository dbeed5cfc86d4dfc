import type { AnyFact } from '#libs/kernel';
import { Denial } from '../../ledger/index.js';
import type { Asked, OpenCase } from '../../reading/index.js';
import type { Disclosed } from '../disclosed.js';
import { atMoment, type AskedOfCase } from './at-moment.js';
import { rowsShown, type QuestionParts, type System } from './parts.js';

/** 案卷 with its clocks, flags and duties, as they stand or as they stood at the instant asked for. */
export const caseFile = <State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  asked: AskedOfCase,
): Promise<Disclosed<object>> =>
  atMoment(parts, system, { ...asked, path: '', facts: false }, async (page, open) => {
    const [row] = rowsShown(system, open, { ...page, view: 'case_file' });
    if (!row) throw new Denial('CASE_NOT_YET');
    return { ...(await parts.pages.file(system, page, row)), ...(await besideOf(parts, system, open, page)) };
  });

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
