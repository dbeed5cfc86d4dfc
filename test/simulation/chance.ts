/** Seeded chance: one seed draws the same things in the same order on every machine (mulberry32). */
export class Chance {
  private state: number;

  constructor(readonly seed: number) {
    this.state = seed >>> 0;
  }

  /** From 0 to 1, 1 excluded. */
  draw(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.draw() * (most - least + 1));
  }

  /** Whether something happens that happens `share` of the time. */
  is(share: number): boolean {
    return this.draw() < share;
  }

  /** @throws RangeError when there is nothing to choose from. */
  pick<T>(from: readonly T[]): T {
    const at = this.between(0, from.length - 1);
    if (from.length === 0) throw new RangeError('nothing to choose from');
    // The index is within the list: an element of it, whatever T is.
    return from[at] as T;
  }

  /** One of `from`, each as often as its weight. */
  weighted<T>(from: readonly (readonly [weight: number, item: T])[]): T {
    let left = this.draw() * from.reduce((sum, [weight]) => sum + weight, 0);
    const found = from.find(([weight]) => (left -= weight) < 0);
    return (found ?? this.pick(from))[1];
  }

  /** Each of `from` with this share. */
  some<T>(from: readonly T[], share: number): T[] {
    return from.filter(() => this.is(share));
  }
}

/** The seed to run with: KESU_TEST_SEED, else a new one. It is printed, so that a run can be had again. */
export function seedOf(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const given = env.KESU_TEST_SEED;
  if (given === undefined || given === '') return Math.floor(Math.random() * 0x7fff_ffff);
  if (!/^\d{1,10}$/.test(given)) throw new RangeError(`KESU_TEST_SEED is no whole number: ${given}`);
  return Number(given);
}

/** How many times as much as usual is tried: KESU_TEST_EFFORT, else once. */
export function effortOf(env: Readonly<Record<string, string | undefined>> = process.env): number {
  const given = env.KESU_TEST_EFFORT;
  if (given === undefined || given === '') return 1;
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new RangeError(`KESU_TEST_EFFORT is no whole number from 1 on: ${given}`);
  return Number(given);
}
