import { legalDate, withValueAt, type Json } from '#libs/kernel';
import { appointmentsOf, emptyRegister, isSubordinate } from './organ-register.js';
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
    expect(isSubordinate(register, police, branch)).toBe(true);
    expect(isSubordinate(register, market, police)).toBe(false);
    expect(development.organs.every(({ region }) => region.startsWith('3502'))).toBe(true);
  });
});

describe('an operator’s own file', () => {
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
