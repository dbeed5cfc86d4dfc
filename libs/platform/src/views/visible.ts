import { setTimeout as sleep } from 'node:timers/promises';
import type { Uuid } from '#libs/kernel';
import type { ViewDatabase } from './database.js';
import { shownRevision } from './reading.js';
import type { ViewTables } from './tables.js';

/** How far cases were moved, by their id. */
export type Shown = ReadonlyMap<Uuid, number>;

const listeners = new WeakMap<ViewDatabase, Set<(shown: Shown) => void>>();
/** How long a move made by another process may go unnoticed. */
const POLL_MS = 100;

/** Tells those who wait in this process what was just committed. */
export function announce(db: ViewDatabase, shown: Shown): void {
  for (const listener of listeners.get(db) ?? []) listener(shown);
}

/** Calls `listener` with whatever is committed by this process from now on. @returns how to end it. */
export function onShown(db: ViewDatabase, listener: (shown: Shown) => void): () => void {
  const all = listeners.get(db) ?? new Set();
  listeners.set(db, all.add(listener));
  return () => void all.delete(listener);
}

/**
 * Waits until the case's rows stand at `revision` or later, whichever process writes them.
 * @returns whether they do; false after `timeoutMs`.
 */
export async function visible(tables: ViewTables, caseId: Uuid, revision: number, timeoutMs: number): Promise<boolean> {
  const { db } = tables;
  const done = new AbortController();
  const timeout = AbortSignal.any([done.signal, AbortSignal.timeout(timeoutMs)]);
  let announced = false;
  const listener = (shown: Shown): void => {
    if ((shown.get(caseId) ?? -1) < revision) return;
    announced = true;
    done.abort();
  };
  const end = onShown(db, listener);
  try {
    for (;;) {
      if (announced || ((await shownRevision(db, tables, caseId)) ?? -1) >= revision) return true;
      if (timeout.aborted) return announced;
      await sleep(POLL_MS, undefined, { signal: timeout }).catch(() => undefined);
    }
  } finally {
    end();
  }
}
