import { assertSound, fields, integer, list, matching, memberOf, oneOf, text, then, type Fault } from './data-check.js';
import { LIMIT_DAYS_MAX } from './days.js';
import { CHECK_KINDS, MODALITIES, RULE_SYSTEMS, type Rule, type RuleDeadline, type RuleFile } from './rule.js';

const UNITS: readonly RuleDeadline['unit'][] = ['workingDay', 'calendarDay', 'immediate'];
const ruleId = matching(/^[A-Z]{2,8}(-[A-Z]?\d+(\.\d+)?)+$/, '须为规则编号，如 AB-16-4');

const deadline = then(
  fields({ unit: oneOf(UNITS), from: text(50), to: text(50) }, { days: integer(0, LIMIT_DAYS_MAX) }),
  (value, at) => {
    const { unit, days } = value as RuleDeadline;
    return (unit === 'immediate') === (days === undefined) ? [] : [{ at, says: '当场、立即没有天数，其余须有天数' }];
  },
);

const rule = then(
  fields(
    { id: ruleId, system: oneOf(RULE_SYSTEMS), article: text(50), check: oneOf(CHECK_KINDS), says: text(100) },
    { modality: oneOf(MODALITIES), autoPart: text(100), humanPart: text(100), deadline },
  ),
  (value, at) => {
    const { system, modality } = value as Rule;
    return (system === 'product') === (modality === undefined)
      ? []
      : [{ at: `${at}/modality`, says: '法定规则须写明应当、可以或者不得，产品提示不得写' }];
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
