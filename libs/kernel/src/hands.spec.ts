import type { Context } from './decider.js';
import type { Recorded } from './fact.js';
import { isTheirs } from './hands.js';
import { derivedId, type Uuid } from './ids.js';
import type { Relation } from './policy.js';

const [old, heir, other] = [derivedId(['old']), derivedId(['heir']), derivedId(['other'])];
const fact = { recorder: { organ: old } } as unknown as Recorded;
const standing = (organ: Uuid): Uuid => (organ === old ? heir : organ);

it.each<[string, Uuid, Relation, boolean]>([
  ['the organ that recorded it', old, 'requested', true],
  ['the organ that succeeded it', heir, 'requested', true],
  ['another organ', other, 'requesting', false],
  ['whoever supervises', other, 'supervising', true],
])('a fact is for %s to have corrected', (_who, organ, relation, expected) => {
  const context = { recorder: { organ } } as unknown as Context<unknown>;
  expect(isTheirs(fact, { relation, standing }, context)).toBe(expected);
});
