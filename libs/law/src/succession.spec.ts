import { derivedId, legalDate, type Uuid } from '#libs/kernel';
import { emptyRegister, registerWith } from './organ-register.js';
import type { RegisterChange } from './register-facts.js';
import { standingFor, standsFor } from './succession.js';

const id = (name: string): Uuid => derivedId([name]);
const organ = (name: string): RegisterChange => ({
  type: 'OrganRegistered',
  version: 1,
  data: { organ: id(name), name, region: '350200', level: 'municipal', kind: 'administrative' },
  occurredAt: { on: legalDate('2020-01-01') },
});
const merged = (name: string, into: string | undefined, on: string): RegisterChange => ({
  type: 'OrganAbolished',
  version: 1,
  data: { organ: id(name), ...(into && { into: id(into) }) },
  occurredAt: { on: legalDate(on) },
});
const register = registerWith(emptyRegister, [
  ...['a', 'b', 'c', 'd'].map(organ),
  merged('a', 'b', '2026-03-01'),
  merged('b', 'c', '2026-06-01'),
  merged('d', undefined, '2026-06-01'),
]);

it.each([
  ['a', '2026-02-28', 'a'],
  ['a', '2026-03-01', 'b'],
  ['a', '2026-06-01', 'c'],
  ['a', undefined, 'c'],
  ['c', undefined, 'c'],
  ['d', undefined, 'd'],
  ['nobody', undefined, 'nobody'],
])('in the place of %s, on %s, stands %s', (name, day, expected) => {
  expect(standingFor(register, id(name), day === undefined ? undefined : legalDate(day))).toBe(id(expected));
});

it('stands for itself and for all it succeeded, one after the other, but for nobody that was only abolished', () => {
  expect(standsFor(register, id('c'))).toEqual(['c', 'a', 'b'].map(id));
  expect(standsFor(register, id('b'))).toEqual([id('b')]);
  expect(standsFor(register, id('d'))).toEqual([id('d')]);
});

it('ends where a faulty register leads in a circle', () => {
  const circle = registerWith(register, [merged('c', 'a', '2026-01-01')]);
  expect(['a', 'b', 'c'].map(id)).toContain(standingFor(circle, id('a')));
});
