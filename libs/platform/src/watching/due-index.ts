import {
  candidatesIn,
  dayOf,
  endOfDay,
  flagIdentity,
  identitiesDigest,
  type AnyFact,
  type CaseSystem,
  type Row,
  type View,
} from '#libs/kernel';
import { supervisionPart, thresholdsIn, turnsOf, type LawBook } from '#libs/law';

/** The item of the row that stands for all flags of a case together. */
export const ANOMALIES = 'anomalies';

const nameOf = (category: string): string => `${category}_due`;

/**
 * 届满索引 of a system: one row per clock of a case that can turn, with the instants at which its stages do, and one row for
 * what flags it, with the end of the day on which the case last moved. `mark` is what a stage was issued for: the due day,
 * or the digest of the flags. No row depends on the wall clock: what has turned is for the reader's clock to say.
 */
export const dueIndex = <State, F extends AnyFact>(
  system: Pick<CaseSystem<State, F, LawBook>, 'decider' | 'schedule' | 'packOf'>,
): View<State, F, LawBook> => ({
  name: nameOf(system.decider.category),
  columns: {
    case: 'text',
    item: 'text',
    mark: 'text',
    rule: 'text',
    holder: 'text',
    provisional: 'integer',
    warning_at: 'text',
    yellow_at: 'text',
    red_at: 'text',
  },
  key: ['case', 'item'],
  indexes: [['warning_at'], ['yellow_at'], ['red_at']],
  whole: true,
  rowsOf: ({ case: id, state, newest, law }) => {
    const rules = thresholdsIn(supervisionPart(law, system.packOf(state, law)));
    if (!rules) return [];
    const scheduled = system.schedule(state, law);
    const clocks = scheduled.clocks.flatMap((clock): readonly Row[] => {
      const { warning, yellow, red } = turnsOf(clock, law.calendar, rules);
      if (warning === undefined && yellow === undefined && red === undefined) return [];
      return [
        {
          case: id,
          item: clock.clock,
          mark: clock.due,
          rule: clock.rule,
          holder: clock.holder,
          provisional: clock.provisional ? 1 : 0,
          warning_at: warning,
          yellow_at: yellow,
          red_at: red,
        },
      ];
    });
    const flags = candidatesIn(scheduled).map(flagIdentity);
    if (flags.length === 0) return clocks;
    const over = endOfDay(dayOf(newest.recordedAt));
    return [...clocks, { case: id, item: ANOMALIES, mark: identitiesDigest(flags), yellow_at: over }];
  },
});

/** A system with its cases' due-index among its views. */
export const withDueIndex = <State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
): CaseSystem<State, F, LawBook> => ({ ...system, views: [...system.views, dueIndex(system)] });
