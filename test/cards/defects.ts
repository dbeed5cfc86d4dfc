import { derivedId, type Decider, type Decision } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { watchOf, type AnyWatch } from '#libs/platform';
import { whenTimePassesSuperviseEachCase } from '#libs/reactions';
import { IssueCard, IssueWarning, supervision, type SupervisionFact, type SupervisionFile } from '#libs/supervision';

export const sound = (): AnyWatch => watchOf(whenTimePassesSuperviseEachCase, supervision);

/** A defect this bar exists to find: ids that do not follow from the cause, and a decision that trusts who asks. */
export function trusting(): AnyWatch {
  let count = 0;
  const unguarded = (row: Decision<SupervisionFile, SupervisionFact, LawBook>) => {
    if (row.command !== IssueCard && row.command !== IssueWarning) return row;
    return {
      ...row,
      decide: (command: object) => [{ type: row.records, data: (command as IssueCard).turned }],
    } as typeof row;
  };
  const decider: Decider<SupervisionFile, SupervisionFact, LawBook> = {
    ...supervision.decider,
    decisions: supervision.decider.decisions.map(unguarded),
  };
  const watch = watchOf(whenTimePassesSuperviseEachCase, { ...supervision, decider });
  return {
    ...watch,
    look: (of, events) =>
      watch
        .look(of, events)
        .map(({ command, cause }) => ({ command, cause: [...cause, derivedId(['any', (count += 1)])] })),
  };
}

/** Another one: what was done is noted for all instances before it is done, so that a death in between loses it. */
export function hasty(): AnyWatch {
  const noted = new Set<string>();
  const watch = sound();
  return {
    ...watch,
    look: (of, events) =>
      watch.look(of, events).filter(({ cause }) => {
        const name = cause.join(' ');
        if (noted.has(name)) return false;
        noted.add(name);
        return true;
      }),
  };
}
