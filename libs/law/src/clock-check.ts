import { limitFaults } from './catalogue-limit.js';
import type { ClockLimit, ClockRule, ClockUnit } from './clock-rule.js';
import { fields, integer, list, memberOf, oneOf, text, then, type Check } from './data-check.js';
import { LIMIT_DAYS_MAX } from './days.js';
import { LIMIT_HOURS_MAX } from './reckoning.js';

const DAY_UNITS: readonly ClockUnit[] = ['workingDay', 'calendarDay'];
const limitDays = integer(1, LIMIT_DAYS_MAX);
const truly = oneOf([true]);
const amendedBy = text(200);
const agreeing: Check = (limit, at) => limitFaults(limit as ClockLimit, at);

type Shapes = readonly [required: Readonly<Record<string, Check>>, optional?: Readonly<Record<string, Check>>];

/** What each kind of limit has beside `when`, `unit` and `rule`. */
const SHAPES: Readonly<Record<ClockUnit, Shapes>> = {
  workingDay: [{ days: limitDays }, { backstop: truly }],
  calendarDay: [{ days: limitDays }, { backstop: truly, rollsOver: text(200) }],
  hour: [{ hours: integer(1, LIMIT_HOURS_MAX) }],
  immediate: [{}],
  promptly: [{}],
  sameDay: [{}, { graceDays: integer(1, 30) }],
  workingDaysBefore: [{ days: limitDays }, { clearDays: truly }],
  taskDate: [{}],
  window: [{ days: limitDays }],
  countPerYear: [{ least: integer(1, 1000) }],
};

/** Every fault of a clock of a pack. `cited` is the check of a rule id, `name` that of a name. */
export function clockCheck(cited: Check, name: Check): Check {
  const limit: Check = (value, at) => {
    const unit = memberOf(value, 'unit');
    const known = oneOf(Object.keys(SHAPES))(unit, `${at}/unit`);
    if (unit !== undefined && known.length > 0) return known;
    // The check above admits nothing that is not a unit; without one, the shape says that it is missing.
    const [required, optional] = SHAPES[(unit ?? 'taskDate') as ClockUnit];
    const shape = { when: name, unit: oneOf(Object.keys(SHAPES)), rule: cited, ...required };
    return then(fields(shape, { amendedBy, ...optional }), agreeing)(value, at);
  };
  const extension = then(
    fields({ days: limitDays, unit: oneOf(DAY_UNITS), maxCount: integer(1, 100), rule: cited }, { amendedBy }),
    agreeing,
  );
  const whole = fields(
    {
      clock: name,
      name: text(100),
      starts: name,
      stops: name,
      holder: name,
      limits: list(limit, { min: 1, key: (item) => memberOf(item, 'when') }),
    },
    { extension },
  );
  return then(whole, (clock, at) => {
    const { limits, extension: extended } = clock as ClockRule;
    const always = limits.findIndex(({ when }) => when === 'always');
    const unreachable = always >= 0 && always < limits.length - 1;
    return [
      ...(unreachable ? [{ at: `${at}/limits/${always + 1}`, says: '排在 always 之后，永远不会适用' }] : []),
      ...(extended && !limits.some(({ unit }) => DAY_UNITS.includes(unit))
        ? [{ at: `${at}/extension`, says: '只有以工作日或自然日计的期限可以延长' }]
        : []),
    ];
  });
}
