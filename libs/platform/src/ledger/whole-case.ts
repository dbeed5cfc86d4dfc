import type { AnyFact, CaseSystem, CommonFact, Recorded, Relation, Uuid, WholeCase } from '#libs/kernel';
import { personsBehind, standingFor, type LawBook } from '#libs/law';

/** What a decision on the whole case is given of it. @param facts all of them, as recorded. */
export const wholeCase = <State, F extends AnyFact>(
  { decider, common, watched }: CaseSystem<State, F, LawBook>,
  of: { readonly id: Uuid; readonly facts: readonly Recorded<F | CommonFact>[]; readonly relation: Relation },
  { organs }: LawBook,
): WholeCase<State, F, LawBook> => ({
  ...of,
  decider,
  rule: common?.rule ?? (() => undefined),
  parties: watched?.parties ?? (() => []),
  standing: (organ) => standingFor(organs, organ),
  behind: (recorder) => personsBehind(recorder, organs),
});
