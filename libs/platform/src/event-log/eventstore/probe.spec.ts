import { fromMilliseconds, WrongExpectation, type EventLog, type LoggedEvent, type Position } from '#libs/kernel';
import { Probe } from './probe.js';

const NOON = Date.UTC(2026, 8, 18, 4);

/** A store whose clock stands at `storeMs`, and which checks expectations unless it is told not to. */
class FakeStore {
  readonly stored: LoggedEvent[] = [];
  constructor(
    private readonly storeMs: number,
    private readonly checks = true,
  ) {}

  readonly append: EventLog['append'] = (stream, expected, events) => {
    const last = this.stored.length - 1;
    if (this.checks && (expected === 'no-stream' ? -1 : expected) !== last)
      return Promise.reject(new WrongExpectation(stream, expected, last));
    const logged = events.map((event) => ({
      ...event,
      stream,
      revision: this.stored.length,
      position: '' as Position,
      created: fromMilliseconds(this.storeMs),
    }));
    this.stored.push(...logged);
    return Promise.resolve(logged);
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
