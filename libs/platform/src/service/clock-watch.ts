import type { Logger } from '../log/index.js';

const SKEW_MS_MAX = 2_000;
const EVERY_MS = 60_000;

/** How far another clock is from ours in milliseconds; undefined when it cannot be asked. */
export type SkewSource = () => Promise<number | undefined>;

/**
 * 时钟核对: one fast clock would hide whatever is recorded after it, so at start and every minute ours is compared with
 * those it can reach. More than two seconds apart, no command is taken until they agree again.
 */
export class ClockWatch {
  private skewMs = 0;

  constructor(
    private readonly sources: readonly SkewSource[],
    private readonly logger: Logger,
  ) {}

  get agrees(): boolean {
    return Math.abs(this.skewMs) <= SKEW_MS_MAX;
  }

  get worstMs(): number {
    return this.skewMs;
  }

  async check(): Promise<void> {
    const asked = await Promise.all(this.sources.map((source) => source().catch(() => undefined)));
    this.skewMs = asked.reduce<number>((worst, skew = 0) => (Math.abs(skew) > Math.abs(worst) ? skew : worst), 0);
    if (!this.agrees) this.logger.error('本机时钟与其他时钟相差超过 2 秒，暂停受理', { skewMs: this.skewMs });
  }

  /** @returns how to stop. */
  start(): () => Promise<void> {
    const timer = setInterval(() => void this.check(), EVERY_MS);
    timer.unref();
    return () => Promise.resolve(clearInterval(timer));
  }
}
