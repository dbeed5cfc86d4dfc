import {
  corrected,
  fold,
  recomputed,
  type AnyFact,
  type CaseSystem,
  type ClocksRecomputed,
  type Command,
  type LoggedEvent,
  type TellRecomputed,
  type Uuid,
} from '#libs/kernel';
import { packLabel, type LawBook } from '#libs/law';
import { factsOf, type Answer, type Ledger } from '../ledger/index.js';

/** The law before and after one event, and what people are told that it brought. */
export interface LawMove {
  readonly event: LoggedEvent;
  readonly title: string;
  readonly before: LawBook;
  readonly after: LawBook;
}

/** What the recomputer needs of a system; its state is known inside only. */
export interface RecomputedSystem {
  readonly category: string;
  /** What is to be told of a case with these events, all of them before the law moved; undefined when nothing is. */
  readonly told: (events: readonly LoggedEvent[], law: LawMove) => ClocksRecomputed['data'] | undefined;
  readonly command: () => TellRecomputed;
  readonly record: (ledger: Ledger, command: Command) => Promise<Answer>;
}

/** A system as the recomputer takes it. @throws Error for one whose cases take no common facts. */
export function recomputedSystem<State, F extends AnyFact>(system: CaseSystem<State, F, LawBook>): RecomputedSystem {
  const { decider } = system;
  const row = system.common?.decisions.find(({ records }) => records === 'ClocksRecomputed');
  if (!row) throw new Error(`nothing common to all systems can be told of ${decider.category}`);
  return {
    category: decider.category,
    // The row is that of the command's own class.
    command: () => new row.command() as TellRecomputed,
    record: (ledger, command) => ledger.record(system, command),
    told: (events, { event, title, before, after }) => {
      const state = fold(decider, corrected<F>(factsOf(system, events)));
      const nameOf = (clock: string): string => clockName(system, state, { clock, laws: [after, before] });
      const found = recomputed(system.schedule(state, before), system.schedule(state, after), nameOf);
      return found && { because: { event: event.id, title }, ...found };
    },
  };
}

/** What the pack that governs the case calls a clock, by the first of `laws` that knows it. */
function clockName<State, F extends AnyFact>(
  { decider, packOf }: CaseSystem<State, F, LawBook>,
  state: State,
  { clock, laws }: { readonly clock: string; readonly laws: readonly LawBook[] },
): string {
  for (const law of laws) {
    const label = packOf(state, law)?.edition;
    const edition = law.editions.find((one) => packLabel(one) === label);
    const rule = edition?.pack.systems[decider.category]?.clocks.find((one) => one.clock === clock);
    if (rule) return rule.name;
  }
  return clock;
}

/** Ids of a notice follow from the event that moved the law and from the case. */
export const noticeName = (event: Uuid, caseId: Uuid): readonly string[] => ['clocks recomputed', event, caseId];

/** What an event of law brought, for people; undefined for one that moves nothing by itself. */
export function titleOf({ type, data }: LoggedEvent, { shelves }: LawBook): string | undefined {
  const request = data['request'] as Uuid;
  switch (type) {
    case 'CalendarNoticeApproved': {
      const notice = shelves?.calendar.requests.get(request)?.what;
      return notice && `《${notice.title}》（${notice.documentNumber}）入账`;
    }
    case 'CalendarPublished':
      return `工作日历更新（${shelves?.calendar.shipped?.calendar.version ?? ''}）`;
    case 'RulePackEditionApproved':
      return editionTitle(shelves?.editions.requests.get(request)?.what.pack);
    case 'RulePackPublished':
      // The data of such an event is what its interface says.
      return editionTitle(data['pack'] as unknown as LawBook['editions'][number]['pack']);
    default:
      return undefined;
  }
}

const editionTitle = (pack: LawBook['editions'][number]['pack'] | undefined): string | undefined =>
  pack &&
  `规则包 ${pack.pack}${pack.effectiveFrom ? ` 自${pack.effectiveFrom}起施行的` : ' 的'}第${pack.edition}版发布`;
