import type { AnyFact, CaseSystem, EventLog, Json, Keys, Relation, Uuid } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { BEFORE_ALL, Denial, opened, standingOf, type LawShelf, type Ledger } from '../ledger/index.js';
import { single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';
import { Fault } from './fault.js';

export interface StateParts {
  readonly ledger: Ledger;
  readonly log: EventLog;
  readonly keys: Keys;
  readonly law: LawShelf;
  readonly mode: { readonly mode?: string };
}

/** What is asked for: the state as of `revision`, or as it stands, and what is to be made of it. */
interface Asked<State> {
  readonly revision?: number | undefined;
  readonly build: (state: State, relation: Relation) => object;
}

/** 登记室: pages of a system that shows no rows of views, made from its folded state as the stream stands. */
export class StateRoom {
  constructor(private readonly parts: StateParts) {}

  /**
   * What `build` makes of the state, with the place of the newest event it rests on, sealed values opened. Who may see it is read at the stream's head.
   * @throws Denial CASE_NOT_FOUND; Fault REVISION_NOT_REACHED; whatever `build` throws.
   */
  async page<State, F extends AnyFact>(
    system: CaseSystem<State, F, LawBook>,
    caseId: Uuid,
    { caller, request, reply }: Exchange,
    { revision, build }: Asked<State>,
  ): Promise<Disclosed<object>> {
    const { ledger, log, law, keys, mode } = this.parts;
    const { standing, stream } = await ledger.read(system, caseId);
    const relation = system.relation(standing.state, caller.viewer, law.book);
    if (relation === 'none') throw new Denial('CASE_NOT_FOUND');
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    const what = `${system.decider.category}/${caseId}`;
    return disclose({ recorder: caller.recorder, purpose, what }, async () => {
      if (revision !== undefined && revision > standing.revision)
        throw new Fault('REVISION_NOT_REACHED', { values: { revision: standing.revision } });
      const shown =
        revision === undefined ? standing : standingOf(system, await log.readStream(stream, 0, revision + 1));
      const position = shown.position ?? BEFORE_ALL;
      void reply.headers({ etag: `"${standing.revision}"`, 'cache-control': 'no-store', 'kesu-position': position });
      // What a page is built of is JSON, though no interface says so.
      const body = (await opened(build(shown.state, relation) as Json, keys)) as object;
      return { ...mode, position, revision: shown.revision, ...body };
    });
  }
}
