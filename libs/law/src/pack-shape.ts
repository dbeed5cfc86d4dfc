import { clockCheck } from './clock-check.js';
import {
  day,
  fields,
  id,
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
import type { OrganRole, RoleHolding } from './organ-role.js';
import type { RulePack, SystemRules } from './rule-pack.js';
import { isProductHint, rule } from './rules.js';

/** As a command's code field takes it, so that every code of a pack can be sent. */
const name = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, '须为代码（字母、数字、点、下划线或连字符，1 至 64 位）');
/** An engine orders integer-like keys by value, which canonical JSON does not. */
const key = matching(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, '字段名须以字母开头，只含字母、数字、点、下划线或连字符');
const PACK_CODE = /^[A-Z]{2,8}$/;
const isPackCode = (code: unknown): code is string => typeof code === 'string' && PACK_CODE.test(code);
const member = (field: string) => (item: unknown) => memberOf(item, field);
const truly = oneOf([true]);

/** Every fault of one pack by itself. */
export const packShape: Check = (pack, at) => packCheck(memberOf(pack, 'pack'))(pack, at);

function packCheck(code: unknown): Check {
  const cited: Check = (ruleId, at) => {
    if (typeof ruleId !== 'string') return [{ at, says: `规则目录中没有此条：${String(ruleId)}` }];
    if (!rule(ruleId)) return [{ at, says: `规则目录中没有此条：${ruleId}`, wellFormed: true }];
    return !isPackCode(code) || ruleId.startsWith(`${code}-`) ? [] : [{ at, says: `不是本规则包的规则：${ruleId}` }];
  };
  const whole = fields(
    {
      pack: matching(PACK_CODE, '须为 2 至 8 个大写字母'),
      instrument: text(200),
      regions: list(matching(/^\d{2,6}$/, '须为 2 至 6 位行政区划代码前缀'), { key: (region) => region }),
      edition: integer(1, 10_000),
      systems: named(key, systemCheck(cited)),
    },
    {
      documentNumber: text(100),
      effectiveFrom: day,
      effectiveTo: day,
      sample: truly,
      roles: list(roleCheck(cited), { key: member('role') }),
      notes: list(text(500)),
    },
  );
  return then(whole, (pack, at) => [...datesOf(pack as RulePack, at), ...bodiesOf(pack as RulePack, at)]);
}

function datesOf({ effectiveFrom, effectiveTo, regions }: RulePack, at: string): readonly Fault[] {
  if (effectiveFrom === undefined)
    return effectiveTo === undefined ? [] : [{ at: `${at}/effectiveTo`, says: '没有施行日期，不能有失效日期' }];
  return [
    ...(regions.length > 0 ? [] : [{ at: `${at}/regions`, says: '有施行日期的规则包至少须有 1 个行政区划' }]),
    ...(effectiveTo !== undefined && effectiveTo < effectiveFrom
      ? [{ at: `${at}/effectiveTo`, says: '失效日期早于施行日期' }]
      : []),
  ];
}

/** Who decides at a rung: the parties, or a body the pack names. */
function bodiesOf({ systems, roles = [] }: RulePack, at: string): readonly Fault[] {
  const known = new Set(['parties', ...roles.map(({ role }) => role)]);
  return Object.entries(systems).flatMap(([system, { ladders = {} }]) =>
    Object.entries(ladders).flatMap(([ladder, rungs]) =>
      rungs.flatMap(({ body }, index) =>
        known.has(body)
          ? []
          : [{ at: `${at}/systems/${system}/ladders/${ladder}/${index}/body`, says: `roles 中没有 ${body}` }],
      ),
    ),
  );
}

function systemCheck(cited: Check): Check {
  // A check may speak for the product alone. A limit or a code is law, and stands for a rule of the pack's own text.
  const citedByCheck: Check = (ruleId, at) =>
    typeof ruleId === 'string' && isProductHint(ruleId) ? [] : cited(ruleId, at);
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
  const field = fields(
    { field: name, name: text(100), rule: cited },
    { when: name, allowNone: truly, template: truly },
  );
  const rung = fields({ rung: name, name: text(100), body: name, rule: cited }, { when: name, optional: truly });
  const whole = fields(
    {
      governedBy: name,
      clocks: list(clockCheck(cited, name), { key: member('clock') }),
      codes: named(key, list(code, { min: 1, key: member('code') })),
      checks: list(check, { key: member('check') }),
      values: named(key, value),
    },
    {
      cites: named(key, cited),
      fields: named(key, list(field, { min: 1, key: member('field') })),
      ladders: named(
        key,
        list(rung, { min: 1, key: (item) => `${String(memberOf(item, 'rung'))} ${String(memberOf(item, 'when'))}` }),
      ),
    },
  );
  return then(whole, (rules, at) => {
    const { cites = {}, values } = rules as SystemRules;
    return Object.keys(cites)
      .filter((cite) => !Object.hasOwn(values, cite))
      .map((cite) => ({ at: `${at}/cites/${cite}`, says: `values 中没有 ${cite}` }));
  });
}

const value: Check = (candidate, at) => {
  if (Array.isArray(candidate)) return list(text(200))(candidate, at);
  if (typeof candidate === 'boolean') return [];
  return typeof candidate === 'string' ? text(200)(candidate, at) : integer(-1_000_000, 1_000_000)(candidate, at);
};

function roleCheck(cited: Check): Check {
  const holding = then(fields({ from: day }, { organ: id, kind: name, to: day }), (held, at) => {
    const { organ, kind, from, to } = held as RoleHolding;
    return [
      ...((organ === undefined) === (kind === undefined) ? [{ at, says: '须写明 organ 或者 kind 其中一项' }] : []),
      ...(to !== undefined && to <= from ? [{ at: `${at}/to`, says: '须晚于 from' }] : []),
    ];
  });
  const whole = fields({
    role: name,
    name: text(100),
    rules: list(cited, { min: 1, key: (one) => one }),
    held: list(holding),
  });
  return then(whole, (role, at) => holdingsOverlapping((role as OrganRole).held, at));
}

/** The same organ, or the same kind, twice on one day. */
function holdingsOverlapping(held: readonly RoleHolding[], at: string): readonly Fault[] {
  return held.flatMap((later, index) => {
    const meets = held
      .slice(0, index)
      .some(
        (earlier) =>
          earlier.organ === later.organ &&
          earlier.kind === later.kind &&
          (earlier.to === undefined || later.from < earlier.to) &&
          (later.to === undefined || earlier.from < later.to),
      );
    return meets ? [{ at: `${at}/held/${index}`, says: '与前面的对应日期重叠' }] : [];
  });
}
