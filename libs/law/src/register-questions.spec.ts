import { derivedId, instant, legalDate, type LegalDate, type Uuid } from '#libs/kernel';
import {
  areaOf,
  capacitiesOf,
  emptyRegister,
  levelOn,
  registerAfter,
  registerWith,
  registrarsOn,
  staffingOfficesOf,
  superiorOn,
  type AppointmentRole,
  type OrganLevel,
  type OrganRegister,
  type RegisterChange,
  type RegisterEntry,
} from './index.js';

const id = (name: string): Uuid => derivedId([name]);
const day = (text: string): LegalDate => legalDate(text);
const [city, district, street, bureau] = [id('city'), id('district'), id('street'), id('bureau')];
const [cityOffice, districtOffice, port] = [id('city office'), id('district office'), id('port')];

const founding = (entries: readonly RegisterEntry[]): OrganRegister =>
  registerAfter(
    emptyRegister,
    entries.map((entry, revision) => {
      const fact = id(`fact ${revision}`);
      const envelope = { version: 1, commandId: fact, commandDigest: '', basis: {}, id: fact, revision };
      const recorder = { person: fact, issuer: 'i', subjectDigest: 's', client: 'c' };
      const times = { occurredAt: { on: day('2020-01-01') }, recordedAt: instant('2026-01-05T01:00:00Z') };
      return { ...entry, ...envelope, ...times, recorder };
    }),
  );
const organ = (organ: Uuid, [region, level]: [string, OrganLevel?], more: object = {}): RegisterEntry => ({
  type: 'OrganRegistered',
  data: { organ, name: organ, kind: 'administrative', region, ...(level && { level }), ...more },
});
const office = { kind: 'staffingOffice' };
const held = (person: string, organ: Uuid, roles: AppointmentRole[]): RegisterEntry[] => [
  { type: 'PersonRegistered', data: { person: id(person), name: person } },
  {
    type: 'AppointmentMade',
    data: { appointment: id(`post of ${person}`), person: id(person), organ, post: 'p', roles },
  },
];
const account = (person: string): RegisterEntry => ({
  type: 'AccountLinked',
  data: { person: id(person), issuer: 'i', subjectDigest: person },
});

const register = founding([
  organ(city, ['350200', 'municipal']),
  organ(district, ['350203', 'district'], { superior: city }),
  organ(street, ['350203', 'township'], { superior: district }),
  organ(bureau, ['350200', 'municipal'], { superior: city }),
  organ(port, ['350200', 'central'], { kind: 'byReference' }),
  organ(cityOffice, ['350200', 'municipal'], office),
  organ(districtOffice, ['350203', 'district'], office),
  ...held('xu', bureau, ['head', 'registrar']),
  ...held('he', cityOffice, ['registrar']),
  ...held('fang', cityOffice, ['registrar']),
  ...held('wu', bureau, ['handler']),
  account('xu'),
  account('he'),
]);

const change = (entry: RegisterEntry, on: string): RegisterChange => ({
  ...entry,
  version: 1,
  occurredAt: { on: day(on) },
});
const after = (...changes: readonly RegisterChange[]): OrganRegister => registerWith(register, changes);

describe('层级、上级 on a day', () => {
  const moved = after(
    change({ type: 'OrganChanged', data: { organ: bureau, level: 'provincial', noSuperior: true } }, '2026-05-01'),
    change({ type: 'OrganChanged', data: { organ: district, superior: bureau } }, '2026-06-01'),
    change({ type: 'OrganAbolished', data: { organ: bureau, into: city } }, '2026-07-01'),
  );

  it.each([
    ['2026-04-30', 'municipal', city, city],
    ['2026-05-01', 'provincial', undefined, city],
    ['2026-06-01', 'provincial', undefined, bureau],
    ['2026-07-01', undefined, undefined, undefined],
  ])('%s: level %s', (on, level, superior, ofDistrict) => {
    expect(levelOn(moved, bureau, day(on))).toBe(level);
    expect(superiorOn(moved, bureau, day(on))?.id).toBe(superior);
    expect(superiorOn(moved, district, day(on))?.id).toBe(ofDistrict);
  });

  it('of an organ nobody registered is not known', () => {
    expect(levelOn(register, id('nobody'), day('2026-05-01'))).toBeUndefined();
    expect(superiorOn(register, id('nobody'), day('2026-05-01'))).toBeUndefined();
  });
});

describe('同级机构编制部门', () => {
  const offices = (of: Uuid, on = '2026-05-01', at = register) =>
    staffingOfficesOf(at, of, day(on)).map((found) => found.id);

  it('is that of the organ’s region and level', () => {
    expect(offices(bureau)).toEqual([cityOffice]);
    expect(offices(district)).toEqual([districtOffice]);
  });

  it('is none for a street, or a central unit in the city: a person decides', () => {
    expect(offices(street)).toEqual([]);
    expect(offices(port)).toEqual([]);
    expect(offices(id('nobody'))).toEqual([]);
  });

  it('is told by region alone where the register does not tell the level', () => {
    const unlevelled = after(change(organ(bureau, ['350200']), '2026-01-01'));
    expect(offices(bureau, '2026-05-01', unlevelled)).toEqual([cityOffice]);
  });

  it('is another from the day the organ or the office changed', () => {
    const later = after(
      change({ type: 'OrganChanged', data: { organ: bureau, region: '350203', level: 'district' } }, '2026-05-01'),
      change({ type: 'OrganAbolished', data: { organ: districtOffice } }, '2026-06-01'),
    );
    expect(offices(bureau, '2026-04-30', later)).toEqual([cityOffice]);
    expect(offices(bureau, '2026-05-01', later)).toEqual([districtOffice]);
    expect(offices(bureau, '2026-06-01', later)).toEqual([]);
  });
});

describe('名义 of a person', () => {
  const delegation = {
    ...{ delegation: id('delegation'), appointment: id('post of xu'), person: id('wu') },
    ...{ roles: ['head'] as const, to: day('2026-06-01') },
  };
  const given = change({ type: 'DelegationMade', data: delegation }, '2026-05-01');
  const names = (at: OrganRegister, on: string) => capacitiesOf(at, id('wu'), day(on)).map((capacity) => capacity.id);
  const [own, lent] = [id('post of wu'), id('delegation')];

  it('is their own appointment, and what was delegated to them while it runs', () => {
    const at = after(given);
    expect(names(at, '2026-04-30')).toEqual([own]);
    expect(names(at, '2026-05-01')).toEqual([own, lent]);
    expect(names(at, '2026-06-01')).toEqual([own]);
    expect(capacitiesOf(at, id('wu'), day('2026-05-01'))[1]).toMatchObject({
      appointment: { id: id('post of xu'), person: id('xu') },
      roles: ['head'],
    });
    expect(capacitiesOf(at, id('xu'), day('2026-05-01'))).toHaveLength(1);
  });

  it.each<[string, RegisterEntry]>([
    ['the delegation ended', { type: 'DelegationEnded', data: { delegation: lent } }],
    ['the appointment ended', { type: 'AppointmentEnded', data: { appointment: id('post of xu') } }],
    ['the organ was abolished', { type: 'OrganAbolished', data: { organ: bureau } }],
  ])('lapses on the day %s', (_what, entry) => {
    const at = after(given, change(entry, '2026-05-15'));
    expect(names(at, '2026-05-14')).toContain(lent);
    expect(names(at, '2026-05-15')).not.toContain(lent);
  });
});

it('counts as registrars who serve in a staffing office, by their own appointment, and have an account', () => {
  expect([...registrarsOn(register, day('2026-05-01'))]).toEqual([id('he')]);
  const linked = after(change(account('fang'), '2026-01-01'));
  expect(registrarsOn(linked, day('2026-05-01')).size).toBe(2);
  const gone = registerWith(linked, [
    change({ type: 'AppointmentEnded', data: { appointment: id('post of he') } }, '2026-05-02'),
  ]);
  expect([...registrarsOn(gone, day('2026-05-01'))]).toEqual([id('he'), id('fang')]);
  expect([...registrarsOn(gone, day('2026-05-02'))]).toEqual([id('fang')]);
});

it.each([
  ['350000', '35'],
  ['350200', '3502'],
  ['350203', '350203'],
])('the area of %s begins with %s', (region, area) => {
  expect(areaOf(region)).toBe(area);
});
