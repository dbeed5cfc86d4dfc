import { LIMIT_DAYS_MAX } from './days.js';
import {
  assertSound,
  day,
  fields,
  integer,
  list,
  matching,
  memberOf,
  named,
  oneOf,
  text,
  then,
  type Check,
  type Fault,
} from './data-check.js';
import type { ClockRule, LimitUnit, RulePack } from './rule-pack.js';
import { isProductHint, rule } from './rules.js';

const UNITS: readonly LimitUnit[] = ['workingDay', 'calendarDay'];

/** As a command's code field takes it, so that every code of a pack can be sent. */
const name = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '须为代码（字母、数字、点、下划线或连字符，1 至 64 位）');
/** An engine orders integer-like keys by value, which canonical JSON does not. */
const key = matching(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, '字段名须以字母开头，只含字母、数字、点、下划线或连字符');
const PACK_CODE = /^[A-Z]{2,8}$/;
const isPackCode = (code: unknown): code is string => typeof code === 'string' && PACK_CODE.test(code);
const limitDays = integer(1, LIMIT_DAYS_MAX);
const member = (field: string) => (item: unknown) => memberOf(item, field);

/**
 * Every fault of `packs`, taken together as the packs one program ships: missing, unknown and malformed fields, rule ids
 * the catalogue does not have, repeated names, limits that are none or can never apply, and dates of one pack that
 * overlap. Empty when they can be used.
 */
export function packFaults(packs: readonly unknown[]): readonly Fault[] {
  const own = packs.map((pack, index) => packCheck(memberOf(pack, 'pack'))(pack, `/${index}`));
  return [
    ...own.flat(),
    ...datesOverlapping(packs.map((pack, index) => (own[index]?.length === 0 ? pack : undefined))),
  ];
}

/** @throws DataFaulty naming every fault. */
export function packsFrom(packs: readonly unknown[]): readonly RulePack[] {
  assertSound('规则包', packFaults(packs));
  // The check above admits nothing that is not a rule pack.
  return packs as readonly RulePack[];
}

function packCheck(code: unknown): Check {
  const cited: Check = (id, at) => {
    if (typeof id !== 'string' || !rule(id)) return [{ at, says: `规则目录中没有此条：${String(id)}` }];
    return !isPackCode(code) || id.startsWith(`${code}-`) ? [] : [{ at, says: `不是本规则包的规则：${id}` }];
  };
  // A check may speak for the product alone. A limit or a code is law, and stands for a rule of the pack's own text.
  const citedByCheck: Check = (id, at) => (typeof id === 'string' && isProductHint(id) ? [] : cited(id, at));
  const whole = fields(
    {
      pack: matching(PACK_CODE, '须为 2 至 8 个大写字母'),
      instrument: text(200),
      documentNumber: text(100),
      regions: list(matching(/^\d{2,6}$/, '须为 2 至 6 位行政区划代码前缀'), { min: 1, key: (region) => region }),
      effectiveFrom: day,
      edition: integer(1, 10_000),
      systems: named(key, systemCheck(cited, citedByCheck)),
    },
    { effectiveTo: day, notes: list(text(500)) },
  );
  return then(whole, (pack, at) => {
    const { effectiveFrom, effectiveTo } = pack as RulePack;
    return effectiveTo !== undefined && effectiveTo < effectiveFrom
      ? [{ at: `${at}/effectiveTo`, says: '失效日期早于施行日期' }]
      : [];
  });
}

function systemCheck(cited: Check, citedByCheck: Check): Check {
  const truly = oneOf([true]);
  const code = fields(
    { code: name, name: text(100) },
    {
      rule: cited,
      open: truly,
      asks: list(name, { min: 1, key: (asked) => asked }),
      asksRule: truly,
      needsEmergency: truly,
      forbids: truly,
    },
  );
  const check = fields({ check: name, rule: citedByCheck });
  return fields({
    governedBy: name,
    clocks: list(clockCheck(cited), { key: member('clock') }),
    codes: named(key, list(code, { min: 1, key: member('code') })),
    checks: list(check, { key: member('check') }),
    values: named(key, value),
  });
}

function clockCheck(cited: Check): Check {
  const limit = fields({ when: name, days: limitDays, unit: oneOf(UNITS), rule: cited });
  const extension = fields({ days: limitDays, unit: oneOf(UNITS), maxCount: integer(1, 100), rule: cited });
  const whole = fields(
    {
      clock: name,
      name: text(100),
      starts: name,
      stops: name,
      holder: name,
      limits: list(limit, { min: 1, key: member('when') }),
    },
    { extension },
  );
  return then(whole, (clock, at) => {
    const { limits } = clock as ClockRule;
    const always = limits.findIndex(({ when }) => when === 'always');
    return always < 0 || always === limits.length - 1
      ? []
      : [{ at: `${at}/limits/${always + 1}`, says: '排在 always 之后，永远不会适用' }];
  });
}

const value: Check = (candidate, at) => {
  if (Array.isArray(candidate)) return list(text(200))(candidate, at);
  if (typeof candidate === 'boolean') return [];
  return typeof candidate === 'string' ? text(200)(candidate, at) : integer(-1_000_000, 1_000_000)(candidate, at);
};

/** Editions of one effective date replace each other; different effective dates of one pack must not meet. */
function datesOverlapping(packs: readonly unknown[]): readonly Fault[] {
  const sound = packs.flatMap((pack, index) =>
    pack === undefined ? [] : [{ pack: pack as RulePack, at: `/${index}` }],
  );
  return sound.flatMap(({ pack: later, at }, index) =>
    sound.slice(0, index).flatMap(({ pack: earlier }) => {
      if (later.pack !== earlier.pack) return [];
      if (later.effectiveFrom !== earlier.effectiveFrom)
        return areApart(earlier, later)
          ? []
          : [{ at, says: `与施行日期为 ${earlier.effectiveFrom} 的规则包有效期重叠` }];
      return later.edition === earlier.edition ? [{ at: `${at}/edition`, says: `版次重复：${later.edition}` }] : [];
    }),
  );
}

const areApart = (a: RulePack, b: RulePack): boolean => endsBefore(a, b) || endsBefore(b, a);
const endsBefore = (a: RulePack, b: RulePack): boolean =>
  a.effectiveTo !== undefined && a.effectiveTo < b.effectiveFrom;
