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

/**
 * `<pack>@<effectiveFrom>#<edition>`: how an event's basis names the edition it was judged by. One without a date is no basis
 * of anything, and says `none`.
 */
export const packLabel = ({ pack: { pack, effectiveFrom, edition } }: PackEdition): string =>
  `${pack}@${effectiveFrom ?? 'none'}#${edition}`;

/** 施行: whether the pack's text is in force on `day`. One without a date never is. */
export const isInForce = (
  { effectiveFrom, effectiveTo }: Pick<RulePack, 'effectiveFrom' | 'effectiveTo'>,
  day: LegalDate,
): boolean => effectiveFrom !== undefined && effectiveFrom <= day && (effectiveTo === undefined || day <= effectiveTo);

/**
 * The edition that applies to an act of `day` in `region`: of the packs that bind the region, the effective date in force
 * on `day`; under it, the edition recorded last, whatever its number: what was known later is known better. Where `system`
 * is given, only packs that say something to it count, so that a place may have texts of several kinds. Undefined when no
 * law in hand applies.
 */
export function editionFor(book: LawBook, region: string, day: LegalDate, system?: string): PackEdition | undefined {
  const inForce = book.editions.filter(
    ({ pack }) => pack.regions.some((prefix) => region.startsWith(prefix)) && isInForce(pack, day),
  );
  const newest = new Map<string, PackEdition>();
  for (const edition of inForce) {
    const found = newest.get(edition.pack.pack);
    if (!found || beginning(found) <= beginning(edition)) newest.set(edition.pack.pack, edition);
  }
  const speaking = [...newest.values()].filter(
    ({ pack }) => system === undefined || Object.hasOwn(pack.systems, system),
  );
  return speaking.reduce<PackEdition | undefined>(
    (found, edition) => (found && beginning(found) > beginning(edition) ? found : edition),
    undefined,
  );
}

const beginning = ({ pack }: PackEdition): string => pack.effectiveFrom ?? '';
