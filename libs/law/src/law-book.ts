import type { LegalDate, Recorded } from '#libs/kernel';
import { calendarShelfAfter, emptyCalendarShelf, type CalendarShelf } from './calendar-shelf.js';
import type { Calendar } from './calendar.js';
import { editionShelfAfter, emptyEditionShelf, type EditionShelf } from './edition-shelf.js';
import { calendarFacts, type CalendarFact, type LawFact } from './law-facts.js';
import { emptyRegister, type OrganRegister } from './organ-register.js';
import type { PackEdition, RulePack } from './rule-pack.js';

/** All law in hand at one place of the log. What applies to a case is picked from it by the case's own day and region. */
export interface LawBook {
  /** In the order they took effect. */
  readonly editions: readonly PackEdition[];
  readonly calendar: Calendar;
  readonly organs: OrganRegister;
  /** What editions and calendar are folded from, and nothing that judges reads; a book made by hand has none. */
  readonly shelves?: { readonly calendar: CalendarShelf; readonly editions: EditionShelf };
}

export const emptyLawBook: LawBook = {
  editions: [],
  calendar: emptyCalendarShelf.calendar,
  organs: emptyRegister,
  shelves: { calendar: emptyCalendarShelf, editions: emptyEditionShelf },
};

/** The book after `facts`, given in the order they were recorded. @throws UnknownFact */
export const lawBookAfter = (book: LawBook, facts: readonly Recorded<LawFact>[]): LawBook =>
  facts.reduce(withLaw, book);

function withLaw(book: LawBook, fact: Recorded<LawFact>): LawBook {
  const { calendar, editions } = book.shelves ?? { calendar: emptyCalendarShelf, editions: emptyEditionShelf };
  if (isOfCalendar(fact)) {
    const after = calendarShelfAfter(calendar, fact);
    return { ...book, calendar: after.calendar, shelves: { calendar: after, editions } };
  }
  const after = editionShelfAfter(editions, fact);
  return { ...book, editions: after.editions, shelves: { calendar, editions: after } };
}

const isOfCalendar = (fact: Recorded<LawFact>): fact is Recorded<CalendarFact> =>
  Object.hasOwn(calendarFacts, fact.type);

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
