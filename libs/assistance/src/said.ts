import type { Command } from '#libs/kernel';

/** What a command says beside its time, as plain data: the instances its parts were validated as cannot be stored. */
export function said<C extends Command>(command: C): Omit<C, 'occurredAt'> {
  const { occurredAt: _occurredAt, ...rest } = command;
  // The copy has the same members and values; only the prototypes are gone, which no type tells.
  return plain(rest) as Omit<C, 'occurredAt'>;
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([key, member]) => [key, plain(member)]));
}
