import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import type { EventLog, Expectation, Followed, LoggedEvent, NewEvent, Position, StreamName } from '#libs/kernel';

const ON_ITS_WAY_MS = 25;

/**
 * A log as a process holds it that may be killed at any moment: from then on nothing it asked for is answered, and what was
 * under way may or may not have been stored.
 */
export class SeveredLog implements EventLog {
  private severed = false;

  constructor(private readonly log: EventLog) {}

  sever(): void {
    this.severed = true;
  }

  async append(
    stream: StreamName,
    expected: Expectation,
    events: readonly NewEvent[],
  ): Promise<readonly LoggedEvent[]> {
    await this.travel();
    const stored = await this.log.append(stream, expected, events);
    await this.travel();
    return stored;
  }

  async readStream(stream: StreamName, from?: number, limit?: number): Promise<readonly LoggedEvent[]> {
    await this.travel();
    const events = await this.log.readStream(stream, from, limit);
    await this.travel();
    return events;
  }

  readAll(after?: Position): AsyncIterable<LoggedEvent> {
    return this.log.readAll(after);
  }

  async *follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed> {
    for await (const item of this.log.follow(after, signal)) {
      await this.alive();
      yield item;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  /** What is asked and answered is a while on its way: others come first, or death does. */
  private async travel(): Promise<void> {
    await sleep(Math.random() * ON_ITS_WAY_MS);
    await this.alive();
  }

  /** Others get their turn here, as they would between two processes. A dead process goes no further, ever. */
  private async alive(): Promise<void> {
    await breathe();
    if (this.severed) await new Promise<never>(() => undefined);
  }
}
