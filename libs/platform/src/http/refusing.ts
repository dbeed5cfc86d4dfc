import type { FastifyRequest } from 'fastify';
import { caseIdOf, isUuid, Refusal, type Recorder, type Uuid } from '#libs/kernel';
import { TooManyRefusals, type Attempts, type Refused } from '../attempts/index.js';
import { IdentityRefused } from '../identity/index.js';
import { Deadline, Denial } from '../ledger/index.js';
import { Fault } from './fault.js';
import { commandIdFor, keyIn, routeOf } from './issuing.js';
import { RefusedCommand } from './refused-command.js';
import { traceOf } from './trace.js';

/** A request that was to change something: who sent it, as which command, about which case. */
export type Attempted = Omit<Refused, 'route' | 'code' | 'pointer' | 'rule'>;

const READING = ['GET', 'HEAD'];

/**
 * 拒绝: whatever an authenticated person is refused stands in the attempt log before they are told. Malformed requests and
 * refused readings are not attempts to record; they are counted only.
 */
export class Refusing {
  constructor(
    private readonly attempts: Pick<Attempts, 'keep' | 'assertBelowLimit'>,
    private readonly answerWithinMs: number,
  ) {}

  /** The one limit for everything that is waited for on the way to an answer. */
  deadline(): Deadline {
    return new Deadline(this.answerWithinMs);
  }

  /** @throws TooManyRefusals where the person was refused too often to be asked anything of. */
  assertBelowLimit(request: FastifyRequest, { person }: Recorder): void {
    if (!READING.includes(request.method)) this.attempts.assertBelowLimit(person);
  }

  /** What the person is told in place of `error`: itself, once it is kept where it is a refusal. Never throws. */
  async told(error: unknown, request: FastifyRequest, attempted: Attempted, deadline: Deadline): Promise<unknown> {
    const refusal = refusalIn(error);
    if (!refusal || READING.includes(request.method)) return error;
    try {
      await deadline.bound(this.attempts.keep({ ...attempted, ...refusal, route: routeOf(request) }));
      return error;
    } catch (cause) {
      return cause instanceof TooManyRefusals ? cause : new Fault('ATTEMPT_NOT_KEPT', {}, { cause });
    }
  }

  /** As {@link told}, of a request that was turned away at the door: before its command was issued. */
  async toldAtTheDoor(error: unknown, request: FastifyRequest, recorder: Recorder | undefined): Promise<unknown> {
    if (!recorder) return error;
    // Without a key of the caller's the request is a command of its own.
    const key = keyIn(request.headers['idempotency-key']) ?? traceOf(request.raw).spanId;
    const commandId = commandIdFor(request, recorder, key);
    return this.told(error, request, { commandId, about: aboutOf(request, commandId), recorder }, this.deadline());
  }
}

/** The case in the path, or the one the command would have opened. */
function aboutOf({ params }: FastifyRequest, commandId: Uuid): Uuid {
  const { id } = (params ?? {}) as { readonly id?: unknown };
  return isUuid(id) ? id : caseIdOf(commandId);
}

/** What `error` refuses to an authenticated person; nothing where it says that the request cannot be dealt with. */
export function refusalIn(error: unknown): Pick<Refused, 'code' | 'pointer' | 'rule'> | undefined {
  if (error instanceof RefusedCommand) return refusalIn(error.refusal);
  if (error instanceof IdentityRefused && error.who) return { code: error.code };
  if (!(error instanceof Refusal || error instanceof Denial)) return undefined;
  const { pointer } = error.detail;
  const rule = error instanceof Refusal ? error.detail.rule : undefined;
  return {
    code: error.code,
    ...(pointer === undefined ? {} : { pointer }),
    ...(rule === undefined ? {} : { rule }),
  };
}
