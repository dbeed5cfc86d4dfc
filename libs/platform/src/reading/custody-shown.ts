import { custodyAt, fold, verdict, type AnyFact, type CaseSystem, type Recorded } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { maySeeFact, type MaySee } from './case-at.js';
import { namesIn } from './case-pages.js';
import type { Asked } from './case-reader.js';
import { articleOf } from './judged-shown.js';

/**
 * 责任链 of a case at the moment asked for, with a Chinese sentence for each turn and the duties that are open beside it.
 * It is made of the facts that the reader may see: an internal step of another organ names nobody to them yet.
 */
export function custodyShown<State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  { at, moment, revision }: Asked<State, F>,
  maySee: MaySee,
): object {
  const facts = at.facts.filter((fact) => maySeeFact(system, maySee, fact as Recorded, at.history));
  const state = fold<State, F>(system.decider, facts);
  const names = namesIn(at.law);
  const { custody: { line, says } = { line: () => [], says: () => '' }, told } = system;
  const { turns, ...whole } = custodyAt(line(state, at.law), moment.asOf);
  const { duties } = verdict(system.schedule(state, at.law), moment.asOf);
  return {
    ...moment,
    ...whole,
    case: at.case,
    revision,
    turns: turns.map((turn) => ({
      ...turn,
      ...(turn.rule === undefined ? {} : articleOf(turn.rule)),
      says: says(turn, names),
    })),
    duties: duties.map((duty) => ({ ...duty, ...articleOf(duty.rule), says: told.duty(duty, names) })),
  };
}
