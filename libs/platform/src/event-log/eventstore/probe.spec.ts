import {
  fromMilliseconds,
  LogUnavailable,
  WrongExpectation,
  type EventLog,
  type LoggedEvent,
  type Position,
} from '#libs/kernel';
import { Probe } from './probe.js';

const NOON = Date.UTC(2026, 8, 18, 4);

/** A store whose clock stands at `storeMs`, and which checks expectations unless it is told not to. */
class FakeStore {
  readonly stored: LoggedEvent[] = [];
  /** The next append is stored, and its answer is lost. */
  answerLost = false;
  constructor(
    public storeMs: number,
    private readonly checks = true,
  ) {}

  readonly append: EventLog['append'] = (stream, expected, events) => {
    const last = this.stored.filter((event) => event.stream === stream).length - 1;
    if (this.checks && (expected === 'no-stream' ? -1 : expected) !== last)
      return Promise.reject(new WrongExpectation(stream, expected, last));
    const logged = events.map((event) => ({
      ...event,
      stream,
      revision: last + 1,
      position: '' as Position,
      created: fromMilliseconds(this.storeMs),
    }));
    this.stored.push(...logged);
    if (!this.answerLost) return Promise.resolve(logged);
    this.answerLost = false;
    return Promise.reject(new LogUnavailable('no answer'));
  };
}

const probeOf = (store: FakeStore): Probe =>
  new Probe(store, 'kesu', { now: () => fromMilliseconds(NOON) }, () => undefined);

it.each([
  [NOON, 0],
  [NOON - 2500, 2500],
  [NOON + 700, -700],
])('says by how much our clock is ahead of the store', async (storeMs, skewMs) => {
  const probe = probeOf(new FakeStore(storeMs));
  await probe.start();
  await probe.stop();
  expect(probe.skewMs).toBe(skewMs);
});

it('goes on comparing after a probe of which the outcome is not known', async () => {
  jest.useFakeTimers();
  try {
    const store = new FakeStore(NOON);
    const probe = probeOf(store);
    await probe.start();
    store.answerLost = true;
    await jest.advanceTimersByTimeAsync(60_000);
    store.storeMs = NOON - 2500;
    await jest.advanceTimersByTimeAsync(60_000);
    await probe.stop();
    expect(probe.skewMs).toBe(2500);
  } finally {
    jest.useRealTimers();
  }
});

it('writes one event to a stream of its own and leaves no other trace', async () => {
  const store = new FakeStore(NOON);
  const probe = probeOf(store);
  await probe.start();
  await probe.stop();
  expect(store.stored.map(({ stream }) => stream)).toEqual([expect.stringMatching(/^kesuprobe_clock-[0-9a-f-]{36}$/)]);
});

it('refuses a store that takes a wrong expectation', async () => {
  await expect(probeOf(new FakeStore(NOON, false)).start()).rejects.toMatchObject({ code: 'expectation-ignored' });
});
