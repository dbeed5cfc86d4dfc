import type { EventLog, Expectation, Followed, LoggedEvent, NewEvent, Position, StreamName } from '#libs/kernel';

/** How long an acknowledged append waits for its commit: shorter than any buffer that is flushed by the clock. */
const HOLD_MS = 25;

/**
 * The fault this bar exists to find: a log that acknowledges an append before it is committed. Everything else is as it
 * should be, also the order of a stream; only a process that is killed takes with it what it had acknowledged.
 */
export class ForgetfulLog implements EventLog {
  private readonly held = new Map<StreamName, Promise<void>>();

  constructor(private readonly log: EventLog) {}

  append(stream: StreamName, expected: Expectation, events: readonly NewEvent[]): Promise<readonly LoggedEvent[]> {
    const first = expected === 'no-stream' ? 0 : expected + 1;
    const before = this.held.get(stream) ?? Promise.resolve();
    const later = before
      .then(() => new Promise((resume) => setTimeout(resume, HOLD_MS)))
      .then(() => this.log.append(stream, expected, events))
      .then(
        () => undefined,
        () => undefined,
      );
    this.held.set(stream, later);
    return Promise.resolve(events.map((event, ordinal) => acknowledged(event, stream, first + ordinal)));
  }

  async readStream(stream: StreamName, from?: number, limit?: number): Promise<readonly LoggedEvent[]> {
    await this.held.get(stream);
    return this.log.readStream(stream, from, limit);
  }

  readAll(after?: Position): AsyncIterable<LoggedEvent> {
    return this.log.readAll(after);
  }

  follow(after: Position | undefined, signal: AbortSignal): AsyncIterable<Followed> {
    return this.log.follow(after, signal);
  }

  async close(): Promise<void> {
    await Promise.all(this.held.values());
    await this.log.close();
  }
}

/** As if it stood in the log. Nobody who is answered looks at the position or at the log's own clock. */
const acknowledged = (event: NewEvent, stream: StreamName, revision: number): LoggedEvent => ({
  ...event,
  stream,
  revision,
  position: '' as Position,
  created: event.metadata.recordedAt as LoggedEvent['created'],
});
