import { legalDate, withValueAt, type Json } from '#libs/kernel';
import { emptyRegister } from './organ-register.js';
import { appointmentsOf, isSubordinate } from './register-questions.js';
import { DataFaulty } from './data-check.js';
import { developmentOrgans, organSeedFaults, organSeedFrom } from './organ-seed.js';

const development = developmentOrgans();
const faultsWith = (pointer: string, value: Json | undefined): string[] =>
  organSeedFaults(withValueAt<unknown>(development, pointer, value)).map(({ at, says }) => `${at} ${says}`);
const [person, organ] = [development.persons[0]?.id ?? '', development.organs[1]?.id ?? ''];

describe('the development register', () => {
  const holding = (role: string) =>
    development.appointments.filter(({ roles }) => (roles as readonly string[]).includes(role));
  const organNamed = (name: string) => development.organs.find((organ) => organ.name === name)?.id;

  it('has every person marked as an example, with an account and a post today', () => {
    expect(development.persons.length).toBeGreaterThanOrEqual(12);
    for (const { id, name, account } of development.persons) {
      expect(name).toContain('（示例）');
      expect(account).toMatch(/^[a-z]+\.[a-z]+$/);
      const appointments = new Map(development.appointments.map((appointment) => [appointment.id, appointment]));
      const held = appointmentsOf({ ...emptyRegister, appointments }, id, legalDate('2026-09-18'));
      expect(held).toHaveLength(1);
    }
  });

  it('has one operator, one auditor and one clock keeper, and a supervisor at the city staffing office', () => {
    expect(['operator', 'auditor', 'clockKeeper'].map((role) => holding(role).length)).toEqual([1, 1, 1]);
    const office = development.organs.find(({ kind, region }) => kind === 'staffingOffice' && region === '350200');
    expect(holding('supervisor').some(({ organ }) => organ === office?.id)).toBe(true);
  });

  it('gives every organ that handles requests somebody to handle them, and most of them a 负责人', () => {
    const handling = new Set(holding('handler').map(({ organ }) => organ));
    const led = new Set([...holding('head'), ...holding('deputyHead')].map(({ organ }) => organ));
    expect([...handling].filter((organ) => led.has(organ)).length).toBeGreaterThanOrEqual(4);
  });

  it('has organs in one line and organs that are not', () => {
    const register = { ...emptyRegister, organs: new Map(development.organs.map((organ) => [organ.id, organ])) };
    const [police, branch, market] = ['厦门市公安局', '厦门市公安局思明分局', '厦门市市场监督管理局'].map(organNamed);
    if (!police || !branch || !market) throw new Error('an organ is missing');
    expect(isSubordinate(register, police, branch, legalDate('2026-09-18'))).toBe(true);
    expect(isSubordinate(register, market, police, legalDate('2026-09-18'))).toBe(false);
    expect(development.organs.every(({ region }) => region.startsWith('3502'))).toBe(true);
  });
});

describe('the register for trying things out', () => {
  const [city, district] = ['350200', '350203'].map((region) =>
    development.organs.find((found) => found.kind === 'staffingOffice' && found.region === region),
  );
  const registrars = development.appointments.filter(({ roles }) => roles.includes('registrar'));

  it('has two registrars in the city’s staffing office, and one in a district’s', () => {
    const inOffice = (office: string | undefined) => registrars.filter((held) => held.organ === office);
    expect([inOffice(city?.id).length, inOffice(district?.id).length]).toEqual([2, 1]);
  });

  it('tells the level of every organ, and lets nobody stand under a lower one', () => {
    const order = ['central', 'provincial', 'municipal', 'district', 'township'];
    const levels = new Map(development.organs.map(({ id, level }) => [id, order.indexOf(level ?? '')]));
    for (const { id, superior } of development.organs) {
      expect(levels.get(id)).toBeGreaterThanOrEqual(0);
      if (superior) expect(levels.get(superior)).toBeLessThanOrEqual(levels.get(id) ?? -1);
    }
    expect(new Set(levels.values()).size).toBe(3);
  });

  it('has officers on duty at night, of both sides of an emergency', () => {
    const duty = development.persons.filter(({ account }) => account?.endsWith('.duty')).map(({ id }) => id);
    const held = development.appointments.filter((appointment) => duty.includes(appointment.person));
    expect(held.length).toBeGreaterThanOrEqual(2);
    for (const { roles, post } of held)
      expect([roles, post]).toEqual([['handler', 'clerk'], expect.stringContaining('值班')]);
  });
});

describe('an operator’s own file', () => {
  const given = development.appointments[0];
  const delegation: Json = {
    ...{
      id: '00000000-0000-4000-8000-000000000001',
      appointment: given?.id ?? '',
      person: development.persons[1]?.id ?? '',
    },
    ...{ roles: ['handler'], from: '2026-01-01', to: '2026-02-01' },
  };
  const delegationFaults = (changes: object): string[] => faultsWith('/delegations', [{ ...delegation, ...changes }]);

  it('may hold delegations and levels', () => {
    expect(delegationFaults({})).toEqual([]);
    expect(faultsWith('/organs/0/level', 'central')).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['of an appointment that is not there', { appointment: person }, '/delegations/0/appointment 任职未在文件中登记'],
    ['to somebody who is not there', { person: organ }, '/delegations/0/person 人员未在文件中登记'],
    ['to the holder', { person: given?.person }, '/delegations/0/person 不能授权给任职者本人'],
    ['of roles not held', { roles: ['head'] }, '/delegations/0/roles 授权的角色须为该任职所有'],
    ['of no role', { roles: [] }, '/delegations/0/roles 至少须有 1 项'],
    ['that ends on its first day', { to: '2026-01-01' }, '/delegations/0/to 授权终止日期须晚于授权日期'],
    ['without an end', { to: undefined }, '/delegations/0/to'],
    ['from before the appointment', { from: '2019-12-31' }, '/delegations/0 授权期间须在任职期间之内'],
  ])('is refused with a delegation %s', (_name, changes, fault) => {
    expect(delegationFaults(changes)).toEqual([expect.stringContaining(fault)]);
  });

  it('is refused with a delegation beyond the appointment’s end', () => {
    const ended = development.appointments.find(({ to }) => to !== undefined);
    const late = { appointment: ended?.id, roles: ended?.roles, from: '2024-06-01', to: '2024-07-02' };
    expect(delegationFaults(late)).toEqual(['/delegations/0 授权期间须在任职期间之内']);
    expect(delegationFaults({ ...late, to: '2024-07-01' })).toEqual([]);
  });

  it('may leave out accounts, superiors and ends', () => {
    const seed = {
      organs: development.organs.map(({ superior: _superior, ...rest }) => rest),
      persons: development.persons.map(({ account: _account, ...rest }) => rest),
      appointments: development.appointments.map(({ to: _to, ...rest }) => rest),
    };
    expect(organSeedFrom(seed)).toEqual(seed);
  });

  it.each<[string, string, Json | undefined, string]>([
    ['no organs', '/organs', undefined, '/organs 缺少该字段'],

    ['an unknown field', '/persons/0/idNumber', 'x', '/persons/0/idNumber 未知字段'],
    ['an id that is none', '/appointments/0/id', 'XM', '/appointments/0/id 须为小写 UUID'],
    ['a repeated id', '/appointments/1/id', development.appointments[0]?.id, '/appointments/1 与前面的项重复'],
    ['a repeated name', '/organs/1/name', '厦门市人民政府', '/organs/1/name 机关名称重复：厦门市人民政府'],
    ['an unknown kind', '/organs/0/kind', 'bank', '/organs/0/kind 须为'],
    ['an unknown level', '/organs/0/level', 'galactic', '/organs/0/level 须为'],
    ['a region that is none', '/organs/0/region', '3502', '/organs/0/region 须为 6 位'],
    ['a blank name', '/persons/0/name', ' ', '/persons/0/name 须为'],
    ['an account with spaces', '/persons/0/account', 'a b', '/persons/0/account 须为'],
    ['a shared account', '/persons/1/account', 'chen.handler', '/persons/1/account 账户已属于另一人员'],
    ['an unknown role', '/appointments/0/roles', ['king'], '/appointments/0/roles/0 须为'],
    ['no role', '/appointments/0/roles', [], '/appointments/0/roles 至少须有 1 项'],
    ['a day that is none', '/appointments/0/from', '2020-02-30', '/appointments/0/from 须为存在的日期'],
    ['an end on its first day', '/appointments/0/to', '2020-01-01', '/appointments/0/to 免职日期须晚于任职日期'],
    ['an unregistered superior', '/organs/1/superior', person, '/organs/1/superior 上级机关未在文件中登记'],
    ['an unregistered organ', '/appointments/0/organ', person, '/appointments/0/organ 机关未在文件中登记'],
    ['an unregistered person', '/appointments/0/person', organ, '/appointments/0/person 人员未在文件中登记'],
  ])('is refused with %s', (_name, pointer, value, fault) => {
    expect(faultsWith(pointer, value)).toEqual([expect.stringContaining(fault)]);
  });

  it('is refused with a line of superiors in a circle, at every organ of the circle', () => {
    expect(faultsWith('/organs/0/superior', organ)).toEqual([
      '/organs/0/superior 隶属关系成环',
      '/organs/1/superior 隶属关系成环',
    ]);
  });

  it('is told every fault at once, in one Chinese message', () => {
    const seed = withValueAt<unknown>(
      withValueAt(withValueAt(development, '/organs/0/region', 'x'), '/persons/0/name', ''),
      '/appointments/0/roles/0',
      'king',
    );
    expect(() => organSeedFrom(seed)).toThrow(DataFaulty);
    expect(() => organSeedFrom(seed)).toThrow(/^机关登记文件有 3 处错误：\n {2}\/organs\/0\/region .+\n.+\n.+$/);
  });

  it.each([[null], [[]], ['x'], [1], [undefined]])('is refused when it is %p', (json) => {
    expect(organSeedFaults(json)).toEqual([{ at: '', says: '须为对象' }]);
  });
});
