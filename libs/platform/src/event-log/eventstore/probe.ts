import { randomUUID } from 'node:crypto';
import {
  toMilliseconds,
  uuid,
  WrongExpectation,
  type Clock,
  type Expectation,
  type NewEvent,
  type StreamName,
} from '#libs/kernel';
import type { Appender } from './appender.js';
import type { Report } from './connection.js';
import { describe } from './failures.js';
import { EventStoreRefused, REPORTS } from './refused.js';

const EVERY_MS = 60_000;

/**
 * 时钟探测: compares this service's clock with the store's, by the time the store gives to an event of a stream of this
 * process, and shows each time that the store refuses a wrong expectation. After a probe that failed the next one begins
 * another stream: where the first one ends is not known.
 */
export class Probe {
  #stream: StreamName;
  #expected: Expectation = 'no-stream';
  #skewMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly appender: Pick<Appender, 'append'>,
    private readonly ledger: string,
    private readonly clock: Clock,
    private readonly report: Report,
  ) {
    this.#stream = clockStream(ledger);
  }

  /** Milliseconds by which this service's clock is ahead of the store's, as far as the way there cannot explain it. */
  get skewMs(): number | undefined {
    return this.#skewMs;
  }

  /** Probes once, then every minute. @throws EventStoreRefused when the store takes a wrong expectation. */
  async start(): Promise<void> {
    await this.#probe();
    this.#timer = setInterval(() => {
      this.#running = this.#probe().catch((error: unknown) => {
        this.#stream = clockStream(this.ledger);
        this.#expected = 'no-stream';
        this.report('error', REPORTS.probeFailed, { error: describe(error) });
      });
    }, EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#running;
  }

  async #probe(): Promise<void> {
    const before = toMilliseconds(this.clock.now());
    const [stored] = await this.appender.append(this.#stream, this.#expected, [reading(this.clock)]);
    const after = toMilliseconds(this.clock.now());
    if (stored === undefined) return;
    this.#expected = stored.revision;
    const created = toMilliseconds(stored.created);
    this.#skewMs = Math.max(0, before - created) + Math.min(0, after - created);
    await this.#assertConflict();
  }

  async #assertConflict(): Promise<void> {
    try {
      await this.appender.append(this.#stream, 'no-stream', [reading(this.clock)]);
    } catch (error) {
      if (error instanceof WrongExpectation) return;
      throw error;
    }
    throw new EventStoreRefused('expectation-ignored', this.#stream);
  }
}

/** Not by streamName(): a ledger's name may be as long as a name can be, and its companions' are longer. */
const clockStream = (ledger: string): StreamName => `${ledger}probe_clock-${randomUUID()}` as StreamName;

const reading = (clock: Clock): NewEvent => ({
  id: uuid(randomUUID()),
  type: 'ClockProbed',
  data: { at: clock.now() },
  metadata: {},
});
