import {
  apartOf,
  candidatesIn,
  dayOf,
  derivedId,
  endOfDay,
  flagIdentity,
  verdict,
  type Caused,
  type Flag,
  type Instant,
  type LookedAt,
  type ScheduledClock,
  type Uuid,
  type Watch,
} from '#libs/kernel';
import {
  packLabel,
  STAGES,
  supervisionPart,
  thresholdsIn,
  turnsOf,
  warningUntil,
  type LawBook,
  type Stage,
} from '#libs/law';
import {
  ClearAnomalies,
  DetectAnomalies,
  identityOf,
  isOrderClock,
  IssueCard,
  IssueWarning,
  ORDER_NAME,
  standingAnomalies,
  supervision,
  WithdrawCard,
  WithdrawWarning,
  type Issued,
  type SupervisionFile,
} from '#libs/supervision';

type Looked = LookedAt<LawBook>;

/** The file of a case of whatever system; a file is its own, so that its orders are watched in it. */
export const supervisionFileOf = (category: string, caseId: Uuid): Uuid =>
  category === supervision.decider.category ? caseId : derivedId(['supervision', category, caseId]);

/**
 * 当时间过去时，监察每一案件 (PW 十(二)5 自动发现; XM 5): warnings and cards that have turned are issued, those that the case and
 * the law no longer bear out are taken back, and at the end of the day on which it last moved what flags a case is found
 * as anomalies. What a pack has no thresholds for is not supervised.
 */
export const whenTimePassesSuperviseEachCase: Watch<SupervisionFile, LawBook> = {
  name: 'when-time-passes-supervise-each-case',
  category: supervision.decider.category,
  fileOf: supervisionFileOf,
  look: (of, file) => {
    const turned = turnedIn(of);
    return [...withdrawals(of, file, turned), ...issues(of, file, turned), ...findings(of, file)];
  },
};

/** A stage of a clock that has turned. */
interface Turned {
  readonly clock: ScheduledClock;
  readonly stage: Stage;
  readonly at: Instant;
}

function turnedIn(of: Looked): readonly Turned[] {
  const { schedule, law, now } = of;
  const rules = thresholdsIn(supervisionPart(law, of.pack));
  if (!rules) return [];
  return schedule.clocks
    .flatMap((clock) => {
      const turns = turnsOf(clock, law.calendar, rules);
      return STAGES.flatMap((stage) => {
        const at = turns[stage];
        return at !== undefined && at <= now ? [{ clock, stage, at }] : [];
      });
    })
    .toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

const isOf =
  ({ clock: { clock, due }, stage }: Turned) =>
  (one: Issued): boolean =>
    one.stage === stage && one.clock === clock && one.due === due;

/** A card says what happened, a warning what is to come. */
const isIssuable = ({ clock, stage }: Turned, now: Instant): boolean =>
  stage !== 'warning' || now < (warningUntil(clock) ?? now);

/** How often the same was taken back: issued again, it is another command. */
const roundOf = ({ issued }: SupervisionFile, turned: Turned): number =>
  issued.filter(isOf(turned)).filter(({ withdrawn }) => withdrawn).length;

function issues(of: Looked, file: SupervisionFile, turned: readonly Turned[]): readonly Caused[] {
  const standing = file.issued.filter(({ withdrawn }) => !withdrawn);
  const fresh = turned.filter((one) => isIssuable(one, of.now) && !standing.some(isOf(one)));
  return fresh.map((one) => {
    const { clock, stage, at } = one;
    const { rule, holder, due, provisional } = clock;
    const data = {
      of: supervised(of, file),
      clock: clock.clock,
      name: nameOf(of, clock),
      rule,
      // A clock without a due day never turns.
      due: due ?? dayOf(at),
      holder,
      provisional,
      turnedAt: at,
      evidence: [clock.from?.event, clock.extendedBy, clock.stopped?.event].filter((event) => event !== undefined),
    };
    const occurredAt = { at: of.now };
    const command =
      stage === 'warning'
        ? Object.assign(new IssueWarning(), { occurredAt, turned: data })
        : Object.assign(new IssueCard(), { occurredAt, turned: { ...data, colour: stage } });
    return { command, cause: [of.category, of.case, clock.clock, data.due, stage, roundOf(file, one)] };
  });
}

/** Of its own file, what is supervised stands there; of any other case, it is the case itself. */
const supervised = ({ category, case: id, parties }: Looked, file: SupervisionFile) =>
  (category === supervision.decider.category ? file.supervised : undefined) ?? { category, case: id, parties };

function nameOf({ law, pack, category }: Looked, { clock }: ScheduledClock): string {
  if (category === supervision.decider.category) return ORDER_NAME;
  const edition = law.editions.find((known) => packLabel(known) === pack?.edition);
  return edition?.pack.systems[category]?.clocks.find((rule) => rule.clock === clock)?.name ?? '期限';
}

/** A file holds what was issued of its case and of its own orders; each is judged by its own schedule. */
const isWatchedHere = ({ category }: Looked, { clock }: Issued): boolean =>
  (category === supervision.decider.category) === isOrderClock(clock);

function withdrawals(of: Looked, { issued }: SupervisionFile, turned: readonly Turned[]): readonly Caused[] {
  const standing = issued.filter((one) => !one.withdrawn && isWatchedHere(of, one));
  const gone = standing.filter((one) => !turned.some((still) => isOf(still)(one)));
  return gone.map((one) => {
    const { event, stage, due } = one;
    const clock = of.schedule.clocks.find((known) => known.clock === one.clock);
    const because = reasonOf(clock, due, of.now);
    const command = Object.assign(stage === 'warning' ? new WithdrawWarning() : new WithdrawCard(), {
      occurredAt: { at: of.now },
      issued: event,
      because,
      ...(because === 'dueMoved' && clock?.due ? { dueNow: clock.due } : {}),
    });
    return { command, cause: ['withdraw', event] };
  });
}

function reasonOf(clock: ScheduledClock | undefined, due: string, now: Instant): WithdrawCard['because'] {
  if (!clock?.due || clock.notApplicable !== undefined) return 'notApplicable';
  if (clock.due !== due || !clock.stopped) return 'dueMoved';
  const { clocks } = verdict({ clocks: [clock], flags: [], duties: [] }, now);
  return clocks[0]?.verdict === 'onTime' ? 'stoppedInTime' : 'stoppedBeforeTurn';
}

/**
 * What flags the case, once the day is over on which it last moved: what is put right on the same day is nobody's anomaly
 * (a choice of the product). What no longer flags it is cleared then, or at once where nothing flags it any more.
 */
function findings(of: Looked, file: SupervisionFile): readonly Caused[] {
  const rules = thresholdsIn(supervisionPart(of.law, of.pack));
  const newest = of.history.at(-1);
  if (!rules || !newest || of.category === supervision.decider.category) return [];
  const flags = candidatesIn(of.schedule);
  if (flags.length > 0 && of.now < endOfDay(dayOf(newest.recordedAt))) return [];
  const standing = standingAnomalies(file);
  const known = new Set(standing.map(identityOf));
  const seen = new Map(flags.map((flag) => [flagIdentity(flag, apartOf(flag)), flag]));
  const fresh = [...seen].filter(([identity]) => !known.has(identity));
  // An anomaly of the time before flags named organ and item stood for all that now share the rest.
  const split = new Set(flags.map((flag) => flagIdentity(flag, undefined)));
  const gone = standing
    .filter((anomaly) => !seen.has(identityOf(anomaly)))
    .map((anomaly) => ({
      anomaly: anomaly.id,
      ...(split.has(identityOf(anomaly)) && { because: 'toldApart' as const }),
    }));
  const rounds = (identity: string): number =>
    file.anomalies.filter((one) => one.code !== undefined && identityOf(one) === identity).length;
  const occurredAt = { at: of.now };
  return [
    ...(fresh.length === 0
      ? []
      : [
          {
            command: Object.assign(new DetectAnomalies(), {
              occurredAt,
              found: fresh.map(([, flag]) => found(of, flag)),
            }),
            cause: ['detect', of.category, of.case, ...fresh.flatMap(([identity]) => [identity, rounds(identity)])],
          },
        ]),
    ...(gone.length === 0
      ? []
      : [
          {
            command: Object.assign(new ClearAnomalies(), { occurredAt, gone }),
            cause: ['clear', ...gone.map(({ anomaly }) => anomaly)],
          },
        ]),
  ];
}

function found(of: Looked, flag: Flag): DetectAnomalies['found'][number] {
  const { category, case: id, parties, law, kindOf, told } = of;
  const { organs, persons } = law.organs;
  const names = {
    organ: (one: Uuid) => organs.get(one)?.name ?? one,
    person: (one: Uuid) => persons.get(one)?.name ?? one,
  };
  const holder = flag.holder ?? recorderOf(flag, of);
  const apart = apartOf(flag);
  return {
    of: { category, case: id, parties },
    kind: kindOf(flag),
    rule: flag.rule,
    code: flag.code,
    says: told.flag(flag, names),
    ...(holder && { holder }),
    evidence: flag.about,
    ...(apart !== undefined && { apart }),
  };
}

/**
 * The party whose own records a flag rests on. What rests on records of both concerns both; what somebody else recorded, like
 * a supervisor, is no organ's of the case.
 */
function recorderOf({ about }: Flag, { history, parties }: Looked): Uuid | undefined {
  const organs = new Set(history.filter(({ id }) => about.includes(id)).map(({ recorder }) => recorder.organ));
  const [organ] = organs;
  return organs.size === 1 && organ !== undefined && parties.includes(organ) ? organ : undefined;
}
