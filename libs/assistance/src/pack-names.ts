import type { Fault, SystemRules } from '#libs/law';
import { STOPS } from './clock-stops.js';
import { STARTS } from './clock-starts.js';
import { CONDITIONS, HOLDERS } from './clocks.js';
import { clockWords } from './flag-texts.js';
import { CHECKS } from './schedule.js';

/** Lists of the pack that commands are checked against, and values that rules read. */
const CODE_LISTS = ['grounds', 'matterClasses', 'durations', 'forms', 'deliveryProofs'];
/** Lists that an act needs once the pack names a check of it. */
const CODE_LISTS_OF_CHECKS: Readonly<Record<string, readonly string[]>> = {
  emergencyRecorded: ['emergencyGrounds', 'emergencyChannels'],
  inabilityCoded: ['inabilityCauses'],
  groundsExplained: ['particulars'],
  causeExplained: ['inabilityCauses', 'particulars'],
};
const VALUE_LISTS: Readonly<Record<string, readonly string[]>> = {
  mandatoryAsked: ['mandatoryGrounds'],
  pressingRefused: ['pressingGrounds'],
  specialClass: ['specialClasses'],
  eligibleParties: ['requestingKinds', 'requestedKinds'],
  writtenForm: ['writtenForms'],
  feedbackElements: ['feedbackElements'],
};

/**
 * What of a pack's part for 行政协助 this program does not have, or the pack lacks: names of clocks, acts, conditions and checks,
 * code lists, and the values the named rules read. Empty when the pack can be used; otherwise a service should not start.
 */
export function packFaults(rules: SystemRules): readonly Fault[] {
  const limits = rules.clocks.flatMap(({ limits }, clock) =>
    limits.map(({ when }, limit) => ({ when, at: `/clocks/${clock}/limits/${limit}/when` })),
  );
  const conditions = limits.filter(({ when }) => when !== 'always');
  const readers = [...conditions.map(({ when }) => when), ...rules.checks.map(({ check }) => check)];
  const extensible = rules.clocks.some(({ extension }) => extension !== undefined);
  const values = [
    ...readers.flatMap((name) => VALUE_LISTS[name] ?? []),
    ...(extensible ? ['extensionApproverRoles'] : []),
  ];
  return [
    ...rules.clocks.flatMap(({ clock, starts, stops, holder }, index) => [
      ...unknown(clockWords, clock, '时限', `/clocks/${index}/clock`),
      ...unknown(STARTS, starts, '起算行为', `/clocks/${index}/starts`),
      ...unknown(STOPS, stops, '截止行为', `/clocks/${index}/stops`),
      ...unknown(HOLDERS, holder, '承担方', `/clocks/${index}/holder`),
    ]),
    ...conditions.flatMap(({ when, at }) => unknown(CONDITIONS, when, '适用条件', at)),
    ...rules.checks.flatMap(({ check }, index) => unknown(CHECKS, check, '检查', `/checks/${index}/check`)),
    ...[...CODE_LISTS, ...rules.checks.flatMap(({ check }) => CODE_LISTS_OF_CHECKS[check] ?? [])]
      .filter((list) => rules.codes[list] === undefined)
      .map((list) => ({ at: '/codes', says: `缺少代码表 ${list}` })),
    ...values
      .filter((name) => !Array.isArray(rules.values[name]))
      .map((name) => ({ at: '/values', says: `缺少列表值 ${name}` })),
  ];
}

const unknown = (table: object, name: string, what: string, at: string): readonly Fault[] =>
  Object.hasOwn(table, name) ? [] : [{ at, says: `没有名为 ${name} 的${what}` }];
