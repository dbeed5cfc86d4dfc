import { derivedId, instant, legalDate, type Occurrence, type Recorded, type Uuid } from '#libs/kernel';
import {
  accountKey,
  appointmentsOf,
  emptyRegister,
  isSubordinate,
  organOn,
  registerAfter,
  registerWith,
  type OrganRegister,
  type RegisterChange,
  type RegisterEntry,
  type RegisterFact,
} from './index.js';

const [city, bureau, branch, other, person, post] = ['city', 'bureau', 'branch', 'other', 'person', 'post'].map(
  (name) => derivedId([name]),
) as [Uuid, Uuid, Uuid, Uuid, Uuid, Uuid];

const today = legalDate('2026-09-18');

function recorded(fact: RegisterFact, revision: number, on = '2026-01-05'): Recorded<RegisterFact> {
  const id = derivedId(['fact', revision]);
  const occurredAt: Occurrence = { on: legalDate(on) };
  return {
    ...fact,
    id,
    revision,
    version: 1,
    commandId: id,
    commandDigest: 'd',
    recorder: { person, issuer: 'i', subjectDigest: 's', client: 'c' },
    basis: {},
    occurredAt,
    recordedAt: instant('2026-01-05T01:00:00Z'),
  };
}
const registered = (organ: Uuid, revision: number, superior?: Uuid) =>
  recorded(
    {
      type: 'OrganRegistered',
      data: { organ, name: organ, kind: 'administrative', region: '350200', ...(superior ? { superior } : {}) },
    },
    revision,
  );

const history: readonly Recorded<RegisterFact>[] = [
  registered(city, 0),
  registered(bureau, 1, city),
  registered(branch, 2, bureau),
  registered(other, 3, city),
  recorded({ type: 'PersonRegistered', data: { person, name: '某人' } }, 4),
  recorded({ type: 'AccountLinked', data: { person, issuer: 'i', subjectDigest: 'd' } }, 5),
  recorded(
    { type: 'AppointmentMade', data: { appointment: post, person, organ: bureau, post: '局长', roles: ['head'] } },
    6,
    '2026-03-02',
  ),
  recorded({ type: 'AppointmentEnded', data: { appointment: post } }, 7, '2026-06-01'),
];

const asking = (revision: number, ...changes: readonly RegisterChange[]) =>
  recorded({ type: 'RegisterChangeRequested', data: { changes } }, revision);
const approving = (request: number, revision: number) =>
  recorded({ type: 'RegisterChangeApproved', data: { request: derivedId(['fact', request]) } }, revision);
const change = <E extends RegisterEntry>(entry: E, on: string): RegisterChange => ({
  ...entry,
  version: 1,
  occurredAt: { on: legalDate(on) },
});
const renamed = (name: string, on: string) => change({ type: 'OrganChanged', data: { organ: branch, name } }, on);

/** Asked for, refused or approved, in turn. */
const decided: readonly Recorded<RegisterFact>[] = [
  asking(
    8,
    renamed('五月的名称', '2026-05-01'),
    change({ type: 'PersonRenamed', data: { person, name: '新名' } }, '2026-05-02'),
  ),
  asking(9, renamed('不予采用', '2026-04-01')),
  approving(8, 10),
  recorded({ type: 'RegisterChangeRefused', data: { request: derivedId(['fact', 9]), reason: '不妥' } }, 11),
  asking(12, renamed('三月的名称', '2026-03-01')),
  approving(12, 13),
];

describe('a change of the register', () => {
  const after = (count: number) => registerAfter(emptyRegister, [...history, ...decided.slice(0, count)]);
  const nameOn = (count: number, day: string) => organOn(after(count), branch, legalDate(day))?.name;

  it('has no effect until it is approved, and none when it is refused', () => {
    expect([nameOn(2, today), after(2).persons.get(person)?.name]).toEqual([branch, '某人']);
    expect([nameOn(3, today), after(3).persons.get(person)?.name]).toEqual(['五月的名称', '新名']);
    expect(nameOn(4, '2026-04-15')).toBe(branch);
  });

  it('takes its place by the day it takes effect, whenever it was recorded', () => {
    expect(['2026-02-28', '2026-03-01', '2026-04-30', '2026-05-01'].map((day) => nameOn(6, day))).toEqual([
      branch,
      '三月的名称',
      '三月的名称',
      '五月的名称',
    ]);
    expect(after(6).organs.get(branch)?.name).toBe('五月的名称');
  });

  it('of two on one day the one approved later stands', () => {
    const again = [asking(14, renamed('更正的名称', '2026-05-01')), approving(14, 15)];
    const register = registerAfter(after(6), again);
    expect(organOn(register, branch, legalDate('2026-05-01'))?.name).toBe('更正的名称');
  });

  it('is decided once: what is recorded of it afterwards has no effect', () => {
    const register = registerAfter(after(6), [approving(9, 14), approving(8, 15), approving(99, 16)]);
    expect(register).toEqual({ ...after(6), revision: 16 });
  });

  it('says who asked and who decided', () => {
    expect(
      [...after(6).requests.values()].map(({ revision, decision }) => [
        revision,
        decision?.outcome,
        decision?.revision,
      ]),
    ).toEqual([
      [8, 'approved', 10],
      [9, 'refused', 11],
      [12, 'approved', 13],
    ]);
  });

  it('of an organ begins with its own day: before it the organ was not there', () => {
    const fresh = derivedId(['fresh']);
    const made = change(
      { type: 'OrganRegistered', data: { organ: fresh, name: '新设', kind: 'administrative', region: '350200' } },
      '2026-04-01',
    );
    const register = registerAfter(after(0), [asking(8, made), approving(8, 9)]);
    expect(organOn(register, fresh, legalDate('2026-03-31'))).toBeUndefined();
    expect(organOn(register, fresh, legalDate('2026-04-01'))?.name).toBe('新设');
    expect(organOn(register, bureau, legalDate('2000-01-01'))?.name).toBe(bureau);
  });

  it('of what the register does not hold changes nothing', () => {
    const nobody = derivedId(['nobody']);
    const changes = [
      change({ type: 'OrganChanged', data: { organ: nobody, name: '无' } }, '2026-04-01'),
      change({ type: 'OrganAbolished', data: { organ: nobody } }, '2026-04-01'),
      change({ type: 'PersonRenamed', data: { person: nobody, name: '无' } }, '2026-04-01'),
      change({ type: 'AccountUnlinked', data: { person: nobody, issuer: 'i', subjectDigest: 'd' } }, '2026-04-01'),
      change({ type: 'AppointmentEnded', data: { appointment: nobody } }, '2026-04-01'),
      change({ type: 'DelegationEnded', data: { delegation: nobody } }, '2026-04-01'),
    ];
    expect(registerWith(after(6), changes)).toEqual(after(6));
  });

  it('in an unknown shape of its entry is never guessed at', () => {
    const newer = { ...renamed('名称', '2026-05-01'), version: 2 } as RegisterChange;
    expect(() => registerAfter(after(0), [asking(8, newer)])).toThrow('OrganChanged');
  });
});

describe('the organ register', () => {
  const register = registerAfter(emptyRegister, history);

  it('holds what its stream says, at the revision of its newest fact', () => {
    expect(register.revision).toBe(7);
    expect(register.organs.get(branch)).toEqual({
      id: branch,
      name: branch,
      kind: 'administrative',
      region: '350200',
      superior: bureau,
    });
    expect(register.persons.get(person)).toEqual({ id: person, name: '某人' });
    expect(register.accounts.get(accountKey('i', 'd'))).toBe(person);
  });

  it.each([
    ['2026-03-01', 0],
    ['2026-03-02', 1],
    ['2026-05-31', 1],
    ['2026-06-01', 0],
  ])('holds the appointment on %s: %i', (day, count) => {
    expect(appointmentsOf(register, person, legalDate(day))).toHaveLength(count);
  });

  it('is the same however the stream is cut', () => {
    const facts = [...history, ...decided];
    const whole = registerAfter(emptyRegister, facts);
    for (let cut = 0; cut <= facts.length; cut += 1)
      expect(registerAfter(registerAfter(emptyRegister, facts.slice(0, cut)), facts.slice(cut))).toEqual(whole);
  });

  it('leaves the register it starts from as it was', () => {
    const before = registerAfter(emptyRegister, history.slice(0, 7));
    const appointment = before.appointments.get(post);
    const after = registerAfter(before, history.slice(7));
    expect(after.appointments.get(post)?.to).toBe('2026-06-01');
    expect(before.appointments.get(post)).toBe(appointment);
    expect(before.revision).toBe(6);
    expect([emptyRegister.organs.size, emptyRegister.persons.size, emptyRegister.accounts.size]).toEqual([0, 0, 0]);
    expect(registerAfter(before, [])).toBe(before);
  });

  it('ignores the end of an appointment it never saw made', () => {
    const after = registerAfter(emptyRegister, [history[7] as Recorded<RegisterFact>]);
    expect(after.appointments.size).toBe(0);
    expect(after.revision).toBe(7);
  });

  it('never skips a kind of fact it does not know', () => {
    const unknown = { ...history[0], type: 'OrganDreamt' } as unknown as Recorded<RegisterFact>;
    expect(() => registerAfter(emptyRegister, [unknown])).toThrow('OrganDreamt');
  });

  it('copies its maps once, not per fact', () => {
    let copies = 0;
    class Counted<V> extends Map<Uuid, V> {
      override *[Symbol.iterator](): MapIterator<[Uuid, V]> {
        copies += 1;
        yield* super[Symbol.iterator]();
      }
    }
    const start: OrganRegister = {
      ...emptyRegister,
      organs: new Counted([[city, { id: city, name: 'x', kind: 'administrative', region: '350200' }]]),
    };
    const facts = Array.from({ length: 1000 }, (_, index) => registered(derivedId(['organ', index]), index));
    expect(registerAfter(start, facts).organs.size).toBe(1001);
    expect(copies).toBe(1);
  });
});

describe('隶属关系', () => {
  const register = registerAfter(emptyRegister, history);

  it.each([
    ['superior and direct subordinate', city, bureau, true],
    ['at a distance, asked upwards', branch, city, true],
    ['two organs of one superior', bureau, other, false],
    ['an organ and itself', bureau, bureau, false],
    ['an organ nobody registered', bureau, person, false],
  ])('%s', (_name, a, b, subordinate) => {
    expect(isSubordinate(register, a, b, today)).toBe(subordinate);
    expect(isSubordinate(register, b, a, today)).toBe(subordinate);
  });

  it('ends in a damaged register whose lines run in a circle', () => {
    const circle = registerAfter(emptyRegister, [registered(bureau, 0, branch), registered(branch, 1, bureau)]);
    expect(isSubordinate(circle, city, bureau, today)).toBe(false);
    expect(isSubordinate(circle, branch, bureau, today)).toBe(true);
  });
});
