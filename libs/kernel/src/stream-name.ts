import { isUuid, type Uuid } from './ids.js';

/** `<ledger>_<category>-<uuid>`: EventStoreDB takes the category up to the first dash. No organ or person in it. */
export type StreamName = string & { readonly StreamName: unique symbol };

const LEDGER = /^[a-z][a-z0-9]{1,15}$/;
const CATEGORY = /^[a-z][A-Za-z0-9]{1,31}$/;
/** A ledger's name with the ending of a companion. */
const PREFIX = /^[a-z][a-z0-9]{1,23}$/;
/** Endings that name a ledger's companion streams (`<ledger>attempts_…`, `<ledger>probe_…`). */
const RESERVED_ENDINGS = ['attempts', 'probe'];

/** 尝试日志: the companion of `ledger` that keeps what was refused, in the same store. */
export const attemptsOf = (ledger: string): string => `${ledger}attempts`;

export const isLedgerName = (name: string): boolean =>
  LEDGER.test(name) && !RESERVED_ENDINGS.some((ending) => name.endsWith(ending));

/** Whether `name` is a ledger's, or that of its {@link attemptsOf attempts}. */
export const isLedgerOrAttempts = (name: string): boolean => isLedgerName(name.replace(/attempts$/, ''));

/** @throws RangeError when a part is not of the form. */
export function streamName(ledger: string, category: string, id: Uuid): StreamName {
  if (!PREFIX.test(ledger) || !CATEGORY.test(category) || !isUuid(id))
    throw new RangeError(`not a stream name: ${ledger}_${category}-${id}`);
  return `${ledger}_${category}-${id}` as StreamName;
}

/** The parts of a stream name, or undefined for a name of another form. */
export function partsOf(name: string): { ledger: string; category: string; id: Uuid } | undefined {
  const parts = /^([a-z][a-z0-9]*)_([A-Za-z0-9]+)-(.+)$/.exec(name);
  if (!parts) return undefined;
  const [, ledger = '', category = '', id] = parts;
  return PREFIX.test(ledger) && CATEGORY.test(category) && isUuid(id) ? { ledger, category, id } : undefined;
}
