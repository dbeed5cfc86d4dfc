import { derivedId } from '#libs/kernel';
import { RefusalLimit, TooManyRefusals } from './refusal-limit.js';

const [one, other] = [derivedId('one'), derivedId('other')];
let now = 0;
let limit: RefusalLimit;
beforeEach(() => {
  now = 1_000_000;
  limit = new RefusalLimit(3, () => now);
});

const waitAsked = (): number => {
  try {
    limit.assertBelow(one);
    return 0;
  } catch (error) {
    if (!(error instanceof TooManyRefusals)) throw error;
    return error.retryAfterSeconds;
  }
};

it('takes as many refusals of a person as it says, and of others as many', () => {
  for (let n = 0; n < 3; n += 1) {
    expect(waitAsked()).toBe(0);
    limit.take(one);
  }
  expect(() => limit.take(one)).toThrow(TooManyRefusals);
  expect(() => limit.take(other)).not.toThrow();
});

it('says how long the oldest of them still counts, and that asking costs nothing', () => {
  for (const at of [0, 10_000, 20_000]) {
    now = 1_000_000 + at;
    limit.take(one);
  }
  now = 1_030_500;
  expect([waitAsked(), waitAsked()]).toEqual([30, 30]);
  expect(() => limit.take(one)).toThrow(TooManyRefusals);
  now = 1_059_999;
  expect(waitAsked()).toBe(1);
  now = 1_060_000;
  expect(waitAsked()).toBe(0);
  limit.take(one);
  expect(waitAsked()).toBe(10);
});
