import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises';
import {
  partsOf,
  type EventLog,
  type Expectation,
  type Followed,
  type LoggedEvent,
  type NewEvent,
  type Position,
  type StreamName,
} from '#libs/kernel';

const ON_ITS_WAY_MS = 25;

/** When a process is to die by itself: at one of its appends to a file of supervision. */
export interface Fuse {
  /** At the first of them, or a later one. */
  readonly append: number;
  /** After it was stored, before that was answered; otherwise before it is stored. */
  readonly stored: boolean;
}

/**
 * A log as a process holds it that may be killed at any moment: from then on nothing it asked for is answered, and what was
 * under way may or may not have been stored.
 */
export class SeveredLog implements EventLog {
  private severed = false;
  private appends = 0;
  private writing = 0;
  private tellSevered: () => void = () => undefined;
  /** Resolves when it is severed. */
  readonly died = new Promise<void>((resolve) => (this.tellSevered = resolve));
  /** Whether it was severed while an append to a file of supervision was under way. */
  amidWriting = false;

  constructor(
    private readonly log: EventLog,
    private readonly fuse?: Fuse,
  ) {}

  sever(): void {
    if (this.severed) return;
    this.severed = true;
    this.amidWriting = this.writing > 0;
    this.tellSevered();
  }

  async append(
    stream: StreamName,
    expected: Expectation,
    events: readonly NewEvent[],
  ): Promise<readonly LoggedEvent[]> {
    const supervises = partsOf(stream)?.category === 'supervision';
    const burns = supervises && (this.appends += 1) === this.fuse?.append;
    if (supervises) this.writing += 1;
    await this.travel();
    if (burns && !this.fuse?.stored) await this.die();
    const stored = await this.log.append(stream, expected, events);
    if (burns) await this.die();
    await this.travel();
    if (supervises) this.writing -= 1;
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

  private async die(): Promise<void> {
    this.sever();
    await this.alive();
  }

  /** Others get their turn here, as they would between two processes. A dead process goes no further, ever. */
  private async alive(): Promise<void> {
    await breathe();
    if (this.severed) await new Promise<never>(() => undefined);
  }
}
