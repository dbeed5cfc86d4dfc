import { Denial } from '../ledger/index.js';
import { CursorMalformed, queryFailure } from '../views/index.js';
import { Fault } from './fault.js';

/** Mistakes of the program, whatever it was reading. */
const MISTAKES = [TypeError, RangeError, ReferenceError, SyntaxError];

/**
 * What is told where read models were asked and `cause` came of it: a cursor that is none, a statement that the database
 * refused (the program's fault, told with 500), a mistake in what was made of the rows, or a database that does not answer
 * or has no tables yet (503). Each but the first is logged with its cause where it becomes an answer.
 */
export function viewsFault(cause: unknown): unknown {
  if (cause instanceof Denial || cause instanceof Fault) return cause;
  if (cause instanceof CursorMalformed) return new Fault('CURSOR_MALFORMED');
  const failed = queryFailure(cause);
  if (failed) return new Fault('VIEWS_QUERY_FAILED', {}, { cause: failed });
  return MISTAKES.some((kind) => cause instanceof kind) ? cause : new Denial('VIEWS_UNAVAILABLE', {}, { cause });
}
