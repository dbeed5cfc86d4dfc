import { searched, type Uuid } from '#libs/kernel';
import type { OrganRegister } from '#libs/law';

interface Name {
  readonly id: Uuid;
  readonly name: string;
  /** As it is searched. */
  readonly text: string;
}

const names = new WeakMap<OrganRegister, readonly Name[]>();

/**
 * The organs and persons whose names hold `words` (see the kernel's `wordsFrom`), each with that name: organs under every
 * name they were registered with, persons under the one they have.
 */
export function namedIn(register: OrganRegister, words: string): ReadonlyMap<Uuid, string> {
  const known = names.get(register) ?? namesOf(register);
  names.set(register, known);
  return new Map(known.filter(({ text }) => text.includes(words)).map(({ id, name }) => [id, name]));
}

function namesOf({ organs, histories, persons }: OrganRegister): readonly Name[] {
  const all = [
    ...[...histories.values()].flatMap((spans) => spans.map(({ organ }) => organ)),
    ...organs.values(),
    ...persons.values(),
  ];
  return all.map(({ id, name }) => ({ id, name, text: searched(name).text }));
}
