import type { RawReply, Reply, ServiceHere } from '../service/index.js';

/** A problem as RFC 9457 has it, with what every one of ours carries. */
export function expectProblem({ headers, body, status }: Reply | RawReply, expected: number, code: string): void {
  const header = (name: string): unknown => (headers instanceof Headers ? headers.get(name) : headers[name]);
  expect([status, body.code]).toEqual([expected, code]);
  expect(header('content-type')).toBe('application/problem+json; charset=utf-8');
  expect(header('cache-control')).toBe('no-store');
  expect(body).toMatchObject({ type: `urn:kesu:problem:${code}`, status: expected });
  expect(body.title).toMatch(/^[\u4e00-\u9fff]+$/);
  expect(body.detail).toMatch(/[\u4e00-\u9fff]{3}/);
  expect(body.traceId).toMatch(/^[0-9a-f]{32}$/);
  expect(JSON.stringify(body)).not.toMatch(/node_modules|\.ts:|\.js:|at [A-Z]\w+\./);
}

/** Events in the log: nothing that is refused may add one. */
export async function eventsLogged(here: ServiceHere): Promise<number> {
  let count = 0;
  for await (const _event of here.service.runtime.log.log.readAll()) count += 1;
  return count;
}

/** Refusals in the attempt log: what is malformed is none. */
export async function attemptsLogged(here: ServiceHere): Promise<number> {
  let count = 0;
  for await (const _event of here.service.runtime.log.attempts.readAll()) count += 1;
  return count;
}
