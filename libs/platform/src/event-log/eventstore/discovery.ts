import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import { MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { Metadata, type ChannelCredentials } from '@grpc/grpc-js';
import { RECONNECT } from './node-client.js';

/**
 * Asks all seeds at once who leads, and takes the first answer that does not name `avoid`, a node that just failed and
 * that the others may not yet have missed; if nobody names another, `avoid` itself.
 * @throws Error when no seed names a leader.
 */
export async function findLeader(
  seeds: readonly string[],
  trust: ChannelCredentials,
  timeoutMs: number,
  avoid?: string,
): Promise<string> {
  const answers = seeds.map((seed) => leaderKnownTo(seed, trust, timeoutMs));
  const others = answers.map(async (answer) => {
    const leader = await answer;
    if (leader === avoid) throw new Error(`${leader} just failed`);
    return leader;
  });
  try {
    return await Promise.any(others);
  } catch {
    return await Promise.any(answers).catch((error: AggregateError) => {
      throw new Error(`no seed names a leader: ${error.errors.map(String).join('; ')}`);
    });
  }
}

function leaderKnownTo(seed: string, trust: ChannelCredentials, timeoutMs: number): Promise<string> {
  const client = new GossipClient(seed, trust, RECONNECT);
  const deadline = Date.now() + timeoutMs;
  return new Promise<string>((resolve, reject) => {
    client.read(new Empty(), new Metadata(), { deadline }, (error, info) => {
      client.close();
      if (error) return reject(error);
      const leader = info
        .getMembersList()
        .find((member) => member.getIsAlive() && member.getState() === MemberInfo.VNodeState.LEADER)
        ?.getHttpEndPoint();
      if (!leader) return reject(new Error(`${seed} knows no leader`));
      const host = leader.getAddress();
      return resolve(`${host.includes(':') ? `[${host}]` : host}:${leader.getPort()}`);
    });
  });
}
