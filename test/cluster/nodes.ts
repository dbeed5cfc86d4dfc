import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { credentials, type ChannelCredentials } from '@grpc/grpc-js';
import {
  parseConnectionString,
  type ConnectionSettings,
} from '../../libs/platform/src/event-log/eventstore/connection-string.js';
import { findLeader } from '../../libs/platform/src/event-log/eventstore/discovery.js';

const run = promisify(execFile);
const LEADER_MS_MAX = 120_000;

/** What can be done to a node. */
export type Deed = 'kill' | 'start' | 'pause' | 'resume';

/**
 * The nodes of a cluster that somebody else runs. What is done to one is done by a command of theirs, which is given the
 * deed and the node's address as its last two arguments and returns when it is done.
 */
export class Nodes {
  private readonly settings: ConnectionSettings;
  private readonly trust: ChannelCredentials;

  /** @param connection names every node. */
  constructor(
    connection: string,
    private readonly command: string,
  ) {
    this.settings = parseConnectionString(connection, process.env.KESU_EVENTSTORE_CA);
    const { tls, caFile } = this.settings;
    this.trust = tls ? credentials.createSsl(caFile ? readFileSync(caFile) : null) : credentials.createInsecure();
  }

  /** @throws Error when there is none within two minutes. */
  leader(): Promise<string> {
    return this.until(() => true);
  }

  /** Another leader than `node`. @throws Error when there is none within two minutes. */
  leaderBut(node: string): Promise<string> {
    return this.until((leader) => leader !== node, node);
  }

  /** Every node but `node`. */
  others(node: string): readonly string[] {
    return this.settings.seeds.filter((seed) => seed !== node);
  }

  /** @throws Error when the command fails. */
  async do(deed: Deed, node: string): Promise<void> {
    await run('sh', ['-c', `${this.command} "$@"`, 'sh', deed, node]);
  }

  private async until(holds: (leader: string) => boolean, avoid?: string): Promise<string> {
    const { seeds, gossipTimeout } = this.settings;
    const deadline = performance.now() + LEADER_MS_MAX;
    let last: unknown;
    for (; performance.now() < deadline; await sleep(100)) {
      try {
        const leader = await findLeader(seeds, this.trust, gossipTimeout * 1000, avoid);
        if (holds(leader)) return leader;
      } catch (error) {
        last = error;
      }
    }
    throw new Error('the nodes have no such leader', { cause: last });
  }
}
