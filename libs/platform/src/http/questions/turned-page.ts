import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '#libs/kernel';
import { Fault } from '../fault.js';

interface Asked {
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/** What a cursor was given for: all that was asked, but for the page itself and how long it is. */
function markOf(question: string, { after: _after, limit: _limit, ...asked }: Asked): string {
  // What is asked in a query is text, numbers and days, though its class does not say so.
  const said = canonicalJson([question, { ...asked } as unknown as Json]);
  return createHash('sha256').update(said).digest('base64url').slice(0, 12);
}

/** The cursor of a page, which says for which question it is good. */
export const turnedTo = (cursor: string, question: string, asked: Asked): string =>
  `${cursor}.${markOf(question, asked)}`;

/**
 * The cursor that was asked with, for the page it leads to. One of another question, or of other parameters, would leave
 * out what it has passed over there. @throws Fault CURSOR_MALFORMED, CURSOR_OF_ANOTHER_QUERY
 */
export function turnedFrom(question: string, asked: Asked): string | undefined {
  if (asked.after === undefined) return undefined;
  const [cursor = '', mark, ...more] = asked.after.split('.');
  if (mark === undefined || more.length > 0) throw new Fault('CURSOR_MALFORMED');
  if (mark !== markOf(question, asked)) throw new Fault('CURSOR_OF_ANOTHER_QUERY');
  return cursor;
}
