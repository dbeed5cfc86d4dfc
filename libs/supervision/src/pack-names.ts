import { thresholdsIn, type SystemRules } from '#libs/law';
import { SAMPLE_CHECKS } from './sampling/schedule.js';
import { CHECKS } from './schedule.js';

/** What of a pack's part for 电子监察 this program does not have, or the pack lacks. Empty when the pack can be used. */
export function packFaults(rules: SystemRules): readonly string[] {
  const unknown = rules.checks.filter(({ check }) => !Object.hasOwn({ ...CHECKS, ...SAMPLE_CHECKS }, check));
  return [
    ...unknown.map(({ check }) => `没有名为 ${check} 的检查`),
    ...(thresholdsIn(rules) ? [] : ['缺少预警、黄牌、红牌或者督办的天数']),
    ...(typeof rules.values['orderRule'] === 'string' ? [] : ['缺少督办期限所依的提示（orderRule）']),
    ...(rules.clocks.length > 0 ? ['电子监察没有由规则包规定的时限'] : []),
  ];
}
