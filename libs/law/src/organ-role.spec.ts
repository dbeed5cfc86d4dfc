import { derivedId, legalDate, withValueAt, type Json } from '#libs/kernel';
import { emptyRegister, packFaults, registerAfter, roleHolders, shippedPacks, type RegisterFact } from './index.js';
import { recordedAs } from '../../testing/src/specification/specification.js';
import { recorder, scene } from '../../testing/src/specification/assistance-cases.js';

const organ = (name: string) => derivedId(['organ', name]);
const registered = (name: string, kind: string, region: string): RegisterFact =>
  ({
    type: 'OrganRegistered',
    data: { organ: organ(name), name, kind, region, level: 'municipal' },
    occurredAt: { on: legalDate('2000-01-01') },
  }) as unknown as RegisterFact;
const register = registerAfter(
  emptyRegister,
  recordedAs<RegisterFact>(
    [
      registered('市编办', 'staffingOffice', '350200'),
      registered('区编办', 'staffingOffice', '350203'),
      registered('福州编办', 'staffingOffice', '350100'),
      registered('法制办', 'administrative', '350200'),
      registered('司法局', 'administrative', '350200'),
    ] as never,
    { now: scene.now, recorder },
  ),
);
const pack = {
  regions: ['3502'],
  roles: [
    {
      role: 'legalOffice',
      name: '市政府法制机构',
      rules: [],
      held: [
        { organ: organ('法制办'), from: legalDate('2007-01-01'), to: legalDate('2019-01-01') },
        { organ: organ('司法局'), from: legalDate('2019-01-01') },
      ],
    },
    {
      role: 'staffingOffice',
      name: '机构编制部门',
      rules: [],
      held: [{ kind: 'staffingOffice', from: legalDate('2020-04-10') }],
    },
    { role: 'unknown', name: '市信息产业局', rules: [], held: [] },
  ],
};
const holders = (role: string, day: string) => roleHolders(pack, role, register, legalDate(day));

it.each([
  ['legalOffice', '2006-12-31', []],
  ['legalOffice', '2018-12-31', ['法制办']],
  ['legalOffice', '2019-01-01', ['司法局']],
  ['staffingOffice', '2020-04-09', []],
  ['staffingOffice', '2020-04-10', ['市编办', '区编办']],
  ['unknown', '2026-01-01', []],
  ['nobody', '2026-01-01', []],
])('the body %s is on %s %j', (role, day, names) => {
  expect(holders(role, day)).toEqual(names.map(organ));
});

describe('what a pack says of roles, fields and ladders is refused with', () => {
  const xiamen = shippedPacks()[0]!.pack as unknown as Json;
  const id = organ('法制办');
  it.each<[string, string, Json | undefined, string]>([
    ['nobody named', '/roles/0/held/0', { from: '2020-04-10' }, '/0/roles/0/held/0 须写明 organ 或者 kind'],
    [
      'an end before the beginning',
      '/roles/0/held/0',
      { organ: id, from: '2020-04-10', to: '2020-04-10' },
      '/0/roles/0/held/0/to 须晚于 from',
    ],
    [
      'the same organ twice on a day',
      '/roles/0/held',
      [
        { organ: id, from: '2020-04-10', to: '2022-01-01' },
        { organ: id, from: '2021-12-31' },
      ],
      '/0/roles/0/held/1 与前面的对应日期重叠',
    ],
    ['no rule that names the body', '/roles/0/rules', [], '/0/roles/0/rules 至少须有 1 项'],
    [
      'a body that is none',
      '/systems/disputes/ladders/assistance/0/body',
      'court',
      '/0/systems/disputes/ladders/assistance/0/body roles 中没有 court',
    ],
    [
      'a rung of no rule',
      '/systems/disputes/ladders/assistance/0/rule',
      'XM-99-1',
      '/0/systems/disputes/ladders/assistance/0/rule 规则目录中没有此条',
    ],
    [
      'a field of no rule',
      '/systems/agreements/fields/agreement/0/rule',
      'CQ-10-1',
      '/0/systems/agreements/fields/agreement/0/rule 不是本规则包的规则',
    ],
    [
      'a field twice',
      '/systems/agreements/fields/agreement/1/field',
      'parties',
      '/0/systems/agreements/fields/agreement/1 与前面的项重复',
    ],
    [
      'a citation of no value',
      '/systems/catalogue/cites/office',
      'XM-18-3',
      '/0/systems/catalogue/cites/office values 中没有 office',
    ],
    [
      'a unit that is none',
      '/systems/assistance/clocks/2/limits/0/unit',
      'soon',
      '/0/systems/assistance/clocks/2/limits/0/unit 须为',
    ],
    [
      'a number where there is none',
      '/systems/assistance/clocks/2/limits/0/days',
      1,
      '/0/systems/assistance/clocks/2/limits/0/days 未知字段',
    ],
    [
      'an extension of what has no days',
      '/systems/assistance/clocks/2/extension',
      { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6' },
      '/0/systems/assistance/clocks/2/extension 只有以工作日',
    ],
  ])('%s', (_what, pointer, value, fault) => {
    const faults = packFaults([withValueAt(xiamen, pointer, value)]).map(({ at, says }) => `${at} ${says}`);
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it('an end of what never began', () => {
    const { effectiveFrom: _from, ...undated } = shippedPacks()[0]!.pack;
    expect(packFaults([{ ...undated, effectiveTo: '2030-01-01' }])).toEqual([
      { at: '/0/effectiveTo', says: '没有施行日期，不能有失效日期' },
    ]);
  });
});
