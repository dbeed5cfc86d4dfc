import { statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 20;
/** A service that has not recovered by then never does. */
const RECOVERY_MS_MAX = 120_000;

/** How long the load generator goes without an acknowledgement, by the file it writes each into. */
export class Pulse {
  private readonly timer: NodeJS.Timeout;
  private size = 0;
  private beatAt = performance.now();
  private longestMs = 0;

  constructor(private readonly notes: string) {
    this.timer = setInterval(() => this.look(), LOOK_MS);
  }

  /** From now on the longest stillness is measured anew. */
  reset(): void {
    this.beatAt = performance.now();
    this.longestMs = 0;
  }

  /** Waits for one more, and tells the longest stillness in milliseconds until then. @throws Error when none comes. */
  async next(): Promise<number> {
    const begun = performance.now();
    const before = statSync(this.notes).size;
    while (this.size <= before) {
      if (performance.now() - begun > RECOVERY_MS_MAX) throw new Error('the service does not recover');
      await sleep(LOOK_MS);
    }
    return Math.round(this.longestMs);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const { size } = statSync(this.notes);
    const still = performance.now() - this.beatAt;
    this.longestMs = Math.max(this.longestMs, still);
    if (size === this.size) return;
    this.size = size;
    this.beatAt = performance.now();
  }
}
