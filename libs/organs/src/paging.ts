import type { Uuid } from '#libs/kernel';

/** Which part of a list is asked for: what follows the item with the id `after`. */
export interface Paging {
  readonly after?: Uuid | undefined;
  readonly limit?: number | undefined;
}

/** The list goes on behind an item that is not in it. */
export class NoSuchItem extends Error {
  override readonly name = 'NoSuchItem';
}

interface Listed<T> {
  readonly items: readonly T[];
  readonly next?: Uuid;
}

/** @throws NoSuchItem */
export function paged<T>(items: readonly T[], idOf: (item: T) => Uuid, { after, limit = 50 }: Paging): Listed<T> {
  const at = after === undefined ? -1 : items.findIndex((item) => idOf(item) === after);
  if (after !== undefined && at < 0) throw new NoSuchItem(after);
  const page = items.slice(at + 1, at + 1 + limit);
  const last = page.at(-1);
  return { items: page, ...(last && at + 1 + page.length < items.length ? { next: idOf(last) } : {}) };
}
