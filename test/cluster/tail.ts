import type { EventLog } from '#libs/kernel';

/** One that follows the log from its first event on through everything that happens to the cluster. */
export class Tail {
  private readonly seen: string[] = [];
  private readonly stop = new AbortController();
  private readonly running: Promise<void>;

  constructor(private readonly log: EventLog) {
    this.running = this.follow();
  }

  /** How many events it was not given, was given twice, or was given out of order; of those that stand now. */
  async wrong(): Promise<number> {
    const standing: string[] = [];
    for await (const { id } of this.log.readAll()) standing.push(id);
    const deadline = performance.now() + 60_000;
    while (this.seen.length < standing.length && performance.now() < deadline)
      await new Promise((resume) => setTimeout(resume, 50));
    this.stop.abort();
    await this.running;
    const missing = Math.max(0, standing.length - this.seen.length);
    return missing + this.seen.filter((id, index) => id !== standing[index]).length;
  }

  private async follow(): Promise<void> {
    for await (const item of this.log.follow(undefined, this.stop.signal))
      if (item.kind === 'event') this.seen.push(item.event.id);
  }
}
