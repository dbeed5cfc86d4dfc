import type { LegalDate, Uuid } from '#libs/kernel';
import { packLabel } from './edition-shelf.js';
import { editionFor, type LawBook } from './law-book.js';
import { roleHolders } from './organ-role.js';
import { organOn } from './register-questions.js';
import type { PackEdition } from './rule-pack.js';
import { citation } from './rules.js';

/** A body that a text names by its office, where its rules stand, and which organs of the register it is. */
export interface ToldRole {
  readonly role: string;
  readonly name: string;
  readonly rules: readonly { readonly rule: string; readonly article: string }[];
  /** Empty when no organ is known to be it. */
  readonly organs: readonly { readonly organ: Uuid; readonly name: string }[];
}

/** The bodies of one edition in force. */
export interface RolesInForce {
  readonly edition: string;
  readonly digest: string;
  readonly instrument: string;
  readonly roles: readonly ToldRole[];
}

/** 机构指称: of every pack that binds `region` on `day`, who its bodies are that day, under their names of that day. */
export function rolesInForce(book: LawBook, region: string, day: LegalDate): readonly RolesInForce[] {
  const packs = new Set(book.editions.map(({ pack }) => pack.pack));
  return [...packs].toSorted().flatMap((code) => {
    const edition = editionFor(
      { ...book, editions: book.editions.filter(({ pack }) => pack.pack === code) },
      region,
      day,
    );
    return edition ? [toldOf(edition, book, day)] : [];
  });
}

const toldOf = (edition: PackEdition, { organs: register }: LawBook, day: LegalDate): RolesInForce => ({
  edition: packLabel(edition),
  digest: edition.digest,
  instrument: edition.pack.instrument,
  roles: (edition.pack.roles ?? []).map(({ role, name, rules }) => ({
    role,
    name,
    rules: rules.flatMap((id) => citation(id) ?? []),
    organs: roleHolders(edition.pack, role, register, day).map((organ) => ({
      organ,
      name: organOn(register, organ, day)?.name ?? organ,
    })),
  })),
});
