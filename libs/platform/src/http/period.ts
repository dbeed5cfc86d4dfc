import type { LegalDate } from '#libs/kernel';
import { Fault } from './fault.js';
import { periodText } from './texts.js';

/** A period ends no earlier than it begins. @throws Fault QUERY_INVALID */
export function assertPeriod({ from, to }: { readonly from?: LegalDate; readonly to?: LegalDate }): void {
  if (from === undefined || to === undefined || from <= to) return;
  throw new Fault('QUERY_INVALID', { errors: [{ pointer: '?to', code: 'period', message: periodText(from, to) }] });
}
