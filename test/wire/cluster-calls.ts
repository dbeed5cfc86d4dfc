import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { ClusterInfo, EndPoint, MemberInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import { SupportedMethod, SupportedMethods } from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { UUID, type Empty } from '@eventstore/db-client/generated/shared_pb.js';
import { errorFor, survive, type Desk, type Member } from './desk.js';
import type { Method } from './faults.js';

/** The version whose behaviour the façade has. */
const VERSION = '23.10.8';
const STREAMS = 'event_store.client.streams.streams';
const STREAMS_METHODS = ['read', 'append', 'delete', 'tombstone', 'batchappend'];
const GOSSIP = 'event_store.client.gossip.gossip';

export const supportedMethods = (desk: Desk) =>
  answering<SupportedMethods>(desk, 'features', () => {
    const methods = STREAMS_METHODS.map((name) => new SupportedMethod().setServiceName(STREAMS).setMethodName(name));
    methods.push(new SupportedMethod().setServiceName(GOSSIP).setMethodName('read'));
    return new SupportedMethods().setEventStoreServerVersion(VERSION).setMethodsList(methods);
  });

export const gossip = (desk: Desk) =>
  answering<ClusterInfo>(desk, 'gossip', () => new ClusterInfo().setMembersList(desk.members().map(memberInfo)));

const STATES = { leader: MemberInfo.VNodeState.LEADER, follower: MemberInfo.VNodeState.FOLLOWER };

const memberInfo = ({ host, port, state, alive }: Member): MemberInfo =>
  new MemberInfo()
    .setInstanceId(new UUID().setString(`00000000-0000-4000-8000-${String(port).padStart(12, '0')}`))
    .setTimeStamp(String(BigInt(Date.now()) * 10_000n))
    .setState(STATES[state])
    .setIsAlive(alive)
    .setHttpEndPoint(new EndPoint().setAddress(host).setPort(port));

/** A call that everybody may make, credentials or not: the client asks for features without any. */
function answering<T>(desk: Desk, method: Method, answer: () => T) {
  return (call: ServerUnaryCall<Empty, T>, reply: sendUnaryData<T>): void => {
    survive(desk, desk.faults.strike(method))
      .then(({ after }) => (after ? Promise.reject(after) : answer()))
      .then(
        (response) => reply(null, response),
        (thrown: unknown) => {
          const error = errorFor(desk, call, thrown);
          if (error) reply(error);
        },
      );
  };
}
