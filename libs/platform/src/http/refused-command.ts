import { Refusal } from '#libs/kernel';
import { Denial } from '../ledger/index.js';
import type { NamedCommand } from './fault.js';

/** A refusal that names the command it is of, so that its sender can ask again later what became of it. */
export class RefusedCommand extends Error {
  override readonly name = 'RefusedCommand';
  constructor(
    readonly refusal: Refusal | Denial,
    readonly command: NamedCommand,
  ) {
    super(refusal.code, { cause: refusal });
  }
}

/**
 * `error` with the command it refuses. An id follows from what its sender sent and so tells nothing; yet what is said of a
 * case that may not be known has no part that differs from one case to another (foundations section 9), so there it is
 * left out.
 */
export const ofCommand = (error: unknown, command: NamedCommand): unknown =>
  (error instanceof Refusal || error instanceof Denial) && error.code !== 'CASE_NOT_FOUND'
    ? new RefusedCommand(error, command)
    : error;
