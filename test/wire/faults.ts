import { status } from '@grpc/grpc-js';
import {
  accessDenied,
  ConnectionCut,
  NoAnswer,
  notLeader,
  notReady,
  timedOut,
  unavailable,
  unknownOutcome,
  WireError,
  type Endpoint,
} from './wire-error.js';

/** A call as faults select it. On a batch stream every append is a call of its own. */
export type Method = 'features' | 'gossip' | 'read' | 'subscribe' | 'append' | 'batchAppend' | 'delete' | 'tombstone';

export const WRITES: readonly Method[] = ['append', 'batchAppend', 'delete', 'tombstone'];

export type Fault =
  /** The work is done, and the caller does not hear of it. A read is lost half way. */
  | { readonly kind: 'answerLost'; readonly by: 'silence' | 'cut' | 'cancelled' | 'unavailable' }
  | { readonly kind: 'notLeader'; readonly leader: Endpoint }
  /** With `stored` the work is done first. */
  | { readonly kind: 'timeout' | 'unknownOutcome'; readonly stored?: boolean }
  /** Nothing is done; `cut` destroys the connection. */
  | { readonly kind: 'notReady' | 'unavailable' | 'accessDenied' | 'cut' }
  | { readonly kind: 'fails'; readonly code: status; readonly details?: string }
  /** The work is done `ms` later, also when the caller has gone away by then. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Reads see the log as it was when this was armed. Subscriptions are not touched. */
  | { readonly kind: 'staleReads' }
  /** The subscription ends as too slow after so many events. */
  | { readonly kind: 'dropSubscription'; readonly after: number };

/** Which calls a fault strikes: all of them until disarmed, unless narrowed. */
export interface Aim {
  readonly on?: readonly Method[];
  readonly streams?: RegExp;
  /** Only the next so many calls. */
  readonly calls?: number;
  /** Only so long from now, milliseconds. */
  readonly ms?: number;
}

export interface Armed {
  /** Calls struck so far. */
  readonly struck: number;
  disarm(): void;
}

/** What becomes of one call. */
export interface Strike {
  readonly slowMs: number;
  /** Thrown before the work. */
  readonly before?: Error;
  /** Thrown after the work. */
  readonly after?: Error;
  /** Last position a read sees. */
  readonly horizon?: bigint;
  /** Events after which a subscription is dropped. */
  readonly dropAfter?: number;
}

class ArmedFault implements Armed {
  struck = 0;
  readonly #armedAt = Date.now();
  #disarmed = false;

  constructor(
    readonly fault: Fault,
    readonly aim: Aim,
    readonly head: bigint,
  ) {}

  disarm(): void {
    this.#disarmed = true;
  }

  get spent(): boolean {
    const { calls = Infinity, ms = Infinity } = this.aim;
    return this.#disarmed || this.struck >= calls || Date.now() >= this.#armedAt + ms;
  }

  strikes(method: Method, stream: string | undefined): boolean {
    const { on, streams } = this.aim;
    return (
      !this.spent && (on?.includes(method) ?? true) && (!streams || (stream !== undefined && streams.test(stream)))
    );
  }
}

/** What goes wrong, as a test arms it. Faults that are armed together strike together. */
export class Faults {
  #armed: ArmedFault[] = [];

  /** @param head position of the last event now. */
  constructor(private readonly head: () => bigint) {}

  arm(fault: Fault, aim: Aim = {}): Armed {
    const armed = new ArmedFault(fault, aim, this.head());
    this.#armed.push(armed);
    return armed;
  }

  disarmAll(): void {
    this.#armed = [];
  }

  /** What becomes of this call; it counts against every fault that strikes it. */
  strike(method: Method, stream?: string): Strike {
    this.#armed = this.#armed.filter(({ spent }) => !spent);
    const striking = this.#armed.filter((armed) => armed.strikes(method, stream));
    for (const armed of striking) armed.struck += 1;
    return striking.map(effectOf).reduce<Strike>((all, one) => ({ ...all, ...one }), { slowMs: 0 });
  }
}

function effectOf({ fault, head }: ArmedFault): Partial<Strike> {
  if (isRefusal(fault)) return { before: REFUSALS[fault.kind]() };
  switch (fault.kind) {
    case 'slow':
      return { slowMs: fault.ms };
    case 'staleReads':
      return { horizon: head };
    case 'dropSubscription':
      return { dropAfter: fault.after };
    case 'answerLost':
      return { after: LOSSES[fault.by]() };
    case 'timeout':
    case 'unknownOutcome': {
      const error = fault.kind === 'timeout' ? timedOut('CommitTimeout') : unknownOutcome();
      return fault.stored ? { after: error } : { before: error };
    }
    case 'notLeader':
      return { before: notLeader(fault.leader) };
    case 'fails':
      return { before: new WireError(fault.code, fault.details ?? '') };
  }
}

const LOSSES = {
  silence: () => new NoAnswer(),
  cut: () => new ConnectionCut(),
  cancelled: () => new WireError(status.CANCELLED, 'Call canceled by the server.'),
  unavailable,
};

const REFUSALS = { notReady, unavailable, accessDenied, cut: () => new ConnectionCut() };

const isRefusal = (fault: Fault): fault is Extract<Fault, { kind: keyof typeof REFUSALS }> =>
  Object.hasOwn(REFUSALS, fault.kind);
