import { UnknownFact, type FactTypes, type LegalDate, type Recorded } from '#libs/kernel';
import { emptyCalendar, type Calendar } from './calendar.js';
import { emptyRegister, type OrganRegister } from './organ-register.js';
import type { PackEdition, RulePack } from './rule-pack.js';

/** 规则包版本发布: the whole content, so that a later reader judges by what this ledger had in hand. */
export interface RulePackPublished {
  readonly type: 'RulePackPublished';
  readonly data: { readonly pack: RulePack; readonly digest: string };
}

/** 工作日历发布. */
export interface CalendarPublished {
  readonly type: 'CalendarPublished';
  readonly data: { readonly calendar: Calendar; readonly digest: string };
}

export type LawFact = RulePackPublished | CalendarPublished;

export const lawFacts: FactTypes<LawFact> = { RulePackPublished: { version: 1 }, CalendarPublished: { version: 1 } };

/** All law in hand at one place of the log. What applies to a case is picked from it by the case's own day and region. */
export interface LawBook {
  /** In the order they were recorded. */
  readonly editions: readonly PackEdition[];
  readonly calendar: Calendar;
  readonly organs: OrganRegister;
}

export const emptyLawBook: LawBook = { editions: [], calendar: emptyCalendar, organs: emptyRegister };

/**
 * The book after `facts`, given in the order they were recorded, which its editions keep. A calendar replaces the one
 * before it. Of two contents under one label the later recorded one stands, in the place it was recorded at: two
 * installations shipped different data as the same edition.
 */
export const lawBookAfter = (book: LawBook, facts: readonly Recorded<LawFact>[]): LawBook =>
  facts.reduce(withLaw, book);

function withLaw(book: LawBook, fact: Recorded<LawFact>): LawBook {
  switch (fact.type) {
    case 'CalendarPublished':
      return { ...book, calendar: fact.data.calendar };
    case 'RulePackPublished': {
      const { pack, digest } = fact.data;
      const label = packLabel({ pack, digest });
      return { ...book, editions: [...book.editions.filter((held) => packLabel(held) !== label), { pack, digest }] };
    }
    default: {
      const { type, version } = fact as Recorded;
      throw new UnknownFact(type, version);
    }
  }
}

/** `<pack>@<effectiveFrom>#<edition>`: how an event's basis names the edition it was judged by. */
export const packLabel = ({ pack: { pack, effectiveFrom, edition } }: PackEdition): string =>
  `${pack}@${effectiveFrom}#${edition}`;

/**
 * The edition that applies to an act of `day` in `region`: of the packs that bind the region, the effective date in force
 * on `day`; under it, the edition recorded last, whatever its number: what was known later is known better. Undefined
 * when no law in hand applies.
 */
export function editionFor(book: LawBook, region: string, day: LegalDate): PackEdition | undefined {
  const inForce = book.editions.filter(
    ({ pack }) =>
      pack.regions.some((prefix) => region.startsWith(prefix)) &&
      pack.effectiveFrom <= day &&
      (pack.effectiveTo === undefined || day <= pack.effectiveTo),
  );
  return inForce.reduce<PackEdition | undefined>(
    (found, edition) => (found && found.pack.effectiveFrom > edition.pack.effectiveFrom ? found : edition),
    undefined,
  );
}
