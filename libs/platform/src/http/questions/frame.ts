import {
  dayOfOccurrence,
  Id,
  IntegerText,
  Optional,
  type AnyFact,
  type CaseSystem,
  type Position,
  type Recorded,
  type Row,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { Denial } from '../../ledger/index.js';
import { caseAt, eventsUpTo, factsKnown, rowsAt, viewNamed } from '../../reading/index.js';
import { casesOpenedBy, framedCases, type FrameWanted } from '../../views/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { admitted, disclosureOf } from './admission.js';
import { tellPage } from './case-list.js';
import { fromViews, type QuestionParts, type System } from './parts.js';

/** A system as cases are drawn from it: of its state only what its own views and facts make of it is looked at. */
export type FramedSystem = CaseSystem<unknown, AnyFact, LawBook>;
/** The system so. Its own functions get its own states back, which its type forgets here. */
export const framed = <State, F extends AnyFact>(system: CaseSystem<State, F, LawBook>): FramedSystem =>
  system as unknown as FramedSystem;

/** Cases as they were wanted, read at one place of the log. */
export interface FixedFrame extends FrameWanted {
  readonly position: Position;
}

/** A page of a frame's members, by id. */
export class FrameQuery {
  @Optional() @Id('自哪一案件之后') after?: Uuid;
  @Optional() @IntegerText('每页所查案件数', 1, 1000) limit?: number;
}

const LIMIT = 500;

/** 抽样总体 as the read models have it, whoever asks. @throws Denial VIEWS_… */
export const framedNow = (
  parts: Pick<QuestionParts, 'tables'>,
  system: FramedSystem,
  wanted: FrameWanted,
): ReturnType<typeof framedCases> =>
  fromViews(parts, (tables) => framedCases(tables, viewNamed(system, 'case_file'), wanted));

/**
 * 抽样总体 once more, from the log itself as it stood at the frame's place, whatever was recorded since: of the next `limit`
 * cases that had been opened by then, those that belong to it. `next` is where to go on; left out at the end.
 * @throws Denial VIEWS_BEHIND, VIEWS_…; LogUnavailable; IntegrityBroken; UnknownFact where a case cannot be read.
 */
export async function framedAt(
  parts: Pick<QuestionParts, 'tables' | 'log' | 'history' | 'ledger'>,
  system: FramedSystem,
  frame: FixedFrame,
  { after, limit = LIMIT }: { readonly after?: Uuid | undefined; readonly limit?: number | undefined } = {},
): Promise<{ readonly cases: readonly Uuid[]; readonly next?: Uuid }> {
  const { category, position } = frame;
  const asked = { category, position, ...(after === undefined ? {} : { after }) };
  const opened = await fromViews(parts, (tables) => casesOpenedBy(tables, asked, limit + 1));
  if (!opened) throw new Denial('VIEWS_BEHIND');
  const law = await parts.history.at(position);
  const cases: Uuid[] = [];
  const page = opened.slice(0, limit);
  for (const id of page) {
    const stream = parts.ledger.streamOf(system, id);
    const facts = factsKnown(system, await eventsUpTo(parts.log, stream, position), new Set());
    const at = caseAt(system, { case: id, facts, law });
    const [row] = at ? rowsAt(system, 'case_file', at) : [];
    if (row && isWanted(frame, row, (at?.facts as readonly Recorded[])[0])) cases.push(id);
  }
  const last = page.at(-1);
  return { cases, ...(opened.length > limit && last !== undefined ? { next: last } : {}) };
}

/** The conditions of {@link framedCases}, on the row that the case had. */
function isWanted({ organs, from, to, status }: FrameWanted, row: Row, first: Recorded | undefined): boolean {
  const opened = first && dayOfOccurrence(first.occurredAt);
  const sides: readonly unknown[] = [row.requesting, row.requested];
  return (
    opened !== undefined &&
    from <= opened &&
    opened <= to &&
    organs.some((organ) => sides.includes(organ)) &&
    (status === undefined || row.status === status)
  );
}

/**
 * A page of the members of the frame that a case of `system` fixed, for who may see that case.
 * @throws Denial CASE_NOT_FOUND, PURPOSE_REQUIRED, and what {@link framedAt} throws.
 */
export async function framePage<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  asked: {
    readonly caseId: string;
    readonly query: FrameQuery;
    readonly frameOf: (state: State) => { readonly frame: FixedFrame; readonly of: FramedSystem };
  },
  http: Exchange,
): Promise<Disclosed<object>> {
  const { standing, id } = await admitted(parts, system, asked.caseId, http);
  return disclose(disclosureOf(http, `${system.decider.category}/${id}/frame`), async () => {
    const { frame, of } = asked.frameOf(standing.state);
    const { cases, next } = await framedAt(parts, of, frame, asked.query);
    tellPage(http, { position: frame.position, ...(next === undefined ? {} : { next }) });
    return { ...parts.pages.mode, position: frame.position, cases, ...(next === undefined ? {} : { next }) };
  });
}
