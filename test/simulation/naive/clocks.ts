import { heldOn, POSTS } from '../cast.js';
import { all, asked, asking, cannot, first, has, hasCome, inOrder, receipt, type Act, type Person } from './acts.js';
import { bindingDecision } from './classes.js';
import { countAfter, dayAt, daysFromTo, type Count } from './days.js';
import { regimesAt } from './standing.js';

/** 期限 as a person with the text, the acts and a wall calendar would tell it. */
export interface Told {
  readonly clock: 'request' | 'provide' | 'onSpot';
  readonly holder: string;
  readonly verdict: 'running' | 'onTime' | 'late' | 'cannotJudge' | 'notApplicable';
  readonly rule?: string;
  readonly from?: string;
  readonly due?: string;
  readonly stopped?: string;
  readonly stoppedBy?: string;
  readonly daysLate?: number;
  readonly ageDays?: number;
  readonly extendedBy?: string;
  readonly notApplicable?: string;
  readonly provisional?: boolean;
}

/** 应当请求 (第十条). */
const BINDING = ['XM-10-1', 'XM-10-2', 'XM-10-3'];
/** 协助执行、协助调查、协助出具意见 (第十六条第二款). */
const SPECIAL = ['execution', 'investigation', 'opinion'];
const TEN = 10;
const TWENTY = 20;

/** The clocks of the case at `now`; one that nobody holds yet, or that the case gives no reason for, is left out. */
export function clocksAt(acts: readonly Act[], now: string): readonly Told[] {
  const held = asked(acts) !== undefined;
  const possible = all(acts, 'acceptance').some(({ said }) => said.onSpotPossible === true);
  const done = all(acts, 'provision').some(({ said }) => said.onSpot === true);
  return [
    ...(held ? [provideClock(acts, now)] : []),
    requestClock(acts, now),
    ...(held && (possible || done) ? [onSpotClock(acts, now)] : []),
  ];
}

/** 第十六条第二款: 能够当场提供协助的，应当当场提供. No number: both days and the age are told, a person finds the rest. */
function onSpotClock(acts: readonly Act[], now: string): Told {
  const base = { clock: 'onSpot', holder: asked(acts) ?? '', rule: 'XM-16-2', provisional: false } as const;
  const start = receipt(acts);
  const ended = ending(acts, ({ kind }) => kind === 'provision');
  const stop = stopBy(now, ended);
  const stopped = stopTold(stop);
  if (start && ended?.kind === 'closure')
    return { clock: 'onSpot', holder: base.holder, verdict: 'notApplicable', notApplicable: 'closedUnanswered' };
  if (!start || !hasCome(start, now)) return { ...base, verdict: 'cannotJudge', ...stopped };
  const from = start.day;
  const ageDays = Math.max(daysFromTo(from, stop?.day ?? dayAt(now)), 0);
  return { ...base, from, verdict: stop ? 'cannotJudge' : 'running', ageDays, ...stopped };
}

/** 第十六条第一款: ten working days from the obstacle to the request. */
function requestClock(acts: readonly Act[], now: string): Told {
  const base = { clock: 'request', holder: asking(acts) ?? '' } as const;
  const obstacles = all(acts, 'obstacle');
  const request = first(acts, 'request');
  if (obstacles.length === 0) return { ...base, verdict: 'notApplicable', notApplicable: 'noObstacle' };
  if (isLeft(acts)) return { ...base, verdict: 'notApplicable', notApplicable: 'requestForgone' };
  const met = obstacles.find(({ said }) => said.dateUnknown !== true);
  const stop = stopBy(now, request);
  if (!met) return { ...base, verdict: 'cannotJudge', ...stopTold(stop) };
  const count = counted(acts, met.day, TEN, request?.day);
  // One of an unknown day may have been met before: what is late is late all the more, and nothing is in time.
  if (unknownStart(acts) && request && !(count && request.day > count.last))
    return { ...base, verdict: 'cannotJudge', ...stopTold(stop) };
  return told({ ...base, rule: 'XM-16-1' }, { start: met, count, stop, now });
}

/** 决定不提出请求 where nothing binds to ask. */
function isLeft(acts: readonly Act[]): boolean {
  const codes = all(acts, 'obstacle').flatMap(({ said }) => (said.grounds ?? []).map(({ code }) => code));
  return has(acts, 'forgoing') && !has(acts, 'request') && !codes.some((code) => BINDING.includes(code));
}

/** An obstacle of an unknown day that was noted by the day of the request. */
function unknownStart(acts: readonly Act[]): Act | undefined {
  const request = first(acts, 'request');
  return all(acts, 'obstacle').find(({ said, day }) => said.dateUnknown === true && (!request || day <= request.day));
}

/** 第十六条第二款: ten working days from receipt, twenty for some matters, ten more where extended. */
function provideClock(acts: readonly Act[], now: string): Told {
  const base = { clock: 'provide', holder: asked(acts) ?? '' } as const;
  const start = receipt(acts);
  const answered = answer(acts);
  const stop = stopBy(now, answered);
  if (!start) return { ...base, verdict: 'cannotJudge', ...stopTold(stop) };
  const { effective, limit, count } = providedBy(acts, start);
  if (count && answered?.kind === 'closure' && answered.day <= count.last)
    return { ...base, verdict: 'notApplicable', notApplicable: 'closedUnanswered' };
  const rule = effective ? 'XM-16-6' : limit === TWENTY ? 'XM-16-5' : 'XM-16-4';
  const clock = told({ ...base, rule }, { start, count, stop, now });
  return clock.due !== undefined && effective ? { ...clock, extendedBy: effective.event } : clock;
}

/** How many days there are to help in, and until when. */
function providedBy(acts: readonly Act[], start: Act) {
  const { effective } = extensionsIn(acts);
  const limit = limitOf(acts);
  const granted = effective ? Math.min(effective.said.days ?? TEN, TEN) : 0;
  return { effective, limit, count: counted(acts, start.day, limit + granted, answer(acts)?.day) };
}

const limitOf = (acts: readonly Act[]): number => {
  const classes = (bindingDecision(acts) ?? first(acts, 'request'))?.said.matterClasses ?? [];
  return classes.some((code) => SPECIAL.includes(code)) ? TWENTY : TEN;
};

interface Stop {
  readonly day: string;
  readonly by: string;
}

/** What answered the request: help, or the notice that none can be given; whichever took place first. */
const answer = (acts: readonly Act[]): Act | undefined =>
  ending(acts, (one) => one.kind === 'provision' || one === cannot(acts));

/** The first of what is waited for; a case closed on a day by which none of it had come is waited for no longer. */
function ending(acts: readonly Act[], isAwaited: (act: Act) => boolean): Act | undefined {
  const act = inOrder(acts).find(isAwaited);
  const closure = first(acts, 'closure');
  return closure && (!act || act.day > closure.day) ? closure : act;
}

const BY: Partial<Record<Act['kind'], string>> = {
  request: 'requested',
  provision: 'provided',
  inability: 'cannotProvide',
  closure: 'closed',
};

/** The act that ends a clock, once it has taken place. */
const stopBy = (now: string, act: Act | undefined): Stop | undefined =>
  act && hasCome(act, now) ? { day: act.day, by: BY[act.kind] ?? '' } : undefined;

/** A regime that began after the clock had stopped holds nothing up. */
function counted(acts: readonly Act[], from: string, days: number, stop: string | undefined): Count | undefined {
  const concerned = acts.filter(
    ({ kind, day }) => kind === 'regimeEnd' || (kind === 'regime' && (stop === undefined || day <= stop)),
  );
  if (concerned.length === 0) return countAfter(from, days, () => false, undefined);
  const stands = (day: string): boolean => regimesAt(concerned, day) > 0;
  const turns = [...new Set(concerned.map(({ day }) => day))].sort();
  const still = regimesAt(concerned, undefined) > 0;
  const lastFree = turns.filter((day) => !stands(day)).at(-1);
  const forEver = still ? turns.find((day) => lastFree === undefined || day > lastFree) : undefined;
  return countAfter(from, days, stands, forEver);
}

interface Run {
  readonly start: Act;
  readonly count: Count | undefined;
  readonly stop: Stop | undefined;
  readonly now: string;
}

function told(base: Pick<Told, 'clock' | 'holder' | 'rule'>, { start, count, stop, now }: Run): Told {
  const { rule: _rule, ...rest } = base;
  if (!count) return { ...rest, verdict: 'notApplicable', notApplicable: 'emergencyRegime' };
  if (!hasCome(start, now)) return { ...base, provisional: false, verdict: 'cannotJudge', ...stopTold(stop) };
  const from = start.day;
  const { last: due, untold } = count;
  const today = dayAt(now);
  const day = stop?.day ?? today;
  const late = day > due;
  return {
    ...base,
    from,
    due,
    provisional: untold,
    ...stopTold(stop),
    verdict: late ? 'late' : stop ? 'onTime' : 'running',
    ...(late && { daysLate: daysFromTo(due, day) }),
  };
}

const stopTold = (stop: Stop | undefined) => (stop ? { stopped: stop.day, stoppedBy: stop.by } : {});

export interface ExtensionsTold {
  /** The one that moved the due day. */
  readonly effective?: Act;
  /** `<code> <event>` of what is flagged about each. */
  readonly flags: readonly string[];
}

/** 第十六条第二款: 特殊情况的，经被请求机关负责人批准，可以延长. Before there is a receipt to count from, only by whom is asked. */
export function extensionsIn(acts: readonly Act[]): ExtensionsTold {
  const start = receipt(acts)?.day;
  if (start === undefined) {
    const others = all(acts, 'extension').filter(({ said, day }) => !isInCharge(said.by, asked(acts), day));
    return { flags: others.map(({ event }) => `extensionNotEntitled ${event}`) };
  }
  const stop = answer(acts)?.day;
  const dueWith = (granted: number): string | undefined => counted(acts, start, limitOf(acts) + granted, stop)?.last;
  let due = dueWith(0);
  let effective: Act | undefined;
  const flags: string[] = [];
  for (const approval of all(acts, 'extension')) {
    const { days = TEN } = approval.said;
    const wrong = wrongWith(acts, approval, { due, stop });
    if (effective) wrong.push('extensionRepeated');
    flags.push(...wrong.map((code) => `${code} ${approval.event}`));
    if (wrong.length > 0) continue;
    effective = approval;
    if (due !== undefined && isPast(approval, receipt(acts), due))
      flags.push(`extensionRecordedLate ${approval.event}`);
    due = due === undefined ? undefined : dueWith(Math.min(days, TEN));
    if (approval.day < start) flags.push(`extensionBeforeStart ${approval.event}`);
    if (days > TEN) flags.push(`extensionTooLong ${approval.event}`);
  }
  return { ...(effective && { effective }), flags };
}

/** Why an approval moves nothing, its number aside. */
function wrongWith(
  acts: readonly Act[],
  { said, day }: Act,
  { due, stop }: { readonly due: string | undefined; readonly stop: string | undefined },
): string[] {
  const wrong = isInCharge(said.by, asked(acts), day) ? [] : ['extensionNotEntitled'];
  if (due !== undefined && day > due) return [...wrong, 'extensionLate'];
  return stop !== undefined && day > stop ? [...wrong, 'extensionAfterStop'] : wrong;
}

/** 经被请求机关负责人批准: what 报送备案 is asked of, whether or not it moved the due day. */
export const approvedInCharge = (acts: readonly Act[]): readonly Act[] =>
  all(acts, 'extension').filter(({ said, day }) => isInCharge(said.by, asked(acts), day));

/** 负责人: who leads the organ on that day, or leads it in part, and speaks for that one. */
const isInCharge = (by: Person | undefined, organ: string | undefined, day: string): boolean =>
  by?.organ === organ &&
  POSTS.filter(heldOn(day)).some(
    (post) =>
      post.person === by?.person &&
      post.organ === organ &&
      (post.roles.includes('head') || post.roles.includes('deputyHead')),
  );

/** What ended a clock by its last day, as is said, and was not on record by then. */
const recordedLate = (act: Act | undefined, start: Act | undefined, count: Count | undefined): readonly string[] =>
  act && count && act.day <= count.last && isPast(act, start, count.last) ? [`stopRecordedLate ${act.event}`] : [];

/** On record only when the last day was over, of a limit that was on record as running by then. */
const isPast = (act: Act, start: Act | undefined, last: string): boolean =>
  act.recordedOn > last && start !== undefined && start.recordedOn <= last;

/** The same of the request; and an obstacle of an unknown day beside one that the count begins with. */
function askedDoubts(acts: readonly Act[]): readonly string[] {
  const request = first(acts, 'request');
  const met = all(acts, 'obstacle').find(({ said }) => said.dateUnknown !== true);
  if (!met || isLeft(acts)) return [];
  const unknown = unknownStart(acts);
  return [
    ...recordedLate(request, met, counted(acts, met.day, TEN, request?.day)),
    ...(unknown ? [`startUnknown ${unknown.event}`] : []),
  ];
}

/** Receipts of other days than the one counted from, and help given in several parts. */
export function doubtsIn(acts: readonly Act[]): readonly string[] {
  const start = receipt(acts);
  const rivals = all(acts, 'delivery').filter(({ day }) => start !== undefined && day !== start.day);
  const helped = all(acts, 'provision');
  const stop = answer(acts);
  const parts = stop?.kind === 'provision' && helped.length > 1;
  const due = stop && provideClock(acts, '9999-12-31T00:00:00.000000Z').due;
  const after = stop?.kind === 'inability' && helped.find(({ day }) => due !== undefined && day > due);
  return [
    ...recordedLate(stop, start, start && providedBy(acts, start).count),
    ...askedDoubts(acts),
    ...(after ? [`providedAfterRefusal ${after.event}`] : []),
    ...rivals.map(({ event }) => `startContested ${event}`),
    ...(parts ? [`stoppedInParts ${helped[0]?.event ?? ''}`] : []),
  ];
}
