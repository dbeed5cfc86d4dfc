import { median, quantile, rounded } from './figures.js';
import { fill, latencies } from './fill.js';
import { caseScript } from './script.js';
import type { Result, Suite } from './suite.js';

/** Of a case of a thousand facts; one of ten thousand is published without an aim. */
const AIM_P99_MS = 50;
const SIZES = { quick: [1_000], full: [1_000, 10_000] };
const WARM_UP = 20;

/** The state of a long case at a revision near its head, over HTTP: stream read, facts folded, clocks judged, each time. */
export const caseState: Suite = async ({ quick, processes }) => {
  const endpoint = await processes.service('cases', { KESU_ROLES: 'api' });
  const account = caseScript().at(-1)?.account ?? '';
  const results: Result[] = [];
  for (const facts of quick ? SIZES.quick : SIZES.full) {
    const [id = ''] = await fill(endpoint, { cases: 1, facts, connections: 1 });
    const asked = Math.round((quick ? 100_000 : 300_000) / facts);
    const paths = Array.from({ length: WARM_UP + asked }, (_none, n) => {
      return `/v1/assistance/${id}?revision=${facts - 1 - (n % 10)}`;
    });
    await latencies(endpoint, paths.slice(0, WARM_UP), account);
    const used = await endpoint.processorSeconds();
    const taken = await latencies(endpoint, paths.slice(WARM_UP), account);
    const processorMs = (((await endpoint.processorSeconds()) - used) / taken.length) * 1000;
    const p99Ms = rounded(quantile(taken, 0.99), 1);
    results.push({
      name: 'case',
      facts,
      asked,
      p50Ms: rounded(median(taken), 1),
      p99Ms,
      processorMs: rounded(processorMs, 1),
      ...(facts === 1_000 && { aim: { p99Ms: AIM_P99_MS }, met: p99Ms <= AIM_P99_MS }),
    });
  }
  return results;
};
