import { assertSound, fields, integer, list, matching, memberOf, oneOf, text, then, type Fault } from './data-check.js';
import { LIMIT_DAYS_MAX } from './days.js';
import {
  ASKS_NOTHING,
  CHECK_KINDS,
  MODALITIES,
  RULE_FORCES,
  RULE_SYSTEMS,
  type Rule,
  type RuleDeadline,
  type RuleFile,
} from './rule.js';

/** Which number each unit has: of days, of acts, or none. */
const NUMBERED: Readonly<Record<RuleDeadline['unit'], 'days' | 'least' | undefined>> = {
  workingDay: 'days',
  calendarDay: 'days',
  workingDaysBefore: 'days',
  window: 'days',
  countPerYear: 'least',
  immediate: undefined,
  sameDay: undefined,
  taskDate: undefined,
};
const ruleId = matching(/^[A-Z]{2,8}(-[A-Z]?\d+(\.\d+)?)+$/, '须为规则编号，如 AB-16-4');

const deadline = then(
  fields(
    { unit: oneOf(Object.keys(NUMBERED)), from: text(50), to: text(50) },
    { days: integer(1, LIMIT_DAYS_MAX), least: integer(1, 1000), reading: oneOf([true]) },
  ),
  (value, at) => {
    const limit = value as RuleDeadline;
    const asked = NUMBERED[limit.unit];
    const wrong = (['days', 'least'] as const).some((number) => (limit[number] !== undefined) !== (number === asked));
    return wrong ? [{ at, says: '以日计的须有天数，以次数计的须有次数，其余不得有' }] : [];
  },
);

const rule = then(
  fields(
    { id: ruleId, system: oneOf(RULE_SYSTEMS), article: text(50), check: oneOf(CHECK_KINDS), says: text(100) },
    {
      modality: oneOf(MODALITIES),
      force: oneOf(RULE_FORCES),
      autoPart: text(100),
      humanPart: text(100),
      deadline,
    },
  ),
  (value, at) => {
    const { system, modality, force } = value as Rule;
    return (system === 'product' || ASKS_NOTHING.includes(force)) === (modality === undefined)
      ? []
      : [{ at: `${at}/modality`, says: '法定义务须写明应当、可以或者不得；范围、定义、除外和产品提示不得写' }];
  },
);

const file = fields({
  instrument: text(200),
  rules: list(rule, { min: 1, key: (entry) => memberOf(entry, 'id') }),
});

/** Every fault of the catalogue's files, taken together: fields missing, unknown or malformed, and ids given twice. */
export function ruleFaults(files: readonly unknown[]): readonly Fault[] {
  const own = files.flatMap((content, index) => file(content, `/${index}`));
  return own.length > 0 ? own : givenTwice(files as readonly RuleFile[]);
}

/** @throws DataFaulty naming every fault. */
export function rulesFrom(files: readonly unknown[]): readonly Rule[] {
  assertSound('规则目录', ruleFaults(files));
  // The check above admits nothing that is not a file of the catalogue.
  return (files as readonly RuleFile[]).flatMap(({ instrument, rules }) =>
    rules.map((entry) => ({ ...entry, instrument })),
  );
}

/** An id that an earlier file has too. */
function givenTwice(files: readonly RuleFile[]): readonly Fault[] {
  return files.flatMap(({ rules }, index) => {
    const before = new Set(files.slice(0, index).flatMap((earlier) => earlier.rules.map(({ id }) => id)));
    return rules.flatMap(({ id }, entry) =>
      before.has(id) ? [{ at: `/${index}/rules/${entry}/id`, says: `${id} 在前面的文件中已有` }] : [],
    );
  });
}
