import { fromMilliseconds, latest, type Clock, type Instant } from '#libs/kernel';

/** The machine's clock. It never runs backwards within the process: a step back stands still until time has caught up. */
export class RealClock implements Clock {
  private last = fromMilliseconds(0);

  now(): Instant {
    this.last = latest(this.last, fromMilliseconds(Date.now()));
    return this.last;
  }
}

/** 模拟时钟: stands still, and moves forward when it is told to. Only a simulation's ledger runs on it. */
export class SimulatedClock implements Clock {
  constructor(private current: Instant) {}

  now(): Instant {
    return this.current;
  }

  /** @returns false, and nothing has changed, when `to` is earlier than now. */
  moveTo(to: Instant): boolean {
    if (to < this.current) return false;
    this.current = to;
    return true;
  }
}
