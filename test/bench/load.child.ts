import { randomUUID } from 'node:crypto';
import { Connection, type Reply } from './connection.js';
import { caseScript } from './script.js';

/** One round: so many connections, each with one command under way at a time, for so long. */
export interface Round {
  readonly port: number;
  /** A token for every account of the script. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly connections: number;
  readonly milliseconds: number;
  /** One connection more, whose commands wait until the read models show them. */
  readonly watched?: boolean;
}

export interface Outcome {
  readonly seconds: number;
  readonly latenciesMs: readonly number[];
  /** Of the watched connection: from sending a command until the read models showed it. */
  readonly visibleMs: readonly number[];
  /** The first wrong answers: a status that is not 201, or a revision that does not follow. */
  readonly failures: readonly string[];
}

const FAILURES_TOLD = 3;
const VISIBLE = 'respond-when=visible, wait=30';
const ROOT = '/v1/assistance';
const steps = caseScript();

/** Drives cases one after the other on its own connection until the time is up. */
async function drive({ port, tokens }: Round, until: () => boolean, told: Told, prefer = ''): Promise<void> {
  const connection = await Connection.open(port);
  const run = randomUUID();
  let sent = 0;
  try {
    while (!until()) {
      let location = ROOT;
      for (const [revision, { path, account, body }] of steps.entries()) {
        if (until()) break;
        const request = [
          `POST ${location}${path} HTTP/1.1`,
          'host: 127.0.0.1',
          `authorization: Bearer ${tokens[account]}`,
          'content-type: application/json',
          `content-length: ${Buffer.byteLength(body)}`,
          `idempotency-key: ${run}-${(sent += 1)}`,
          ...(prefer === '' ? [] : [`prefer: ${prefer}`]),
        ].join('\r\n');
        const begun = performance.now();
        const reply = await connection.send(`${request}\r\n\r\n${body}`);
        told.latenciesMs.push(performance.now() - begun);
        if (!isExpected(reply, revision) || (prefer !== '' && !/\r\npreference-applied:/i.test(reply.head))) {
          told.failures.push(`${path}: ${reply.head.split('\r\n', 1)[0]} ${reply.body}`);
          break;
        }
        location = /\r\nlocation: (\S+)/i.exec(reply.head)?.[1] ?? location;
      }
    }
  } finally {
    connection.close();
  }
}

interface Told {
  readonly latenciesMs: number[];
  readonly failures: string[];
}

const isExpected = ({ status, head }: Reply, revision: number): boolean =>
  status === 201 && head.toLowerCase().includes(`\r\netag: "${revision}"`);

async function play(round: Round): Promise<Outcome> {
  const failures: string[] = [];
  const [told, watched]: [Told, Told] = [
    { latenciesMs: [], failures },
    { latenciesMs: [], failures },
  ];
  const begun = performance.now();
  const until = (): boolean => performance.now() - begun >= round.milliseconds || failures.length > FAILURES_TOLD;
  const watching = round.watched ? drive(round, until, watched, VISIBLE) : undefined;
  await Promise.all(Array.from({ length: round.connections }, () => drive(round, until, told)));
  const seconds = (performance.now() - begun) / 1000;
  await watching;
  const { latenciesMs } = told;
  return { seconds, latenciesMs, visibleMs: watched.latenciesMs, failures: failures.slice(0, FAILURES_TOLD) };
}

process.on('message', (round: Round) => {
  void play(round).then(
    (outcome) => process.send?.(outcome),
    (error: unknown) => process.send?.({ seconds: 1, latenciesMs: [], visibleMs: [], failures: [String(error)] }),
  );
});
