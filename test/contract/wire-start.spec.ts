import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import {
  EventStoreRefused,
  openEventStoreLog,
  type EventStoreLog,
} from '../../libs/platform/src/event-log/eventstore/index.js';
import { freshLedger, realClock } from '../../libs/testing/src/event-log-contract/index.js';
import { startWire, type Wire, type WireOptions } from '../wire/index.js';

const ACCOUNTS = { kesu: { password: '口令@:/%', admin: true }, clerk: { password: 'clerk' } };

let wire: Wire;
let log: EventStoreLog | undefined;

const start = async (options: WireOptions = {}): Promise<void> => {
  wire = await startWire(options);
};
const open = async (connection = wire.connectionString): Promise<EventStoreLog> =>
  (log = await openEventStoreLog({ connection, ledger: freshLedger(), clock: realClock, retryForMs: 1500 }));
const refusal = async (opening: Promise<unknown>): Promise<unknown> => {
  const error = await opening.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof EventStoreRefused ? error.code : error;
};

afterEach(async () => {
  await log?.close();
  log = undefined;
  await wire.stop();
});

it('reaches a server with TLS, a private authority and a password', async () => {
  await start({ tls: true, accounts: ACCOUNTS });
  const { notes, lastAnswerAgeMs, alarmedStreams } = (await open()).health();
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/\$d.*\$mw/);
  expect(lastAnswerAgeMs).toBeLessThan(1500);
  expect(alarmedStreams).toBe(0);
});

it('refuses to start without the right password, and with an account that may not read $all', async () => {
  await start({ tls: true, accounts: ACCOUNTS });
  expect(await refusal(open(wire.connectionStringAs('kesu', 'wrong')))).toBe('access-denied');
  expect(await refusal(open(wire.connectionStringAs()))).toBe('access-denied');
  expect(await refusal(open(wire.connectionStringAs('clerk', 'clerk')))).toBe('access-denied');
});

it('refuses to start when the server does not answer, is not there, or shows a certificate of somebody else', async () => {
  await start({ tls: true });
  expect(await refusal(open(wire.connectionString.replace(/&tlsCAFile=.*/, '')))).toBe('unreachable');
  await wire.stopListening();
  expect(await refusal(open())).toBe('unreachable');
});

it('refuses to start when the log cannot be watched for tampering', async () => {
  await start();
  const armed = wire.faults.arm({ kind: 'accessDenied' }, { on: ['subscribe'] });
  expect(await refusal(open())).toBe('access-denied');
  armed.disarm();
  wire.faults.arm({ kind: 'notReady' }, { on: ['subscribe'] });
  expect(await refusal(open())).toBe('unreachable');
});

it('says so when $settings may not be read, and starts', async () => {
  await start();
  wire.access.denies = ({ stream }) => stream === '$settings';
  expect((await open()).health().notes.join()).toMatch(/无权读取 \$settings/);
});

it('does not complain when deleting and writing metadata are for administrators', async () => {
  await start({ tls: true });
  const raw = EventStoreDBClient.connectionString(wire.connectionString);
  const acl = { $r: '$all', $w: '$all', $d: '$admins', $mr: '$all', $mw: ['$admins', '$ops'] };
  await raw.appendToStream('$settings', [jsonEvent({ type: '$settings', data: { $userStreamAcl: acl } })]);
  await raw.dispose();
  expect((await open()).health().notes).toEqual([]);
});

it('warns of a connection without encryption, which has no accounts either', async () => {
  await start();
  expect((await open()).health().notes.join()).toMatch(/未加密/);
});

it.each([
  ['ahead of', -30_000],
  ['behind', 30_000],
])('measures a server clock %s ours, and appends all the same', async (_, ours) => {
  await start();
  wire.clockSkewMs = -ours;
  const { skewMs = 0 } = (await open()).health();
  expect(Math.sign(skewMs)).toBe(Math.sign(ours));
  expect(Math.abs(skewMs)).toBeGreaterThan(20_000);
});
