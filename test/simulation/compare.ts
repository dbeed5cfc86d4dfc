import { isDeepStrictEqual } from 'node:util';
import { dayAfter, dayAt, daysFromTo } from './naive/days.js';
import { asked, asking, first, has, type Act } from './naive/acts.js';
import { approvedInCharge, clocksAt, doubtsIn, extensionsIn, type Told } from './naive/clocks.js';
import { missingAtClose, overlaysOf, owedAt, statusOf } from './naive/standing.js';

/** A day a clock turns on, as the product shows it. */
interface Marked {
  readonly on: string;
}

/** What holds of a case at a moment, as the product judges it: in its own process and over HTTP alike. */
export interface Judgement {
  readonly clocks: readonly {
    readonly clock: string;
    readonly rule: string;
    readonly holder: string;
    readonly from?: Marked;
    readonly due?: string;
    readonly lateFrom?: string;
    readonly stopped?: Marked;
    readonly stoppedBy?: string;
    readonly extendedBy?: string;
    readonly notApplicable?: string;
    readonly provisional: boolean;
    readonly verdict: string;
    readonly daysLate?: number;
    readonly ageDays?: number;
  }[];
  readonly flags: readonly { readonly code: string; readonly about: readonly string[] }[];
  readonly duties: readonly {
    readonly code: string;
    readonly since: Marked;
    readonly holder: string;
    readonly ageDays: number;
  }[];
}

/** The columns of a case file that a list compares. */
export interface Columns {
  readonly revision: unknown;
  readonly requesting: unknown;
  readonly requested: unknown;
  readonly status: unknown;
  readonly requestedOn: unknown;
  readonly dueOn: unknown;
  readonly lateFrom: unknown;
  readonly fedBack: unknown;
  readonly flagCount: unknown;
}

/** Where model and product do not agree: what about, and what each says. */
export interface Difference {
  readonly about: string;
  readonly model: unknown;
  readonly product: unknown;
}

const differing = (about: string, model: unknown, product: unknown): readonly Difference[] =>
  isDeepStrictEqual(model, product) ? [] : [{ about, model, product }];

/** What both say of the case at `now`. */
export function judgementDifferences(acts: readonly Act[], now: string, judged: Judgement): readonly Difference[] {
  const today = dayAt(now);
  const { flags } = extensionsIn(acts);
  const approvals = approvedInCharge(acts);
  const owed = owedAt(acts, now, approvals).map(
    ({ code, since, holder }) => `${code} ${since} ${holder} ${daysFromTo(since, today)}`,
  );
  const owedThere = judged.duties.map(({ code, since, holder, ageDays }) => `${code} ${since.on} ${holder} ${ageDays}`);
  return [
    ...clocksAt(acts, now).flatMap((told) => clockDifferences(told, judged)),
    ...differing('number of clocks', clocksAt(acts, now).length, judged.clocks.length),
    ...differing('duties', [...owed].sort(), [...owedThere].sort()),
    ...differing('flags of clocks', [...flags, ...doubtsIn(acts)].sort(), clockFlags(judged)),
    ...differing('missing at the close', [...missingAtClose(acts, approvals)].sort(), closingFlags(judged)),
  ];
}

function clockDifferences(told: Told, { clocks }: Judgement): readonly Difference[] {
  const shown = clocks.find(({ clock }) => clock === told.clock);
  if (!shown) return [{ about: `clock ${told.clock}`, model: told, product: undefined }];
  const { from, stopped, lateFrom, rule, provisional, clock, holder, verdict, ...rest } = shown;
  const asTold: Record<string, unknown> = {
    clock,
    holder,
    verdict,
    ...(told.rule !== undefined && { rule }),
    ...(told.provisional !== undefined && { provisional }),
    ...(from && { from: from.on }),
    ...(stopped && { stopped: stopped.on }),
  };
  for (const name of ['due', 'stoppedBy', 'extendedBy', 'notApplicable', 'daysLate', 'ageDays'] as const)
    if (rest[name] !== undefined) asTold[name] = rest[name];
  return [
    ...differing(`clock ${told.clock}`, { ...told }, asTold),
    ...differing(`end of clock ${told.clock}`, told.due && endOf(told.due), lateFrom),
  ];
}

/** A day in Shanghai ends at 16:00 UTC. */
const endOf = (day: string): string => `${day}T16:00:00.000000Z`;

/** Flags that say why a day was moved, or not, or is doubted, each with the fact it is about. */
function clockFlags({ flags }: Judgement): readonly string[] {
  const ofClock = flags.filter(({ code }) =>
    /^(extension|startContested$|startUnknown$|stoppedInParts$|stopRecordedLate$|providedAfterRefusal$)/.test(code),
  );
  return ofClock
    .map(({ code, about }) => `${code} ${code === 'startContested' ? (about[1] ?? '') : (about[0] ?? '')}`)
    .sort();
}

const closingFlags = ({ flags }: Judgement): readonly string[] =>
  flags
    .map(({ code }) => code)
    .filter((code) => code.startsWith('closed'))
    .sort();

/** What a fact remembers of the clocks it turned: as they stood once it was in. */
export function historyDifferences(
  acts: readonly Act[],
  now: string,
  judged: readonly { readonly clock: string; readonly from?: string; readonly due?: string }[],
): readonly Difference[] {
  return judged.flatMap(({ clock, from, due }) => {
    const told = clocksAt(acts, now).find((one) => one.clock === clock);
    return differing(`${clock} as it was recorded`, { from: told?.from, due: told?.due }, { from, due });
  });
}

/** What both say of the case's row. */
export function columnDifferences(
  acts: readonly Act[],
  now: string,
  row: Columns & { readonly flags: number; readonly newest?: number },
): readonly Difference[] {
  const open = clocksAt(acts, now).filter(({ due, stopped }) => due !== undefined && stopped === undefined);
  const due = open.map((clock) => clock.due ?? '').sort()[0];
  const { flags, newest = acts.length - 1, ...shown } = row;
  return differing(
    'row',
    {
      revision: newest,
      requesting: asking(acts),
      requested: asked(acts),
      status: statusOf(acts),
      requestedOn: first(acts, 'request')?.day,
      dueOn: due,
      lateFrom: due && endOf(due),
      fedBack: has(acts, 'feedback') ? 1 : 0,
      flagCount: flags,
    },
    shown,
  );
}

export const statusDifferences = (
  acts: readonly Act[],
  shown: { readonly status: unknown; readonly overlays: unknown },
): readonly Difference[] => [
  ...differing('status', statusOf(acts), shown.status),
  ...differing('overlays', overlaysOf(acts), shown.overlays),
];

/** Days on which something turns: where to look beside now. */
export const edgesOf = (acts: readonly Act[], now: string): readonly string[] =>
  clocksAt(acts, now).flatMap(({ due }) =>
    due === undefined ? [] : [`${due}T15:59:59.999999Z`, endOf(due), endOf(dayAfter(due, 9))],
  );

export { differing };
