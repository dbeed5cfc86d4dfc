import { LogUnavailable } from '#libs/kernel';

/** One limit for everything a caller waits for, from when it is made: turns, tries again and every question to the log. */
export class Deadline {
  private readonly ends: number;

  constructor(private readonly ms: number) {
    this.ends = performance.now() + ms;
  }

  /** @throws LogUnavailable once the limit has passed: what nobody waits for any more is not begun. */
  assertOpen(): void {
    if (performance.now() >= this.ends) throw this.passed();
  }

  /**
   * What `work` comes to. When the limit passes first, the work goes on and nobody hears what it came to.
   * @throws LogUnavailable when the limit passes first.
   */
  async bound<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const passed = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(this.passed()), this.ends - performance.now());
    });
    try {
      return await Promise.race([work, passed]);
    } finally {
      clearTimeout(timer);
    }
  }

  private passed(): LogUnavailable {
    return new LogUnavailable(`no answer within ${this.ms} ms`);
  }
}
