import { Chance } from './chance.js';
import { differing, type Difference } from './compare.js';
import type { Act } from './naive/acts.js';
import { named, standingAt } from './naive/custody.js';

type When = { readonly on: string } | { readonly at: string };

/** 责任链 as the product shows it, in its own process and over HTTP alike. */
export interface Turns {
  readonly days: number;
  readonly microseconds?: number;
  readonly turns: readonly {
    readonly from: When;
    readonly to?: When;
    readonly since: string;
    readonly holders: readonly { readonly organ: string; readonly officers: readonly { readonly person: string }[] }[];
    readonly task: string;
    readonly rule?: string;
    readonly clock?: string;
    readonly suspended: boolean;
    readonly says?: string;
    readonly days: number;
    readonly microseconds?: number;
  }[];
}

const momentOf = (when: When): string => ('at' in when ? when.at : when.on);

/** What both say of whose turn it was up to `now`, and whether the turns add up. */
export function turnDifferences(acts: readonly Act[], now: string, shown: Turns): readonly Difference[] {
  const told = standingAt(acts, now);
  const { turns } = shown;
  const what = (turn: Turns['turns'][number]): string =>
    named({ ...turn, organs: turn.holders.map(({ organ }) => organ) });
  const days: Record<string, number> = {};
  for (const turn of turns) if (turn.days > 0) days[what(turn)] = (days[what(turn)] ?? 0) + turn.days;
  const last = turns.at(-1);
  const officers = last?.holders.map((holder) => holder.officers.at(-1)?.person ?? 'nobody').join();
  return [
    ...differing(
      `turns by ${now}`,
      told.turns,
      turns.map((turn) => `${momentOf(turn.from)} ${turn.since} ${what(turn)}`),
    ),
    ...differing(`whose turn at ${now}`, told.now, last ? `${what(last)} ${officers}` : ''),
    ...differing(`days by ${now}`, told.days, days),
    ...differing(`all days by ${now}`, told.all, shown.days),
    ...differing(
      'rules of turns',
      turns.map(ruleOf),
      turns.map(({ rule }) => rule?.replace(/-16-[456]$/, '-16')),
    ),
    ...sums(shown),
  ];
}

/** The rule each task rests on, by the text; the three of the second clock are told apart by the clock itself. */
function ruleOf({ task, clock }: Turns['turns'][number]): string | undefined {
  if (clock !== undefined) return clock === 'request' ? 'XM-16-1' : 'XM-16';
  const rules: Readonly<Record<string, string>> = {
    feedingBack: 'XM-14-2',
    returning: 'XM-6-5',
    archiving: 'XM-15-7',
    nothing: 'XM-15-7',
  };
  return rules[task];
}

/** Each turn ends as the next begins, and all together are as long as the whole, in days and where it is known in time. */
function sums({ turns, days, microseconds }: Turns): readonly Difference[] {
  const sum = (of: readonly (number | undefined)[]): number => of.reduce<number>((all, one) => all + (one ?? 0), 0);
  const inTime = turns.length > 0 && turns.every(({ from }) => 'at' in from);
  return [
    ...differing(
      'ends of turns',
      turns.slice(1).map(({ from }) => momentOf(from)),
      turns.slice(0, -1).map(({ to }) => to && momentOf(to)),
    ),
    ...differing('sum of days', days, sum(turns.map((turn) => turn.days))),
    ...(inTime ? differing('sum of time', microseconds, sum(turns.map((turn) => turn.microseconds))) : []),
  ];
}

const HOUR = 3_600_000;
const AROUND_HOURS = 50;

/** Moments to ask at beside now: some around acts, and one of any day since. */
export function momentsAround(acts: readonly Act[], now: string, times: number): readonly string[] {
  const chance = new Chance((Date.parse(now) / 1000 + acts.length) % 0x7fff_ffff);
  const latest = Date.parse(now);
  return Array.from({ length: times }, () => {
    const { day, moment } = chance.pick(acts);
    const from = Date.parse(moment ?? `${day}T00:00:00+08:00`);
    const at = chance.is(0.25)
      ? from + Math.floor(((latest - from) * chance.between(0, 1000)) / 1000)
      : from + chance.between(-4, AROUND_HOURS) * HOUR - chance.between(0, 1);
    return `${new Date(Math.min(at, latest)).toISOString().slice(0, 23)}000Z`;
  });
}
