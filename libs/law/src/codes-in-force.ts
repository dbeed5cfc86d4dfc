import type { LegalDate } from '#libs/kernel';
import { packLabel } from './edition-shelf.js';
import { editionFor, type LawBook } from './law-book.js';
import type { CodeEntry, PackEdition } from './rule-pack.js';
import { citation } from './rules.js';

/** A code as a form offers it, with where its rule stands. */
export interface ToldCode extends CodeEntry {
  readonly article?: string;
}

/** What a system takes where a pack is in force: the edition, and its lists of codes. */
export interface CodesInForce {
  readonly system: string;
  readonly edition: string;
  readonly digest: string;
  readonly instrument: string;
  readonly documentNumber?: string;
  readonly codes: Readonly<Record<string, readonly ToldCode[]>>;
}

/**
 * 代码表: what every system takes of an act of `day` whose law is that of `region`, systems by name. Empty where no law in
 * hand is in force: no such act can be recorded then.
 */
export function codesInForce(book: LawBook, region: string, day: LegalDate): readonly CodesInForce[] {
  const systems = new Set(book.editions.flatMap(({ pack }) => Object.keys(pack.systems)));
  return [...systems].toSorted().flatMap((system) => {
    const edition = editionFor(book, region, day, system);
    return edition ? [toldOf(edition, system)] : [];
  });
}

function toldOf(edition: PackEdition, system: string): CodesInForce {
  const { instrument, documentNumber, systems } = edition.pack;
  const lists = Object.entries(systems[system]?.codes ?? {});
  return {
    system,
    edition: packLabel(edition),
    digest: edition.digest,
    instrument,
    ...(documentNumber === undefined ? {} : { documentNumber }),
    codes: Object.fromEntries(lists.map(([name, entries]) => [name, entries.map(withArticle)])),
  };
}

function withArticle(entry: CodeEntry): ToldCode {
  const cited = entry.rule === undefined ? undefined : citation(entry.rule);
  return cited ? { ...entry, article: cited.article } : entry;
}
