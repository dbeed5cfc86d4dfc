import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { status, type Metadata, type ServiceError } from '@grpc/grpc-js';
import type { Access, Wish } from './access.js';
import type { Faults, Method, Strike } from './faults.js';
import type { Store } from './store.js';
import { ConnectionCut, NoAnswer, notLeader, WireError, type Endpoint } from './wire-error.js';

/** A node as gossip tells of it. */
export interface Member extends Endpoint {
  readonly state: 'leader' | 'follower';
  readonly alive: boolean;
}

/** What the services of one node work with. */
export interface Desk {
  readonly store: Store;
  readonly faults: Faults;
  readonly access: Access;
  readonly maxAppendBytes: number;
  /** Events that may wait for a live subscriber before it is dropped. */
  readonly liveBuffer: number;
  /** The leader, when this node is not it. */
  readonly leader: () => Endpoint | undefined;
  readonly members: () => readonly Member[];
  /** Aborted when the node stops: nothing may wait beyond it. */
  readonly stopping: AbortSignal;
  /** How to end each subscription that is open now. */
  readonly droppers: Set<() => void>;
  cutConnectionOf(peer: string): void;
}

/** What every kind of server call has. */
export interface Call {
  readonly metadata: Metadata;
  getPeer(): string;
}

/** Lets a call in, or throws what it is refused with. Returns what else shall become of it. */
export async function admit(
  desk: Desk,
  call: Call,
  { method, operation, stream }: Omit<Wish, 'user'> & { readonly method: Method },
): Promise<Strike> {
  desk.access.check(call.metadata, { operation, stream });
  const leader = desk.leader();
  if (leader && call.metadata.get('requires-leader').includes('true')) throw notLeader(leader);
  return survive(desk, desk.faults.strike(method, stream));
}

/** Waits as long as a strike says, then throws what it says shall happen before the work. */
export async function survive(desk: Desk, strike: Strike): Promise<Strike> {
  if (strike.slowMs > 0) await pause(strike.slowMs, undefined, { signal: desk.stopping });
  if (strike.before) throw strike.before;
  return strike;
}

/** The error to answer with; undefined when there is to be no answer, because the connection is cut or for ever. */
export function errorFor(desk: Desk, call: Call, thrown: unknown): ServiceError | undefined {
  if (thrown instanceof WireError) return thrown.toServiceError();
  if (thrown instanceof ConnectionCut) desk.cutConnectionOf(call.getPeer());
  else if (!(thrown instanceof NoAnswer) && !desk.stopping.aborted)
    return new WireError(status.INTERNAL, String(thrown)).toServiceError();
  return undefined;
}

interface Outgoing<T> extends NodeJS.EventEmitter {
  readonly cancelled: boolean;
  write(message: T): boolean;
}

/** Sends one message and waits until there is room for the next. False once nobody listens any more. */
export async function send<T>(call: Outgoing<T>, message: T): Promise<boolean> {
  if (call.cancelled) return false;
  if (call.write(message)) return true;
  const over = new AbortController();
  const events = ['drain', 'cancelled', 'close'].map((event) => once(call, event, { signal: over.signal }));
  await Promise.race(events).catch(() => undefined);
  over.abort();
  await Promise.allSettled(events);
  return !call.cancelled;
}
