import { BEFORE_WINDOW, daysBetween, exactlyInShanghai, type Mark, type ScheduledClock } from '#libs/kernel';
import { isDaysLimit, type ClockLimit, type ClockRule } from './clock-rule.js';
import { limitOf } from './clock-rules.js';
import { dayLines, dueLine, noticeLines } from './day-sentences.js';
import type { ClockMarks, ToldDay, ToldPart } from './kinds/run.js';
import { occasionsIn } from './kinds/count-per-year.js';
import type { CitedRule } from './rule.js';
import { rule as ruleOf } from './rules.js';
import { openSuspension } from './suspension.js';

/** Every sentence in which a clock is explained; those of single days stand in day-sentences. */

const UNITS = { workingDay: '个工作日', calendarDay: '个自然日' } as const;

interface Told {
  readonly rule: ClockRule;
  readonly marks: ClockMarks;
  readonly clock: ScheduledClock;
  readonly days: readonly ToldDay[];
  readonly parts: readonly ToldPart[];
  readonly cites: readonly CitedRule[];
  readonly notices: readonly string[];
}

/** The explanation of a clock, a line each. */
export function explanationText(told: Told): readonly string[] {
  const { rule, marks, clock, days, parts, cites, notices } = told;
  const { suspendedBy } = marks;
  const limit = limitOf(rule, marks.holds);
  if (!limit) return [];
  return [
    `${rule.name}：${limitText(limit)}。`,
    ...cites.map(({ rule: id, article, instrument }) => `依据：${instrumentText(instrument)}${article}〔${id}〕。`),
    ...(suspendedBy && cites.some(({ rule: id }) => id === suspendedBy.rule)
      ? [`〔${suspendedBy.rule}〕期间不计入期限，依规则包的开关（${suspendedBy.value}）。`]
      : []),
    ...[limit, ...(rule.extension ? [rule.extension] : [])]
      .filter(({ rule: id, amendedBy }) => amendedBy !== undefined && cites.some((cited) => cited.rule === id))
      .map(({ rule: id, amendedBy }) => `〔${id}〕的时限已由${amendedBy}另定。`),
    ...(clock.notApplicable === undefined
      ? [...startLines(limit, marks.started), ...countLines(limit, { marks, days, parts }), ...endLines(limit, told)]
      : ['本案不适用这一期限。']),
    ...noticeLines(notices),
  ];
}

/** 《厦门市行政协助管理办法》（厦府办〔2020〕31号）: what the catalogue writes behind the name stands outside the marks. */
const instrumentText = (instrument: string): string => instrument.replace(/^[^（]+/, '《$&》');

/** The limit as the law says it. */
function limitText(limit: ClockLimit): string {
  const { from = '起算事实发生', to = '办理' } = ruleOf(limit.rule)?.deadline ?? {};
  if (isUnnumbered(limit)) return UNNUMBERED[limit.unit](from, to);
  switch (limit.unit) {
    case 'workingDay':
    case 'calendarDay':
      return `自${from}起${limit.days}${UNITS[limit.unit]}内${to}${limit.backstop ? '（立即办理的后限：未过不等于及时）' : ''}`;
    case 'hour':
      return `自${from}起${limit.hours}小时内${to}`;
    case 'workingDaysBefore':
      return `${from}前${limit.days}个工作日${to}${limit.clearDays ? '（其间须有足日）' : ''}`;
    case 'window':
      return `${from}前${limit.days}个工作日内${to}（读作窗口期）`;
    case 'countPerYear':
      return `每个公历年${to}不少于${limit.least}次`;
  }
}

const UNNUMBERED = {
  immediate: (from: string, to: string) => `${from}后立即、当场${to}，没有数字，是否立即由人认定`,
  promptly: (from: string, to: string) => `${from}后及时${to}，没有数字，只显示已过天数`,
  sameDay: (from: string, to: string) => `${from}当日${to}`,
  taskDate: (from: string, to: string) => `按${from}${to}`,
} as const;

type Unnumbered = Extract<ClockLimit, { readonly unit: keyof typeof UNNUMBERED }>;
const isUnnumbered = (limit: ClockLimit): limit is Unnumbered => Object.hasOwn(UNNUMBERED, limit.unit);

const STARTS: Readonly<Record<'before' | 'task' | 'year' | 'hour' | 'plain', (started: Mark) => string>> = {
  before: ({ on }) => `自${on}往回计算，当日不计入。`,
  task: ({ on }) => `所定期限为${on}。`,
  year: ({ on }) => `按${on.slice(0, 4)}年计算，年终才判断。`,
  hour: ({ on, at }) =>
    at === undefined ? `起算日为${on}，时刻不明。` : `自${exactlyInShanghai(at)}起算，日夜连续计算。`,
  plain: ({ on }) => `自${on}起算，当日不计入。`,
};

function startLines(limit: ClockLimit, started: Mark | undefined): readonly string[] {
  if (!started) return ['没有起算日期的记录，不能判断。'];
  switch (limit.unit) {
    case 'workingDaysBefore':
    case 'window':
      return [STARTS.before(started)];
    case 'taskDate':
      return [STARTS.task(started)];
    case 'countPerYear':
      return [STARTS.year(started)];
    case 'hour':
      return [STARTS.hour(started)];
    case 'immediate':
    case 'promptly':
      return [`起算日为${started.on}${started.at === undefined ? '' : `（${exactlyInShanghai(started.at)}）`}。`];
    case 'sameDay':
      return [`当日为${started.on}。`];
    case 'workingDay':
    case 'calendarDay':
      return [STARTS.plain(started)];
  }
}

function countLines(
  limit: ClockLimit,
  { marks, days, parts }: Pick<Told, 'marks' | 'days' | 'parts'>,
): readonly string[] {
  const { started, occasions = [], suspensions = [] } = marks;
  if (!started) return [];
  if (limit.unit === 'countPerYear')
    return occasionsIn(Number(started.on.slice(0, 4)), occasions).map(({ on }, index) => `${on}  第${index + 1}次`);
  return [
    ...suspensions.map(({ from, to }) => `${from}起期限中止${to === undefined ? '，尚未结束' : `，至${to}恢复计算`}。`),
    ...dayLines(days),
    ...parts.filter(({ part }) => part > 0).map(extensionLine),
    ...('rollsOver' in limit && limit.rollsOver !== undefined && days.some(({ rolledOver }) => rolledOver)
      ? [`最后一日不是工作日，依${limit.rollsOver}顺延。`]
      : []),
  ];
}

function extensionLine({ part, from, due, days, unit }: ToldPart): string {
  const length = `${days}${UNITS[unit]}`;
  if (from === undefined) return `延长第${part}次：${length}，待中止结束、前一届满日确定后续算。`;
  return `延长第${part}次：自${from}续算${length}，${due === undefined ? '期限中止，尚未算完' : `至${due}`}。`;
}

/** Where it ends, from when on it is late, and what stopped it. */
function endLines(limit: ClockLimit, { clock, marks, days }: Told): readonly string[] {
  const { due, dueAt, opens, count, personFinds, provisional } = clock;
  const stopped = clock.stopped ?? marks.stopped;
  if (!marks.started) return stopped ? [`${stopped.on}办理，期限无从起算。`] : [];
  if (personFinds && due === undefined) return ageLines(marks.started, stopped);
  if (due === undefined) return [withoutDueLine(limit, marks, days)];
  return [
    ...(opens === undefined ? [] : [`窗口期自${opens}开始，至${due}为止。`]),
    ...(count === undefined ? [] : [`当年应有${count.least}次，已有记录${count.found}次。`]),
    dueLine(dueAt ?? due, provisional),
    ...(stopped ? [stopLine(clock, stopped)] : []),
    ...(personFinds ? ageLines(marks.started, stopped) : []),
    ...(limit.unit === 'sameDay' && limit.graceDays !== undefined
      ? [`届满后${limit.graceDays}个工作日内办理的只作提示，不认定逾期。`]
      : []),
  ];
}

/** A suspension that has not ended tells how many days had been counted until then. */
function withoutDueLine(limit: ClockLimit, { suspensions = [] }: ClockMarks, days: readonly ToldDay[]): string {
  if (!openSuspension(suspensions)) return '没有可以确定的届满日，不能判断。';
  const counted = days.filter((day) => day.counted).length;
  return `期限中止，${isDaysLimit(limit) ? `已计${counted}${UNITS[limit.unit]}，` : ''}届满日待中止结束后确定。`;
}

function stopLine({ due, lateFrom, dueAt, opens }: ScheduledClock, { on, at }: Mark): string {
  const when = at === undefined || dueAt === undefined ? on : exactlyInShanghai(at);
  if (due === undefined || lateFrom === undefined) return `${when}办理。`;
  if (opens !== undefined && on < opens) return `${when}办理，早于窗口期：不作认定〔${BEFORE_WINDOW}〕。`;
  if (on > due) return `${when}办理，晚${daysBetween(due, on)}天。`;
  if (dueAt === undefined) return `${when}办理，未过届满日。`;
  if (at === undefined && on === due) return `${when}办理，时刻不明，不能判断是否在届满之前。`;
  return at !== undefined && at >= lateFrom ? `${when}办理，已过届满时刻。` : `${when}办理，未过届满时刻。`;
}

const ageLines = ({ on }: Mark, stopped: Mark | undefined): readonly string[] =>
  stopped
    ? [`${stopped.on}办理，距起算${Math.max(daysBetween(on, stopped.on), 0)}天；是否及时由人认定。`]
    : ['尚未办理；是否及时由人认定，软件不认定逾期。'];
