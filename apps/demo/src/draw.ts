import { setTimeout as sleep } from 'node:timers/promises';
import { drawnBy, frameDigest, seedOf, type Uuid } from '#libs/kernel';
import type { Simulation } from './simulation.js';

const SUPERVISOR = 'yang.supervisor';
const WAIT_MS = 20_000;

interface Told {
  readonly status: string;
  readonly particulars: {
    readonly frame: { readonly digest: string };
    readonly size: number;
    readonly salt: string;
    readonly seed: string;
    readonly cases: readonly { readonly case: Uuid }[];
  };
}

/**
 * 随机抽查 of the cases that were opened from `from` to `to`: what the service drew, and the same drawn again beside it.
 * @param titleOf what the demo calls a case.
 */
export async function drawnPage(
  simulation: Simulation,
  days: { readonly from: string; readonly to: string; readonly on: string },
  titleOf: (id: Uuid) => string,
): Promise<string> {
  const { on, ...period } = days;
  const asked = { occurredAt: { on }, category: 'assistance', ...period, size: 2, reason: '季度抽查' };
  const { case: id } = await simulation.record(SUPERVISOR, '/v1/samples', asked, undefined);
  const { frame, size, salt, seed, cases } = (await drawn(simulation, id)).particulars;
  const members = (await simulation.get<{ cases: readonly Uuid[] }>(SUPERVISOR, `/v1/samples/${id}/frame`)).cases;
  const { entries } = await simulation.get<{ entries: readonly { sentence: string }[] }>(
    SUPERVISOR,
    `/v1/samples/${id}/timeline`,
  );
  const again = drawnBy(seedOf(salt, frameDigest(members)), members, size);
  const same = frameDigest(members) === frame.digest && again.join() === cases.map((one) => one.case).join();
  return [
    '【随机抽查：由系统抽取，任何人都能重新抽取】',
    ...entries.map(({ sentence }) => `  ${sentence}`),
    ...cases.map((one) => `  抽中  ${one.case}  ${titleOf(one.case)}`),
    `  由总体和种子 ${seed.slice(0, 12)}… 重新抽取：${same ? '相同' : '不同'}`,
    '',
  ].join('\n');
}

/** The service draws by itself; it takes a moment. */
async function drawn(simulation: Simulation, id: string): Promise<Told> {
  for (const end = performance.now() + WAIT_MS; ; await sleep(50)) {
    const told = await simulation.get<Told>(SUPERVISOR, `/v1/samples/${id}`);
    if (told.status !== 'fixed') return told;
    if (performance.now() > end) throw new Error('抽查没有抽取');
  }
}
