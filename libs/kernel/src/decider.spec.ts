import { evolved, fold, type Evolve } from './decider.js';
import { UnknownFact, type AnyFact, type Recorded } from './fact.js';

interface Added extends AnyFact {
  readonly type: 'Added';
  readonly data: { readonly amount: number };
}
interface Cleared extends AnyFact {
  readonly type: 'Cleared';
  readonly data: object;
}
type Fact = Added | Cleared;

const evolve: Evolve<number, Fact> = { Added: (sum, { data }) => sum + data.amount, Cleared: () => 0 };
const fact = (type: string, data: object = {}) => ({ type, data, version: 1 }) as unknown as Recorded<Fact>;

it('folds facts in the order given, from the beginning', () => {
  const facts = [fact('Added', { amount: 2 }), fact('Cleared'), fact('Added', { amount: 5 })];
  expect(fold({ evolve, initial: 1 }, facts)).toBe(5);
  expect(fold({ evolve, initial: 1 }, [])).toBe(1);
});

it('goes on from where it stood to the same state', () => {
  const facts = Array.from({ length: 9 }, (_none, n) => fact(n === 4 ? 'Cleared' : 'Added', { amount: n }));
  const early = fold({ evolve, initial: 0 }, facts.slice(0, 6));
  expect(facts.slice(6).reduce((state, next) => evolved(evolve, state, next), early)).toBe(
    fold({ evolve, initial: 0 }, facts),
  );
});

it.each(['Removed', 'toString', '__proto__'])('does not pass over %s', (type) => {
  expect(() => evolved(evolve, 0, fact(type))).toThrow(UnknownFact);
});
