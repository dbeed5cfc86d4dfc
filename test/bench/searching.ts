import { median, quantile, rounded } from './figures.js';
import { fill, latencies, shown } from './fill.js';
import { caseScript } from './script.js';
import type { Result, Suite } from './suite.js';

/** Words of two characters, each in every so many-th step: from the commonest to one that nobody wrote. */
const WORDS = [
  { word: '办理', every: 2 },
  { word: '榕荫', every: 100 },
  { word: '鹭汐', every: 10_000 },
  { word: '渌潭', every: undefined },
] as const;
/** What else the steps say, so that the index is of the size real texts make it. */
const OTHERS = [...'监测记录排污现场复核企业档案资料部门意见样品检验报告核实许可询问笔录巡查通知移交补正说明依据数据'];
const FACTS_A_CASE = 100;
const AIM_P99_MS = 200;

/** A text of some thirty characters; the same for the same n. */
function textOf(n: number): string {
  let state = n;
  const draw = (): number => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) >> 8;
  const others = Array.from({ length: 28 }, () => OTHERS[draw() % OTHERS.length] ?? '').join('');
  return (
    others +
    WORDS.filter(({ every }) => every !== undefined && n % every === 0)
      .map(({ word }) => word)
      .join('，')
  );
}

/** Two Chinese characters looked for over HTTP in 200,000 facts (quick: 4,000): a page of fifty cases with where they stand. */
export const search: Suite = async ({ quick, processes }) => {
  const cases = quick ? 40 : 2_000;
  const endpoint = await processes.service('searched');
  const [id = ''] = await fill(endpoint, { cases, facts: FACTS_A_CASE, connections: 16, textOf });
  await shown(endpoint, id);
  const account = caseScript().at(-1)?.account ?? '';
  const results: Result[] = [];
  for (const { word, every } of WORDS) {
    const asked = quick ? 40 : 200;
    const path = `/v1/assistance?text=${encodeURIComponent(word)}`;
    await latencies(endpoint, [path, path, path], account);
    const paths = Array.from({ length: asked }, () => path);
    const used = await endpoint.processorSeconds();
    const taken = await latencies(endpoint, paths, account);
    const processorMs = (((await endpoint.processorSeconds()) - used) / taken.length) * 1000;
    const p99Ms = rounded(quantile(taken, 0.99), 1);
    results.push({
      name: 'search',
      facts: cases * FACTS_A_CASE,
      ...(every === undefined ? { in: 'no fact' } : { in: `one fact of ${every}` }),
      asked,
      p50Ms: rounded(median(taken), 1),
      p99Ms,
      processorMs: rounded(processorMs, 1),
      aim: { p99Ms: AIM_P99_MS },
      met: p99Ms <= AIM_P99_MS,
    });
  }
  return results;
};
