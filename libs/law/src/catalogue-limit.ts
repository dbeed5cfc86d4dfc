import type { ClockLimit, ClockUnit } from './clock-rule.js';
import type { Fault } from './data-check.js';
import { rule as ruleOf } from './rules.js';

/** Where the text gives no number: an age is told, or a day is awaited that was set for the case itself. */
const WITHOUT_NUMBER: readonly ClockUnit[] = ['promptly', 'taskDate'];

const SAYS: Readonly<Record<ClockUnit, (number: number) => string>> = {
  workingDay: (days) => `${days}个工作日`,
  calendarDay: (days) => `${days}个自然日`,
  hour: (hours) => `${hours}小时`,
  immediate: () => '立即、当场',
  promptly: () => '及时',
  sameDay: () => '当日',
  taskDate: () => '所定之日',
  workingDaysBefore: (days) => `之前${days}个工作日`,
  window: (days) => `之前${days}个工作日内`,
  countPerYear: (least) => `每年${least}次`,
};

/** A limit of a pack, or the extension of one: what it counts in, its number where it has one, and the rule it cites. */
type Numbered = Pick<ClockLimit, 'unit' | 'rule' | 'amendedBy'> & {
  readonly days?: number;
  readonly hours?: number;
  readonly least?: number;
};

/**
 * 时限以规则目录为准: the number and the unit of a limit are those of the rule it cites, unless it names the instrument that
 * sets others (`amendedBy`). So neither a slip nor an edition that nobody can trace to a text changes a limit of the law.
 * The rule stands in the catalogue.
 */
export function limitFaults(limit: Numbered, at: string): readonly Fault[] {
  const { rule, amendedBy } = limit;
  const differing = differingMember(limit);
  if ((differing === undefined) === (amendedBy === undefined)) return [];
  const says =
    differing === undefined
      ? `与规则目录所记 ${rule} 的时限一致，没有另定时限可言`
      : `规则目录所记 ${rule} 的时限为${knownOf(rule)}，这里为${SAYS[limit.unit](numberOf(limit))}；确由其他文件另定的，须以 amendedBy 写明该文件及条款`;
  return [{ at: `${at}/${differing ?? 'amendedBy'}`, says, wellFormed: true }];
}

function differingMember(limit: Numbered): 'unit' | 'days' | 'least' | undefined {
  const { deadline } = ruleOf(limit.rule) ?? {};
  const agrees = deadline ? deadline.unit === limit.unit : WITHOUT_NUMBER.includes(limit.unit);
  if (!agrees) return 'unit';
  return (['days', 'least'] as const).find((number) => limit[number] !== deadline?.[number]);
}

const numberOf = ({ days = 0, hours = days, least = hours }: Partial<Numbered>): number => least;

function knownOf(rule: string): string {
  const { deadline } = ruleOf(rule) ?? {};
  return deadline ? SAYS[deadline.unit](numberOf(deadline)) : '没有日数';
}
