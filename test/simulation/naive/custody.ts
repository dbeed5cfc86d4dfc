import { all, asked, asking, cannot, has, inOrder, receipt, type Act } from './acts.js';
import { dayAfter, dayAt, daysFromTo } from './days.js';
import { outstanding, parties, regimesAt } from './standing.js';

/** Whose turn it is, as a person would tell it from the acts that lie before them. */
export interface Turn {
  readonly task: string;
  readonly organs: readonly string[];
  readonly clock?: string;
  readonly suspended: boolean;
}

/** When it came to be so, and by which act. */
export interface Beginning extends Turn {
  readonly day: string;
  readonly moment?: string;
  readonly by: string;
}

const BINDING = ['XM-10-1', 'XM-10-2', 'XM-10-3'];

/** Every turn of the case, by walking through its acts one after the other, day by day. */
export function turnsOf(acts: readonly Act[]): readonly Beginning[] {
  const order = inOrder(acts);
  const turns: Beginning[] = [];
  const begin = (turn: Turn, { day, moment }: Pick<Act, 'day' | 'moment'>, by: string): void =>
    void turns.push({ ...turn, day, ...(moment === undefined ? {} : { moment }), by });
  for (const day of daysOf(order)) {
    const before = turns.length;
    const stands = regimesAt(acts, day) > 0;
    order.forEach((act, at) => {
      if (act.day !== day) return;
      const turn = turnAfter(acts, order.slice(0, at + 1), stands);
      const last = turns.at(-1);
      if (turn && !(last && sameWork(last, turn))) begin(turn, act, act.event);
    });
    const last = turns.at(-1);
    if (turns.length > before || last?.clock === undefined || last.suspended === stands) continue;
    const { task, organs, clock } = last;
    begin({ task, organs, clock, suspended: stands }, { day }, regimeActOf(order, day, stands)?.event ?? '');
  }
  return turns;
}

const daysOf = (order: readonly Act[]): readonly string[] => [...new Set(order.map(({ day }) => day))];

const sameWork = (a: Turn, b: Turn): boolean =>
  a.task === b.task && a.clock === b.clock && a.organs.join() === b.organs.join();

/** The act that made the day one on which clocks stand still, or one on which they run again. */
const regimeActOf = (order: readonly Act[], day: string, stands: boolean): Act | undefined =>
  stands
    ? order.find((act) => act.day === day && act.kind === 'regime')
    : order.filter((act) => act.day === day && act.kind === 'regimeEnd').at(-1);

/** Whose turn it is once `past` has taken place, of a case of which `acts` are known today. */
function turnAfter(acts: readonly Act[], past: readonly Act[], stands: boolean): Turn | undefined {
  const { task, who, clock } = workAfter(acts, past) ?? {};
  if (task === undefined) return undefined;
  const organs = who === 'asker' ? [asking(acts) ?? ''] : who === 'helper' ? [asked(acts) ?? ''] : unarchived(past);
  return { task, organs, ...(clock !== undefined && { clock }), suspended: clock !== undefined && stands };
}

const unarchived = (past: readonly Act[]): readonly string[] =>
  parties(past).filter((party) => !all(past, 'archive').some(({ organ }) => organ === party));

interface Work {
  readonly task: string;
  readonly who: 'asker' | 'helper' | 'those who have a file to archive';
  readonly clock?: string | undefined;
}

const CLOSING: Work = { task: 'closing', who: 'asker' };

function workAfter(acts: readonly Act[], past: readonly Act[]): Work | undefined {
  if (!has(past, 'obstacle') && !has(past, 'request')) return undefined;
  if (has(past, 'closure'))
    return { task: unarchived(past).length > 0 ? 'archiving' : 'nothing', who: 'those who have a file to archive' };
  if (has(past, 'request')) return workOnRequest(acts, past);
  if (has(past, 'forgoing') && !has(acts, 'request') && !isBound(acts)) return CLOSING;
  return { task: 'requesting', who: 'asker', clock: requestClock(acts, past) };
}

function workOnRequest(acts: readonly Act[], past: readonly Act[]): Work {
  const told = all(past, 'feedback').map(({ day }) => day);
  if (all(past, 'provision').some(({ day }) => !told.some((of) => of >= day)))
    return { task: 'feedingBack', who: 'helper' };
  if (has(past, 'provision')) return CLOSING;
  if (cannot(past)) return outstanding(past) > 0 ? { task: 'returning', who: 'helper' } : CLOSING;
  const counted = receipt(acts);
  if (counted !== undefined && past.includes(counted)) return { task: 'providing', who: 'helper', clock: 'provide' };
  const shown = past.some(({ kind }) => ['confirmation', 'acceptance', 'classDispute', 'inability'].includes(kind));
  return shown ? { task: 'providing', who: 'helper' } : { task: 'delivering', who: 'asker' };
}

const isBound = (acts: readonly Act[]): boolean =>
  all(acts, 'obstacle').some(({ said }) => said.grounds?.some(({ code }) => BINDING.includes(code)));

/** 第十六条第一款: from the first obstacle whose day is known, unless it was given up. */
function requestClock(acts: readonly Act[], past: readonly Act[]): string | undefined {
  const met = all(acts, 'obstacle').find(({ said }) => said.dateUnknown !== true);
  const applies = has(acts, 'request') || !has(acts, 'forgoing') || isBound(acts);
  return met && applies && past.includes(met) ? 'request' : undefined;
}

export interface Standing {
  /** The turns that had begun, each with the event that began it. */
  readonly turns: readonly string[];
  /** Whose turn it is now, and who is named for each organ. */
  readonly now: string;
  /** Days of each turn by what it is, counted one after the other. */
  readonly days: Readonly<Record<string, number>>;
  readonly all: number;
}

/** Everything that is told of whose turn it was, as of a moment. */
export function standingAt(acts: readonly Act[], now: string): Standing {
  const today = dayAt(now);
  const begun: Beginning[] = [];
  for (const turn of turnsOf(acts)) {
    if (turn.moment === undefined ? turn.day > today : turn.moment > now) break;
    begun.push(turn);
  }
  const days: Record<string, number> = {};
  const [start] = begun;
  for (let day = start?.day ?? today; start && day < today; day = dayAfter(day)) {
    const holds = begun.filter((turn) => turn.day <= day).at(-1);
    if (holds) days[named(holds)] = (days[named(holds)] ?? 0) + 1;
  }
  const last = begun.at(-1);
  return {
    turns: begun.map((turn) => `${turn.moment ?? turn.day} ${turn.by} ${named(turn)}`),
    now: last ? `${named(last)} ${last.organs.map((organ) => officerOf(acts, organ, now)).join()}` : '',
    days,
    all: start ? daysFromTo(start.day, today) : 0,
  };
}

export const named = ({ task, organs, clock = '', suspended }: Turn): string =>
  `${task} ${organs.join()} ${clock} ${suspended ? 'suspended' : ''}`;

/** Who was last named as handling the case for an organ by a moment. */
function officerOf(acts: readonly Act[], organ: string, now: string): string {
  const kinds =
    organ === asking(acts)
      ? ['obstacle', 'forgoing', 'request', 'formalities', 'materials']
      : ['acceptance', 'step', 'provision'];
  const by = inOrder(acts)
    .filter(({ day, moment }) => (moment === undefined ? day <= dayAt(now) : moment <= now))
    .flatMap((act) => {
      const { kind, said } = act;
      if (kind === 'entry') return act.organ === organ ? (said.responsible?.[0] ?? []) : [];
      if (kind === 'request')
        return (organ === asking(acts) ? (said.by ?? said.emergency?.caller) : said.emergency?.receiver) ?? [];
      return kinds.includes(kind) ? (said.by ?? []) : [];
    })
    .filter((person) => person.organ === organ);
  return by.at(-1)?.person ?? 'nobody';
}
