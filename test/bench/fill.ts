import { randomUUID } from 'node:crypto';
import { Connection, type Reply } from './connection.js';
import type { Endpoint } from './processes.js';
import { caseScript, type Step } from './script.js';

const ROOT = '/v1/assistance';

/** One request on a connection, as an officer of the script. @throws Error when it was not answered with `expected`. */
export async function ask(
  connection: Connection,
  { tokens }: Pick<Endpoint, 'tokens'>,
  { method, path, account, body, headers = {} }: Asked,
  expected: number,
): Promise<Reply> {
  const lines = [
    `${method} ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    `authorization: Bearer ${tokens[account]}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(body === undefined ? [] : ['content-type: application/json', `content-length: ${Buffer.byteLength(body)}`]),
  ].join('\r\n');
  const reply = await connection.send(`${lines}\r\n\r\n${body ?? ''}`);
  if (reply.status !== expected) throw new Error(`${method} ${path}: ${reply.status} ${reply.body}`);
  return reply;
}

interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly account: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many cases are recorded, of how many facts each, and what the steps after the first two say. */
export interface Filling {
  readonly cases: number;
  readonly facts: number;
  readonly connections: number;
  /** The n-th step of all; the script's own text where left out. */
  readonly textOf?: (n: number) => string;
}

/** Records cases over HTTP: a request, its receipt, and steps. @returns their ids. */
export async function fill(endpoint: Endpoint, filling: Filling): Promise<readonly string[]> {
  const [request, receipt, step] = caseScript() as readonly [Step, Step, Step];
  const ids: string[] = [];
  let [begun, said] = [0, 0];
  const drive = async (): Promise<void> => {
    const connection = await Connection.open(endpoint.port);
    try {
      while (begun < filling.cases) {
        begun += 1;
        let path = ROOT;
        for (let n = 0; n < filling.facts; n += 1) {
          const { account, body, path: below } = [request, receipt][n] ?? step;
          const text = n > 1 ? filling.textOf?.((said += 1)) : undefined;
          const told = text === undefined ? body : JSON.stringify({ ...(JSON.parse(body) as object), step: text });
          const headers = { 'idempotency-key': randomUUID() };
          const asked = { method: 'POST' as const, path: path + below, account, body: told, headers };
          const reply = await ask(connection, endpoint, asked, 201);
          if (n === 0) path = `${ROOT}/${(JSON.parse(reply.body) as { case: string }).case}`;
        }
        ids.push(path.slice(ROOT.length + 1));
      }
    } finally {
      connection.close();
    }
  };
  await Promise.all(Array.from({ length: filling.connections }, drive));
  return ids;
}

/** Waits until the read models show everything recorded so far; with each look one step more is recorded. */
export async function shown(endpoint: Endpoint, caseId: string): Promise<void> {
  const [, , step] = caseScript() as readonly [Step, Step, Step];
  const connection = await Connection.open(endpoint.port);
  try {
    for (;;) {
      const headers = { 'idempotency-key': randomUUID(), prefer: 'respond-when=visible, wait=30' };
      const asked = {
        method: 'POST' as const,
        path: `${ROOT}/${caseId}/steps`,
        account: step.account,
        body: step.body,
      };
      const { head } = await ask(connection, endpoint, { ...asked, headers }, 201);
      if (/\r\npreference-applied:/i.test(head)) return;
    }
  } finally {
    connection.close();
  }
}

/** How long each of `paths` takes to be answered, one after the other, in milliseconds. */
export async function latencies(endpoint: Endpoint, paths: readonly string[], account: string): Promise<number[]> {
  const connection = await Connection.open(endpoint.port);
  const taken: number[] = [];
  try {
    for (const path of paths) {
      const begun = performance.now();
      await ask(connection, endpoint, { method: 'GET', path, account }, 200);
      taken.push(performance.now() - begun);
    }
  } finally {
    connection.close();
  }
  return taken;
}
