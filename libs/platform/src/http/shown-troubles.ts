import type { Uuid } from '#libs/kernel';
import { Quarantined } from '../ledger/index.js';
import type { Troubles } from '../service/index.js';

type Known = Pick<Troubles, 'quarantineOf' | 'isAlarmed'>;

/**
 * The read models stop before an event they can make nothing of, also where the case itself can be read.
 * @throws Quarantined when they will not come to `revision`.
 */
export function assertShowable(troubles: Known, caseId: Uuid, revision: number): void {
  const found = troubles.quarantineOf(caseId);
  if (found && found.revision <= revision) throw new Quarantined(found.stream, found.revision - 1);
}

/**
 * A list's rows as they may be told: what is in quarantine says up to which revision it holds, and of what was tampered
 * with nothing is told but that it is there.
 */
export function markedRows<T extends object>(
  troubles: Known,
  rows: readonly { readonly case: Uuid; readonly told: T }[],
): { readonly cases: readonly object[]; readonly withheld?: readonly object[] } {
  const withheld = rows.filter((row) => troubles.isAlarmed(row.case));
  const cases = rows.filter((row) => !troubles.isAlarmed(row.case)).map((row) => markedRow(troubles, row));
  if (withheld.length === 0) return { cases };
  return { cases, withheld: withheld.map((row) => ({ case: row.case, code: 'CASE_INTEGRITY_BROKEN' })) };
}

function markedRow<T extends object>(troubles: Known, row: { readonly case: Uuid; readonly told: T }): object {
  const found = troubles.quarantineOf(row.case);
  if (!found) return row.told;
  return { ...row.told, quarantine: { code: 'CASE_QUARANTINED', lastGoodRevision: found.revision - 1 } };
}
