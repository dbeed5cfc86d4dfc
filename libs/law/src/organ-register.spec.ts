import { derivedId, instant, legalDate, type Occurrence, type Recorded, type Uuid } from '#libs/kernel';
import {
  accountKey,
  appointmentsOf,
  emptyRegister,
  isSubordinate,
  registerAfter,
  type OrganRegister,
  type RegisterFact,
} from './index.js';

const [city, bureau, branch, other, person, post] = ['city', 'bureau', 'branch', 'other', 'person', 'post'].map(
  (name) => derivedId([name]),
) as [Uuid, Uuid, Uuid, Uuid, Uuid, Uuid];

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
    for (let cut = 0; cut <= history.length; cut += 1)
      expect(registerAfter(registerAfter(emptyRegister, history.slice(0, cut)), history.slice(cut))).toEqual(register);
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
    const unknown = { ...history[0], type: 'OrganAbolished' } as unknown as Recorded<RegisterFact>;
    expect(() => registerAfter(emptyRegister, [unknown])).toThrow('OrganAbolished');
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
    expect(isSubordinate(register, a, b)).toBe(subordinate);
    expect(isSubordinate(register, b, a)).toBe(subordinate);
  });

  it('ends in a damaged register whose lines run in a circle', () => {
    const circle = registerAfter(emptyRegister, [registered(bureau, 0, branch), registered(branch, 1, bureau)]);
    expect(isSubordinate(circle, city, bureau)).toBe(false);
    expect(isSubordinate(circle, branch, bureau)).toBe(true);
  });
});
