import { exactlyInShanghai, isInstant, type Instant, type LegalDate } from '#libs/kernel';
import type { DayOfCount } from './days.js';
import type { ToldDay } from './kinds/run.js';

/** Every sentence in which a count of days is explained. */

const WHY: Readonly<Record<DayOfCount['why'], string>> = {
  firstDay: '起始日，不计入',
  weekday: '工作日',
  weekend: '周末',
  statutory: '法定节假日',
  holiday: '放假调休',
  worked: '调休上班',
  suspended: '中止计算',
};

/** 暂定: what is said behind a last day that a notice to come may still move. */
export const reservation = (provisional: boolean): string => (provisional ? '（节假日安排尚未公布，暂定）' : '');

/** A line a day: the number of each counted day, or why it is left out. */
export function dayLines(days: readonly ToldDay[]): readonly string[] {
  let number = 0;
  let part = 0;
  return days.map((day) => {
    if (day.part !== part) [number, part] = [0, day.part];
    if (day.counted) number += 1;
    const place = part === 0 ? '' : `延长第${part}次 `;
    const count = day.counted ? `第${number}日` : day.rolledOver ? '顺延' : '不计';
    return `${day.day}  ${place}${count}  ${whyOf(day)}${day.provisional ? '（暂定）' : ''}`;
  });
}

/** Behind a statutory holiday that no notice is known of, the provision of the statute is named. */
function whyOf({ why, name, notice, statute, suspendedBy }: ToldDay): string {
  const by = statute !== undefined && notice === undefined ? `，依${statute}` : '';
  const rule = suspendedBy === undefined ? '' : `〔${suspendedBy}〕`;
  return `${WHY[why]}${name === undefined ? '' : `（${name}）`}${by}${rule}`;
}

/** 节假日安排, a line for each year and each change. */
export const noticeLines = (notices: readonly string[]): readonly string[] =>
  notices.map((notice) => `节假日安排：${notice}。`);

/** 届满: the last day or moment of a count. */
export const dueLine = (due: LegalDate | Instant, provisional: boolean): string =>
  `届满 ${isInstant(due) ? exactlyInShanghai(due) : due}${reservation(provisional)}`;
