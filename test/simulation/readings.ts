import type { Officer, Reply } from '../service/client.js';
import { heldOn, POSTS, type Post } from './cast.js';
import type { Chance } from './chance.js';
import {
  columnDifferences,
  differing,
  judgementDifferences,
  statusDifferences,
  type Difference,
  type Judgement,
} from './compare.js';
import { dayAt, daysFromTo } from './naive/days.js';
import { looksIntoOthers, reads, standsTo } from './naive/rights.js';
import { statusOf } from './naive/standing.js';
import type { Played } from './orders.js';
import { momentsAround, turnDifferences, type Turns } from './turns.js';

/** What is asked of a service, and by whom. */
export interface Asking {
  readonly chance: Chance;
  readonly now: string;
  readonly as: (account: string) => Officer;
}

/** 补录: recorded more days after the act than this is shown as such. */
const LATE_ENTRY_DAYS = 3;
const ROOT = '/v1/assistance';
const WORKS_ON_CASES = ['head', 'deputyHead', 'handler', 'clerk'];

export const headersOf = ({ id, person }: Post, today: string, purpose?: string): Record<string, string> => ({
  ...(POSTS.filter(heldOn(today)).filter((post) => post.person === person).length > 1 && { 'kesu-acting-as': id }),
  ...(purpose !== undefined && { 'kesu-purpose': purpose }),
});

/** Somebody who may, and somebody who may not, look at the case: what each is shown. */
export async function readingDifferences(asking: Asking, played: Played): Promise<readonly Difference[]> {
  const { chance, now } = asking;
  const present = POSTS.filter(heldOn(dayAt(now)));
  const readers = present.filter((post) => standsTo(played.acts, post) !== 'none');
  const others = present.filter((post) => standsTo(played.acts, post) === 'none');
  const supervisors = present.filter((post) => standsTo(played.acts, post) === 'supervising');
  const found = await shownTo(chance.pick(readers), asking, played);
  found.push(...(await custodyShownTo(chance.pick(readers), asking, played)));
  if (others.length > 0 && chance.is(0.3))
    found.push(...(await hiddenFrom(chance.pick(others), 'audit', asking, played, 'CASE_NOT_FOUND')));
  if (supervisors.length > 0 && chance.is(0.3))
    found.push(...(await hiddenFrom(chance.pick(supervisors), undefined, asking, played, 'PURPOSE_REQUIRED')));
  return found;
}

async function shownTo(post: Post, { as, now }: Asking, played: Played): Promise<Difference[]> {
  const { acts, id = '' } = played;
  const headers = headersOf(post, dayAt(now), standsTo(acts, post) === 'supervising' ? 'supervision' : undefined);
  const file = await as(post.account).get(`${ROOT}/${id}`, headers);
  const timeline = await as(post.account).get(`${ROOT}/${id}/timeline`, headers);
  if (file.status !== 200 || timeline.status !== 200)
    return [
      ...differing(`case file for ${post.account}`, 200, file.text),
      ...differing('timeline', 200, timeline.text),
    ];
  return [...fileDifferences(file, now, played), ...timelineDifferences(timeline, post, played)];
}

/** 责任链, as of now or of another moment: it is made of the acts that this reader may see. */
async function custodyShownTo(
  post: Post,
  { as, now, chance }: Asking,
  { acts, id = '' }: Played,
): Promise<Difference[]> {
  const [another = now] = momentsAround(acts, now, 1);
  const asOf = chance.is(0.5) ? another : now;
  const headers = headersOf(post, dayAt(now), standsTo(acts, post) === 'supervising' ? 'audit' : undefined);
  const query = asOf === now ? '' : `?asOf=${asOf}`;
  const { status, text } = await as(post.account).get(`${ROOT}/${id}/custody${query}`, headers);
  if (status !== 200) return [...differing(`custody for ${post.account}`, 200, text)];
  // What the service answers is told by its schema; here it is only looked at.
  const shown = JSON.parse(text) as Turns;
  const seen = acts.filter((act) => reads(acts, act, post));
  return [
    ...turnDifferences(seen, asOf, shown),
    ...differing(
      'turns in Chinese',
      shown.turns.length,
      shown.turns.filter(({ says = '' }) => /[\u4e00-\u9fff]/.test(says)).length,
    ),
  ];
}

function fileDifferences({ text }: Reply, now: string, { acts }: Played): Difference[] {
  // What the service answers is told by its schema; here it is only looked at.
  const shown = JSON.parse(text) as Record<string, unknown> & {
    assessment: Judgement & { readonly asOf: string };
    particulars: { readonly status: unknown; readonly overlays: unknown };
  };
  const { assessment, particulars } = shown;
  const cell = (name: string): unknown => shown[name] ?? undefined;
  const columns = {
    revision: cell('revision'),
    requesting: cell('requesting'),
    requested: cell('requested'),
    status: cell('status'),
    requestedOn: cell('requestedOn'),
    dueOn: cell('dueOn'),
    lateFrom: cell('lateFrom'),
    fedBack: cell('fedBack'),
    flagCount: cell('flagCount'),
  };
  return [
    ...differing('the moment it is judged for', now, assessment.asOf),
    ...statusDifferences(acts, particulars),
    ...judgementDifferences(acts, now, assessment),
    ...columnDifferences(acts, now, { ...columns, flags: assessment.flags.length }),
  ];
}

function timelineDifferences({ text }: Reply, post: Post, { acts }: Played): Difference[] {
  const { entries } = JSON.parse(text) as {
    readonly entries: readonly { readonly event: string; readonly recordedLate: boolean; readonly sentence: string }[];
  };
  const told = acts
    .filter((act) => reads(acts, act, post))
    .map(({ event, day, recordedOn }) => [event, daysFromTo(day, recordedOn) > LATE_ENTRY_DAYS]);
  return [
    ...differing(
      `timeline for ${post.account}`,
      told,
      entries.map(({ event, recordedLate }) => [event, recordedLate]),
    ),
    ...differing(
      'sentences',
      entries.length,
      entries.filter(({ sentence }) => /[\u4e00-\u9fff]/.test(sentence)).length,
    ),
  ];
}

async function hiddenFrom(
  post: Post,
  purpose: string | undefined,
  { as, now }: Asking,
  ...[{ id = '' }, code]: readonly [Played, string]
): Promise<readonly Difference[]> {
  const { body } = await as(post.account).get(`${ROOT}/${id}`, headersOf(post, dayAt(now), purpose));
  return differing(`what ${post.account} is told`, code, body.code);
}

/**
 * 案件目录 of one officer, all of it or those of a status, page by page: the cases of their organ, and where they say what
 * for, those they supervise. Who only supervises must say it.
 */
export async function listDifferences(
  { chance, now, as }: Asking,
  cases: readonly Played[],
): Promise<readonly Difference[]> {
  const post = chance.pick(POSTS.filter(heldOn(dayAt(now))));
  const works = post.roles.some((role) => WORKS_ON_CASES.includes(role));
  const purpose = chance.is(0.5) ? 'supervision' : undefined;
  const shown = purpose === undefined ? ['requesting', 'requested'] : ['requesting', 'requested', 'supervising'];
  const own = cases.filter(({ acts }) => acts.length > 0 && shown.includes(standsTo(acts, post)));
  const status = own.length > 0 && chance.is(0.5) ? statusOf(chance.pick(own).acts) : undefined;
  const wanted = own.filter(({ acts }) => status === undefined || statusOf(acts) === status);
  const query = `limit=${chance.pick([1, 3, 200])}${status === undefined ? '' : `&status=${status}`}`;
  const found: string[] = [];
  let after = '';
  do {
    const { body, text } = await as(post.account).get(`${ROOT}?${query}${after}`, headersOf(post, dayAt(now), purpose));
    if (!works && purpose === undefined && looksIntoOthers(post))
      return differing(`list for ${post.account}`, 'PURPOSE_REQUIRED', body.code);
    if (body.cases === undefined) return differing(`list for ${post.account}`, 'cases', text);
    found.push(...body.cases.map((one) => one.case));
    after = body.next === undefined ? '' : `&after=${encodeURIComponent(body.next)}`;
  } while (after !== '');
  const opened = new Map(wanted.map(({ id = '', openedAt }) => [id, openedAt]));
  const moments = found.map((id) => opened.get(id) ?? '');
  return [
    ...differing(`list for ${post.account}`, [...opened.keys()].sort(), [...found].sort()),
    ...differing('newest opened first', [...moments].sort().reverse(), moments),
  ];
}
