import type { Uuid } from '#libs/kernel';

const WINDOW_MS = 60_000;

/** A person was refused too often within a minute: nothing they ask is decided before it is over. */
export class TooManyRefusals extends Error {
  override readonly name = 'TooManyRefusals';
  constructor(readonly retryAfterSeconds: number) {
    super(`too many refusals, again in ${retryAfterSeconds} s`);
  }
}

/**
 * 拒绝限额: at most `max` refusals of one person within any minute, in this process. It bounds what the attempt log can be
 * made to grow by. Its minute runs on the real clock in every mode.
 */
export class RefusalLimit {
  /** When each person was refused, oldest first; no more than `max`, and only of those refused of late. */
  private readonly refused = new Map<Uuid, number[]>();

  constructor(
    private readonly max: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** @throws TooManyRefusals */
  assertBelow(person: Uuid): void {
    const times = this.recent(person);
    const [oldest = 0] = times;
    if (times.length >= this.max) throw new TooManyRefusals(Math.ceil((oldest + WINDOW_MS - this.now()) / 1000));
  }

  /** Counts one refusal. @throws TooManyRefusals when there is none left; it does not count then. */
  take(person: Uuid): void {
    this.assertBelow(person);
    this.refused.set(person, [...this.recent(person), this.now()]);
  }

  private recent(person: Uuid): number[] {
    const times = this.refused.get(person);
    if (!times) return [];
    const since = this.now() - WINDOW_MS;
    const recent = times.filter((time) => time > since);
    if (recent.length === 0) this.refused.delete(person);
    else if (recent.length < times.length) this.refused.set(person, recent);
    return recent;
  }
}
