import { evolved, fold } from '#libs/kernel';
import { emptyRegister, registerAfter } from '#libs/law';
import { RegisterStory } from '../../testing/src/specification/register-story.js';
import { registerCase } from './register-case.js';
import { evolve, RegisterState } from './register-state.js';

const { facts } = RegisterStory.begin();

it('is the register that everybody folds, wherever it was asked for on the way', () => {
  const whole = registerAfter(emptyRegister, facts);
  expect(fold(registerCase, facts).register).toEqual(whole);
  for (const every of [1, 2, 7]) {
    const states = facts.reduce<RegisterState[]>((before, fact, index) => {
      const state = evolved(evolve, before.at(-1) ?? RegisterState.empty, fact);
      if (index % every === 0) expect(state.register.revision).toBe(fact.revision);
      return [...before, state];
    }, []);
    expect(states.at(-1)?.register).toEqual(whole);
    // An earlier state is still what it was, also where it is asked for last.
    expect(states[3]?.register).toEqual(registerAfter(emptyRegister, facts.slice(0, 4)));
  }
});

it('copies the register once however many facts came since', () => {
  const state = fold(registerCase, facts);
  expect(state.register).toBe(state.register);
});

it('is empty before its first fact', () => {
  expect(RegisterState.empty.register).toBe(emptyRegister);
});
