import { median, quantile, rounded } from './figures.js';
import type { Memory } from './memory.js';
import type { Endpoint, Processes } from './processes.js';
import type { Result, Suite } from './suite.js';

/** How long things take: quick ends within 50 s with the start of all processes. */
export const QUICK = { pairs: 3, roundMs: 1_000, warmUpMs: 2_500 };
export const FULL = { pairs: 7, roundMs: 3_000, warmUpMs: 10_000 };

/** Of what the bare endpoint records a second. */
const AIM_RATIO = 0.6;

interface Pair {
  readonly processes: Processes;
  /** What the service is measured beside. */
  readonly bare: Warmed;
  readonly service: Warmed;
  readonly times: typeof QUICK;
  /** Whether the service has read models, whose lag is measured on a connection of its own. */
  readonly watched?: boolean;
}

/**
 * Commands recorded over HTTP, beside the bare endpoint. The two take turns within the run, so that what else happens on
 * the machine meets both; the ratio is that of the medians of their rounds.
 */
export const commands: Suite = async ({ quick, processes }) => {
  const times = quick ? QUICK : FULL;
  const bare = await warmed(processes, await processes.bare(), times.warmUpMs);
  const api = await warmed(processes, await processes.service('api', { KESU_ROLES: 'api' }), times.warmUpMs);
  const results: Result[] = [];
  for (const connections of [32, 256])
    results.push(await compared('commands', { processes, bare, service: api, times }, connections));
  await api.endpoint.stop();
  const whole = await warmed(processes, await processes.service('whole'), times.warmUpMs);
  return [
    ...results,
    await compared('commandsProjecting', { processes, bare, service: whole, times, watched: true }, 32),
  ];
};

export interface Warmed {
  readonly endpoint: Endpoint;
  /** Memory before its first request. */
  readonly started: Memory | undefined;
}

export async function warmed(processes: Processes, endpoint: Endpoint, milliseconds: number): Promise<Warmed> {
  const started = await endpoint.memory();
  await processes.play({ ...endpoint, connections: 32, milliseconds });
  return { endpoint, started };
}

interface Played {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly processorMicros: number;
}

export async function compared(name: string, pair: Pair, connections: number): Promise<Result> {
  const { processes, bare, service, times, watched = false } = pair;
  const visible: number[] = [];
  const play = async (side: Warmed): Promise<Played> => {
    const { endpoint } = side;
    const used = await endpoint.processorSeconds();
    const round = { ...endpoint, connections, milliseconds: times.roundMs, watched: watched && side === service };
    const { latenciesMs, visibleMs, seconds } = await processes.play(round);
    visible.push(...visibleMs);
    return {
      perSecond: latenciesMs.length / seconds,
      p50Ms: median(latenciesMs),
      p99Ms: quantile(latenciesMs, 0.99),
      processorMicros: (((await endpoint.processorSeconds()) - used) / latenciesMs.length) * 1e6,
    };
  };
  const ofBare: Played[] = [];
  const ofService: Played[] = [];
  for (let pair = 0; pair < times.pairs; pair += 1) {
    ofBare.push(await play(bare));
    ofService.push(await play(service));
  }
  const of = (rounds: readonly Played[], figure: keyof Played): number => median(rounds.map((one) => one[figure]));
  const ratioToBare = rounded(of(ofService, 'perSecond') / of(ofBare, 'perSecond'), 2);
  return {
    name,
    connections,
    perSecond: rounded(of(ofService, 'perSecond')),
    p50Ms: rounded(of(ofService, 'p50Ms'), 1),
    p99Ms: rounded(of(ofService, 'p99Ms'), 1),
    processorMicros: rounded(of(ofService, 'processorMicros')),
    ratioToBare,
    aim: { ratioToBare: AIM_RATIO },
    met: ratioToBare >= AIM_RATIO,
    bare: {
      perSecond: rounded(of(ofBare, 'perSecond')),
      p50Ms: rounded(of(ofBare, 'p50Ms'), 1),
      p99Ms: rounded(of(ofBare, 'p99Ms'), 1),
      processorMicros: rounded(of(ofBare, 'processorMicros')),
    },
    ...(watched ? { lag: lagOf(visible) } : {}),
    ...grown('memory', service.started, await service.endpoint.memory()),
    ...grown('bareMemory', bare.started, await bare.endpoint.memory()),
  };
}

function grown(name: string, before: Memory | undefined, after: Memory | undefined): Readonly<Record<string, Figures>> {
  if (!before || !after) return {};
  return { [name]: { startMiB: before.ownMiB, endMiB: after.ownMiB, mappedMiB: after.mappedMiB } };
}

type Figures = Readonly<Record<string, number>>;

/** From sending a command until a reader would see it, while the load goes on. */
const lagOf = (visibleMs: readonly number[]): Figures => ({
  visibleP50Ms: rounded(median(visibleMs), 1),
  visibleP99Ms: rounded(quantile(visibleMs, 0.99), 1),
  samples: visibleMs.length,
});
