import {
  caseSubject,
  derivedId,
  instant,
  KeyMissing,
  legalDate,
  LogUnavailable,
  type Expectation,
  type Key,
  type LoggedEvent,
  type NewEvent,
  type StreamName,
  type Uuid,
} from '#libs/kernel';
import { REGISTER_ID, type OrganSeed } from '#libs/law';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import type { FoundingParts } from '../../libs/platform/src/ledger/founding.js';
import { obtainLawKeys, recordOrganSeed } from '../../libs/platform/src/ledger/founding-law.js';
import { lawStreams } from '../../libs/platform/src/ledger/law-shelf.js';

const ISSUER = 'https://issuer.example';
const organ = derivedId('organ');

/** More persons than one append takes. */
const seedOf = (persons: number): OrganSeed => ({
  organs: [{ id: organ, name: '示例机关', kind: 'administrative', region: '350200' }],
  persons: Array.from({ length: persons }, (_none, n) => ({
    id: derivedId(['person', n]),
    name: `某${n}（示例）`,
    account: `person.${n}`,
  })),
  appointments: [
    {
      id: derivedId('appointment'),
      person: derivedId(['person', 0]),
      organ,
      post: '科长',
      roles: ['handler'],
      from: legalDate('2020-01-01'),
    },
  ],
});

/** The same seed, the members of every object in the opposite order. */
const reversed = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (_key, item: unknown) =>
    item !== null && typeof item === 'object' && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).reverse())
      : item,
  ) as T;

/** A log that fails after some appends, as where the process is killed between two of them. */
class FailingLog extends MemoryEventLog {
  appendsLeft = Infinity;

  override append(stream: StreamName, expected: Expectation, events: readonly NewEvent[]) {
    this.appendsLeft -= 1;
    if (this.appendsLeft < 0) return Promise.reject(new LogUnavailable('killed'));
    return super.append(stream, expected, events);
  }
}

let log: FailingLog;
let parts: FoundingParts;

beforeEach(() => {
  log = new FailingLog();
  const key = new Uint8Array(32).fill(7);
  const keys = {
    obtain: () => Promise.resolve(key),
    find: () => Promise.resolve(key),
    destroy: () => Promise.reject(new Error('no key is destroyed here')),
  };
  parts = { log, ledger: 'kesu', clock: { now: () => instant('2026-09-18T01:00:00Z') }, keys };
});

const recorded = (): Promise<readonly LoggedEvent[]> => log.readStream(lawStreams.organs('kesu'));
const saying = (events: readonly LoggedEvent[]) => events.map(({ id, type, data }) => ({ id, type, data }));

it('records a register of several appends once', async () => {
  expect(await recordOrganSeed(parts, seedOf(400), ISSUER)).toBe(true);
  const events = await recorded();
  expect(events).toHaveLength(1 + 400 + 400 + 1);
  expect(await recordOrganSeed(parts, seedOf(400), ISSUER)).toBe(true);
  expect(await recorded()).toEqual(events);
});

it.each([1, 2])('is completed by the same file after a crash behind append %i', async (appends) => {
  const whole = new FailingLog();
  await recordOrganSeed({ ...parts, log: whole }, seedOf(400), ISSUER);
  log = new FailingLog();
  log.appendsLeft = appends;
  await expect(recordOrganSeed({ ...parts, log }, seedOf(400), ISSUER)).rejects.toThrow(LogUnavailable);
  expect((await recorded()).length).toBe(appends * 300);
  log.appendsLeft = Infinity;
  expect(await recordOrganSeed({ ...parts, log }, reversed(seedOf(400)), ISSUER)).toBe(true);
  expect(saying(await recorded())).toEqual(saying(await whole.readStream(lawStreams.organs('kesu'))));
});

it('takes a file whose members stand in another order for the same', async () => {
  expect(JSON.stringify(reversed(seedOf(3)))).not.toBe(JSON.stringify(seedOf(3)));
  await recordOrganSeed(parts, seedOf(3), ISSUER);
  expect(await recordOrganSeed(parts, reversed(seedOf(3)), ISSUER)).toBe(true);
});

it.each(['whole', 'interrupted'])(
  'says that another file than the one it began with is not applied: %s',
  async (how) => {
    log.appendsLeft = how === 'whole' ? Infinity : 1;
    await recordOrganSeed(parts, seedOf(400), ISSUER).catch(() => undefined);
    log.appendsLeft = Infinity;
    const events = await recorded();
    expect(await recordOrganSeed(parts, seedOf(2), ISSUER)).toBe(false);
    expect(await recordOrganSeed(parts, seedOf(900), ISSUER)).toBe(false);
    expect(await recorded()).toEqual(events);
  },
);

it('records delegations of the file, behind the appointments they are of', async () => {
  const [appointment] = seedOf(2).appointments;
  if (!appointment) throw new Error('the file has no appointment');
  const delegation = {
    ...{ id: derivedId('delegation'), appointment: appointment.id, person: derivedId(['person', 1]) },
    ...{ roles: ['handler' as const], from: legalDate('2026-01-01'), to: legalDate('2026-02-01') },
  };
  await recordOrganSeed(parts, { ...seedOf(2), delegations: [delegation] }, ISSUER);
  const { id, from, ...made } = delegation;
  expect((await recorded()).at(-1)).toMatchObject({
    type: 'DelegationMade',
    data: { delegation: id, ...made },
    metadata: { occurredAt: { on: from } },
  });
});

describe('the key of the register’s texts', () => {
  let held: Map<Uuid, Key>;
  beforeEach(async () => {
    held = new Map();
    const key = new Uint8Array(32).fill(9);
    parts = {
      ...parts,
      keys: {
        obtain: (subject) => Promise.resolve(held.set(subject, key) && key),
        find: (subject) => Promise.resolve(held.get(subject)),
        destroy: () => Promise.reject(new Error('no key is destroyed here')),
      },
    };
    await recordOrganSeed(parts, seedOf(2), ISSUER);
  });
  const subject = caseSubject(REGISTER_ID);
  /** What a person records. */
  const record = async (): Promise<void> => {
    const events = await recorded();
    const [last] = events.slice(-1);
    if (!last) throw new Error('the register is empty');
    const recorder = { ...(last.metadata.recorder as object), person: derivedId('somebody') };
    const event = { id: derivedId('asked'), type: 'RegisterChangeApproved', data: {} };
    await log.append(last.stream, last.revision, [{ ...event, metadata: { ...last.metadata, recorder } }]);
  };

  it('is made before the first person records, and found ever after', async () => {
    expect(held.has(subject)).toBe(false);
    await obtainLawKeys(parts);
    expect(held.has(subject)).toBe(true);
    await record();
    await expect(obtainLawKeys(parts)).resolves.toBeUndefined();
  });

  it('is not made anew when it is gone: what it sealed would be lost unseen', async () => {
    await record();
    await expect(obtainLawKeys(parts)).rejects.toThrow(KeyMissing);
    expect(held.has(subject)).toBe(false);
  });
});
