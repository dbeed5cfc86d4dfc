import {
  apartOf,
  candidatesIn,
  dayOf,
  derivedId,
  endOfDay,
  flagIdentity,
  identitiesDigest,
  type AnyFact,
  type CaseSystem,
  type CountedClock,
  type Json,
  type Row,
  type ScheduledClock,
  type View,
} from '#libs/kernel';
import {
  dayNumber,
  packLabel,
  scheduledClock,
  SUPERVISION,
  supervisionPart,
  thresholdsIn,
  turningBy,
  turnsOf,
  warningUntil,
  type LawBook,
  type SupervisionRules,
} from '#libs/law';

/** The item of the row that stands for all flags of a case together. */
export const ANOMALIES = 'anomalies';

const nameOf = (category: string): string => `${category}_due`;

/** What a clock was counted from: the same for every case whose clock began on the same day under the same limit. */
interface Basis extends Pick<CountedClock, 'clock' | 'limit'> {
  readonly edition: string;
  readonly from: Pick<CountedClock['started'], 'on' | 'at'>;
}

/**
 * 届满索引 of a system: one row per clock of a case that can turn, with the instants at which its stages do, and one row for
 * what flags it, with the end of the day on which the case last moved. `mark` is what a stage was issued for: the due day,
 * or the digest of the flags. No row depends on the wall clock: what has turned is for the reader's clock to say.
 */
export const dueIndex = <State, F extends AnyFact>(
  system: Pick<CaseSystem<State, F, LawBook>, 'decider' | 'schedule' | 'packOf' | 'counted'>,
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
    /** Up to when a warning that is missing is still to be issued; none is in a clock that was stopped. */
    warning_until: 'text',
    yellow_at: 'text',
    red_at: 'text',
    /** Of a clock that nothing but its beginning, its limit and the calendar settle: what it was counted from. */
    counted: 'json',
    /** Beside it: the number of the last day that the case's other clocks rest on. */
    others_until: 'integer',
  },
  key: ['case', 'item'],
  indexes: [['warning_at'], ['yellow_at'], ['red_at']],
  whole: true,
  ahead: {
    basis: 'counted',
    until: 'others_until',
    // A basis is what this view gave as one.
    rowOf: (basis, law) => recounted(system.decider.category, basis as unknown as Basis, law),
  },
  rowsOf: ({ case: id, state, newest, law }) => {
    const pack = system.packOf(state, law);
    const rules = thresholdsIn(supervisionPart(law, pack));
    if (!rules) return [];
    const scheduled = system.schedule(state, law);
    const counted = system.counted?.(state, law);
    const others = scheduled.clocks.filter(({ clock }) => !counted?.some((one) => one.clock === clock));
    const until = Math.max(-1, ...others.map((clock) => turningBy(clock, law.calendar, rules)).map(numberOf));
    const clocks = scheduled.clocks.flatMap((clock): readonly Row[] => {
      const stages = stagesOf(clock, law, rules);
      if (!stages) return [];
      const own = counted?.find((one) => one.clock === clock.clock);
      return [
        {
          case: id,
          item: clock.clock,
          rule: clock.rule,
          holder: clock.holder,
          ...stages,
          ...(own && pack && { counted: basisOf(pack.edition, own), others_until: until }),
        },
      ];
    });
    const flags = candidatesIn(scheduled).map((flag) => flagIdentity(flag, apartOf(flag)));
    if (flags.length === 0) return clocks;
    const over = endOfDay(dayOf(newest.recordedAt));
    return [...clocks, { case: id, item: ANOMALIES, mark: identitiesDigest(flags), yellow_at: over }];
  },
});

const numberOf = (day: ScheduledClock['due']): number => (day === undefined ? -1 : dayNumber(day));

/** Everything in a clock's row that the calendar settles; undefined where no stage of it turns. */
function stagesOf(clock: ScheduledClock, { calendar }: LawBook, rules: SupervisionRules): Row | undefined {
  const { warning, yellow, red } = turnsOf(clock, calendar, rules);
  if (warning === undefined && yellow === undefined && red === undefined) return undefined;
  const provisional = clock.provisional ? 1 : 0;
  return {
    mark: clock.due,
    provisional,
    warning_at: warning,
    warning_until: warningUntil(clock),
    yellow_at: yellow,
    red_at: red,
  };
}

const basisOf = (edition: string, { clock, limit, started: { on, at } }: CountedClock): Json => ({
  edition,
  clock,
  limit,
  from: { on, ...(at !== undefined && { at }) },
});

/** @throws Error for a basis of another law: only the calendar may have changed since it was given. */
function recounted(category: string, { edition, clock, limit, from }: Basis, law: LawBook): Row {
  const pack = law.editions.find((one) => packLabel(one) === edition)?.pack;
  const rule = pack?.systems[category]?.clocks.find((one) => one.clock === clock);
  const rules = thresholdsIn(pack?.systems[SUPERVISION]);
  const applying = rule?.limits[limit];
  if (!rule || !applying || !rules) throw new Error(`${edition} has no such clock: ${clock}`);
  const marks = { holder: NOBODY, holds: () => true, started: { ...from, event: NOTHING } };
  const counted = scheduledClock({ ...rule, limits: [applying] }, law.calendar, marks);
  return { ...(counted && stagesOf(counted, law, rules)) };
}

/** No day depends on who holds a clock and which fact began it. */
const [NOBODY, NOTHING] = [derivedId(['nobody']), derivedId(['nothing'])];

/** A system with its cases' due-index among its views. */
export const withDueIndex = <State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
): CaseSystem<State, F, LawBook> => ({ ...system, views: [...system.views, dueIndex(system)] });
