import { dayOfOccurrence, inShanghai, type HeldTurn, type Names, type Occurrence } from '#libs/kernel';
import type { TaskCode } from './custody-tasks.js';
import { clockWords } from './flag-texts.js';
import { articleOf } from './words.js';

/** What a turn asks of who holds it. */
const TASKS: Readonly<Record<TaskCode, string>> = {
  requesting: '决定是否提出请求并提出',
  delivering: '将请求送达被请求机关',
  providing: '提供协助，或者告知不能提供',
  feedingBack: '书面反馈',
  returning: '退回移交的资料',
  closing: '办结本案',
  archiving: '归档',
  nothing: '',
};

/** What a task is called; one that this system does not know is shown as its code. */
export const taskName = (task: string): string => (Object.hasOwn(TASKS, task) ? TASKS[task as TaskCode] : task);

/** One turn in a sentence: from when to when, whose, who is named for it, for what, on which clock and by which article. */
export function turnText(turn: HeldTurn, names: Names): string {
  const { from, to, days, holders, task, clock, rule, suspended } = turn;
  const span = to ? `${moment(from)}至${moment(to)}（${days}天）` : `${moment(from)}起（至今${days}天）`;
  if (holders.length === 0) return `${span}：本案已由各方归档，不再由任何机关承办。`;
  const whose = holders.map(({ organ, officers }) => {
    const officer = officers.at(-1);
    return `${names.organ(organ)}（${officer ? `${officer.post}${names.person(officer.person)}` : '未见具名承办人'}）`;
  });
  const counted = clock !== undefined && Object.hasOwn(clockWords, clock) ? clockWords[clock as 'provide'].act : clock;
  const article = rule === undefined ? undefined : articleOf(rule);
  const cited = article === undefined ? '' : `（${article}）`;
  const clockSaid = `${clock === undefined ? '没有天数期限' : `计入${counted}的期限`}${cited}`;
  return `${span}：由${whose.join('、')}${taskName(task)}，${suspended ? '应急处置期间期限中止' : clockSaid}。`;
}

const moment = (occurrence: Occurrence): string =>
  'at' in occurrence ? inShanghai(occurrence.at) : dayOfOccurrence(occurrence);
