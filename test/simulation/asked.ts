import { heldOn, POSTS } from './cast.js';
import { differing, type Difference } from './compare.js';
import { dayAt } from './naive/days.js';
import { COUNTED } from './naive/questions.js';
import { looksIntoOthers, standsTo } from './naive/rights.js';
import type { Played } from './orders.js';
import { headersOf, type Asking } from './readings.js';

type Row = Readonly<Record<string, string | number>>;

/** A row as the model tells it. */
const TOLD: Readonly<Record<string, (row: Row) => string>> = {
  overdue: ({ clock, holder, due, daysLate }) => `${clock} ${holder} ${due} ${daysLate}`,
  'missing-formalities': ({ holder, ageDays }) => `${holder} ${ageDays}`,
  held: ({ task, holder, days }) => `${task} ${holder} ${days}`,
};

/** One question, asked by somebody about all cases, page by page: what is answered is what a count by hand gives. */
export async function questionDifferences(
  { chance, now, as }: Asking,
  cases: readonly Played[],
): Promise<readonly Difference[]> {
  const post = chance.pick(POSTS.filter(heldOn(dayAt(now))));
  const name = chance.pick(Object.keys(COUNTED));
  const shown = ['requesting', 'requested', ...(looksIntoOthers(post) ? ['supervising'] : [])];
  const own = cases.filter(({ acts }) => acts.length > 0 && shown.includes(standsTo(acts, post)));
  const counted = own.flatMap(({ acts, id = '' }) => (COUNTED[name]?.(acts, now) ?? []).map((line) => `${id} ${line}`));
  const found: string[] = [];
  let after = '';
  do {
    const query = `limit=${chance.pick([1, 3, 200])}${after}`;
    const reply = await as(post.account).get(`/v1/questions/${name}?${query}`, headersOf(post, dayAt(now), 'audit'));
    if (reply.status !== 200) return differing(`${name} for ${post.account}`, 200, reply.text);
    const { rows, next } = JSON.parse(reply.text) as { readonly rows: readonly Row[]; readonly next?: string };
    found.push(...rows.map((row) => `${row.case} ${TOLD[name]?.(row) ?? ''}`));
    after = next === undefined ? '' : `&after=${next}`;
  } while (after !== '');
  return differing(`${name} for ${post.account}`, [...counted].sort(), [...found].sort());
}
