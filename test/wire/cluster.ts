import { Store } from './store.js';
import { startWire, type Wire, type WireOptions } from './wire.js';

/** Nodes over one store, of which one leads. */
export interface Cluster {
  readonly nodes: readonly Wire[];
  /** Names every node, so that a client finds the leader by gossip. */
  readonly connectionString: string;
  /** Makes this node the leader and all others followers. */
  lead(index: number): void;
  stop(): Promise<void>;
}

/** Starts `size` nodes; the first leads. A node that does not listen is dead to the gossip of the others. */
export async function startCluster(
  size: number,
  options: Omit<WireOptions, 'store' | 'members'> = {},
): Promise<Cluster> {
  const store = new Store();
  const nodes: Wire[] = [];
  const members: WireOptions['members'] = () =>
    nodes.map(({ host, port, leader, listening }) => ({
      host,
      port,
      state: leader ? 'follower' : 'leader',
      alive: listening,
    }));
  for (let index = 0; index < size; index += 1)
    nodes.push(await startWire({ ...options, noise: index === 0 && (options.noise ?? false), store, members }));
  const cluster: Cluster = {
    nodes,
    connectionString: `esdb://${nodes.map(({ host, port }) => `${host}:${port}`).join(',')}?tls=false`,
    lead: (index) => {
      const leader = nodes[index];
      for (const node of nodes) node.leader = node === leader ? undefined : leader;
    },
    stop: async () => {
      for (const node of nodes) await node.stop();
    },
  };
  cluster.lead(0);
  return cluster;
}
