import { assistance } from '#libs/assistance';
import type { Uuid } from '#libs/kernel';
import { median, quantile, rounded } from './figures.js';
import type { OpenCases } from './open-cases.js';
import type { Result } from './suite.js';

const AIM_P99_MS = 5;

/**
 * The clocks of a case explained day by day, as JSON and in Chinese: from the folded case by the law in hand, and as an officer is
 * answered over HTTP, which also reads and folds the case, checks the token and finds out who may see it.
 */
export async function explaining({ runtime, officer, ids, count }: OpenCases, asked: number): Promise<Result> {
  const own: number[] = [];
  const overHttp: number[] = [];
  const handler = officer('chen.handler');
  for (let n = -asked / 10; n < asked; n += 1) {
    const id = ids[(Math.abs(n) * 7919) % ids.length] as Uuid;
    const { standing } = await runtime.ledger.read(assistance, id);
    const began = performance.now();
    const explained = assistance.explained?.(standing.state, runtime.law.book) ?? [];
    const done = performance.now();
    const { status, text } = await handler.get(`/v1/assistance/${id}/clocks`);
    const answered = performance.now();
    if (status !== 200 || !explained.some(({ days }) => days.length > 0)) throw new Error(`not explained: ${text}`);
    // The first ones warm up.
    if (n < 0) continue;
    own.push(done - began);
    overHttp.push(answered - done);
  }
  const p99Ms = rounded(quantile(own, 0.99), 2);
  return {
    name: 'supervision: explanation of a clock',
    openClocks: count,
    asked,
    p50Ms: rounded(median(own), 2),
    p99Ms,
    caseOverHttpP50Ms: rounded(median(overHttp), 1),
    caseOverHttpP99Ms: rounded(quantile(overHttp, 0.99), 1),
    aim: { p99Ms: AIM_P99_MS },
    met: p99Ms <= AIM_P99_MS,
  };
}
