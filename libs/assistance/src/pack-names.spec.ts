import { shippedPacks, type SystemRules } from '#libs/law';
import { packFaults } from './pack-names.js';

const own = shippedPacks()[0]!.pack.systems['assistance']!;
const [clock] = own.clocks;

it('has everything the shipped pack names', () => {
  expect(packFaults(own)).toEqual([]);
});

it.each<[string, SystemRules]>([
  ['没有名为 imagined 的检查', { ...own, checks: [{ check: 'imagined', rule: 'XM-2-1' }] }],
  ['没有名为 toString 的检查', { ...own, checks: [{ check: 'toString', rule: 'XM-2-1' }] }],
  ['没有名为 reply 的时限', { ...own, clocks: [{ ...clock!, clock: 'reply' }] }],
  ['没有名为 accepted 的起算行为', { ...own, clocks: [{ ...clock!, starts: 'accepted' }] }],
  ['没有名为 fedBack 的截止行为', { ...own, clocks: [{ ...clock!, stops: 'fedBack' }] }],
  ['没有名为 nobody 的承担方', { ...own, clocks: [{ ...clock!, holder: 'nobody' }] }],
  ['没有名为 rainy 的适用条件', { ...own, clocks: [{ ...clock!, limits: [{ ...clock!.limits[0]!, when: 'rainy' }] }] }],
  ['缺少代码表 forms', { ...own, codes: { ...own.codes, forms: undefined as never } }],
  ['缺少列表值 specialClasses', { ...own, values: { ...own.values, specialClasses: 'opinion' } }],
  ['缺少列表值 extensionApproverRoles', { ...own, values: { ...own.values, extensionApproverRoles: true } }],
])('finds the fault: %s', (fault, rules) => {
  expect(packFaults(rules).map(({ says }) => says)).toContain(fault);
});

it('points at the very name that nothing stands for', () => {
  const clocks = [{ ...clock!, starts: 'accepted', limits: [{ ...clock!.limits[0]!, when: 'rainy' }] }];
  expect(packFaults({ ...own, clocks }).map(({ at }) => at)).toEqual(['/clocks/0/starts', '/clocks/0/limits/0/when']);
});
