import { LimitRefused, reckonAsked, reckonedText, shippedCalendar, type Calendar, type Reckoned } from '#libs/law';
import type { Asked } from './asked.js';
import { MISUSED, Refused } from './refused.js';

/** 期限计算: by the calendar this program ships, without a service. @throws Refused for what cannot be counted. */
export function due(asked: Asked): Promise<void> {
  assertNothingElse(asked);
  const { count, json } = asked;
  const { calendar } = shippedCalendar();
  const reckoned = reckonedOf(count, calendar);
  const text = json
    ? JSON.stringify({ ...reckoned, calendar: calendar.version })
    : [...reckonedText(reckoned), `日历：${calendar.source}；随程序发布，不含账本中录入的放假通知。`].join('\n');
  process.stdout.write(`${text}\n`);
  return Promise.resolve();
}

/** What would be read over would be counted without what was meant. */
function assertNothingElse({ words, as, actingAs, purpose, moment, on, reason, draw }: Asked): void {
  const { occurredBy, ...known } = moment;
  const foreign = { as, 'acting-as': actingAs, purpose, 'occurred-by': occurredBy, ...known, on, reason, ...draw };
  const options = Object.entries(foreign).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`]));
  const extra = [...words, ...options];
  if (extra.length > 0) throw new Refused(`kesu due 不接受：${extra.join('、')}`, MISUSED);
}

function reckonedOf({ from, limit, extend = [], before }: Asked['count'], calendar: Calendar): Reckoned {
  if (from === undefined || limit === undefined) throw new Refused('须写明 --from 和 --limit', MISUSED);
  try {
    return reckonAsked(calendar, { from, limit, extend, before });
  } catch (error) {
    if (error instanceof LimitRefused) throw new Refused(`--${error.field}：${error.message}`, MISUSED);
    throw error;
  }
}
