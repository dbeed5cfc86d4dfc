import { THRESHOLDS, thresholdsIn, type Fault, type SystemRules } from '#libs/law';
import { SAMPLE_CHECKS } from './sampling/schedule.js';
import { CHECKS } from './schedule.js';

/** What of a pack's part for 电子监察 this program does not have, or the pack lacks. Empty when the pack can be used. */
export function packFaults(rules: SystemRules): readonly Fault[] {
  return [
    ...rules.checks.flatMap(({ check }, index) =>
      Object.hasOwn({ ...CHECKS, ...SAMPLE_CHECKS }, check)
        ? []
        : [{ at: `/checks/${index}/check`, says: `没有名为 ${check} 的检查` }],
    ),
    ...thresholdFaults(rules),
    ...(typeof rules.values['orderRule'] === 'string'
      ? []
      : [{ at: '/values', says: '缺少督办期限所依的提示（orderRule）' }]),
    ...(rules.clocks.length > 0 ? [{ at: '/clocks', says: '电子监察没有由规则包规定的时限' }] : []),
  ];
}

function thresholdFaults(rules: SystemRules): readonly Fault[] {
  const thresholds = thresholdsIn(rules);
  if (thresholds)
    return thresholds.yellowAfterWorkingDays > thresholds.redAfterWorkingDays
      ? [{ at: '/values/yellowAfterWorkingDays', says: '黄牌的天数不得多于红牌的天数' }]
      : [];
  return Object.entries(THRESHOLDS).flatMap(([name, { min, says }]) => {
    const value = rules.values[name];
    if (value === undefined) return [{ at: '/values', says: `缺少${says}（${name}）` }];
    const isCount = Number.isSafeInteger(value) && (value as number) >= min;
    return isCount ? [] : [{ at: `/values/${name}`, says: `${says}须为不小于 ${min} 的整数` }];
  });
}
