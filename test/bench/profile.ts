import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rounded } from './figures.js';
import type { Suite } from './suite.js';

const CONNECTIONS = 32;
/** Ample for the profile to be written. */
const WRITTEN_MS = 1_500;
/** Parts below it are told together. */
const SHARE_MIN = 0.01;

/** The file the profiler writes (V8's CpuProfile), as far as it is read here. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/**
 * Where the time of the service's main thread goes while it records commands: the share of every package and part of
 * ours. What a part has others do for it in Node or in the language itself counts as its own; idle time does not count.
 */
export const profile: Suite = async ({ quick, processes }) => {
  const file = join(processes.folder, 'service.cpuprofile');
  const preload = ['--require', join(__dirname, 'profiler.child.js')];
  const service = await processes.service('profiled', { KESU_ROLES: 'api', BENCH_PROFILE: file }, preload);
  const [warmUpMs, milliseconds] = quick ? [6_000, 10_000] : [20_000, 30_000];
  await processes.play({ ...service, connections: CONNECTIONS, milliseconds: warmUpMs });
  service.signal('SIGUSR2');
  const { latenciesMs } = await processes.play({ ...service, connections: CONNECTIONS, milliseconds });
  service.signal('SIGUSR2');
  await sleep(WRITTEN_MS);
  const microsOf = microsByPart(JSON.parse(await readFile(file, 'utf8')) as CpuProfile);
  microsOf.delete('(idle)');
  const total = [...microsOf.values()].reduce((sum, micros) => sum + micros, 0);
  const parts = [...microsOf].toSorted(([, a], [, b]) => b - a);
  const small = parts.filter(([, micros]) => micros / total < SHARE_MIN).reduce((sum, [, micros]) => sum + micros, 0);
  return [...parts.filter(([, micros]) => micros / total >= SHARE_MIN), ['all others', small] as const].map(
    ([name, micros]) => ({
      name,
      share: rounded(micros / total, 3),
      microsPerCommand: rounded(micros / latenciesMs.length, 1),
    }),
  );
};

function microsByPart({ nodes, samples, timeDeltas }: CpuProfile): Map<string, number> {
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id])));
  const known = new Map(nodes.map((node) => [node.id, node.callFrame]));
  const partOf = (leaf: number): string => {
    for (let id: number | undefined = leaf; id !== undefined; id = parents.get(id)) {
      const frame = known.get(id);
      const name = frame && nameOf(frame);
      if (name !== undefined) return name;
    }
    return 'Node: sockets, HTTP, timers';
  };
  const micros = new Map<string, number>();
  const parts = new Map(nodes.map(({ id }) => [id, partOf(id)]));
  samples.forEach((id, index) => {
    const part = parts.get(id) ?? '';
    micros.set(part, (micros.get(part) ?? 0) + (timeDeltas[index] ?? 0));
  });
  return micros;
}

/** The package or part of ours that a function stands in; undefined for what is Node's own. */
function nameOf({ url, functionName }: { url: string; functionName: string }): string | undefined {
  if (['(idle)', '(garbage collector)', '(program)'].includes(functionName)) return functionName;
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(url)?.[1];
  if (dependency) return dependency;
  const [, library, part] = /dist\/libs\/([^/]+)\/src\/([^/]+?)(?:\.js|\/)/.exec(url) ?? [];
  return library && `ours: ${library}/${part}`;
}
