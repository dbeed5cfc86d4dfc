import { derivedId, instant, legalDate, type Recorded } from '#libs/kernel';
import {
  chineseCalendar,
  editionFor,
  emptyCalendar,
  emptyLawBook,
  lawBookAfter,
  packLabel,
  shippedPacks,
  type CalendarPublished,
  type LawFact,
  type RulePackPublished,
  type RulePack,
} from './index.js';

const shipped = shippedPacks()[0]?.pack as RulePack;

function recorded(fact: CalendarPublished | RulePackPublished, revision = 0): Recorded<LawFact> {
  const at = instant('2026-01-05T01:00:00Z');
  const id = derivedId([fact.type, fact.data.digest, revision]);
  const person = derivedId(['the service']);
  return {
    ...fact,
    id,
    revision,
    version: 1,
    commandId: id,
    commandDigest: 'd',
    recorder: { person, issuer: 'i', subjectDigest: 's', client: 'c' },
    basis: {},
    occurredAt: { at },
    recordedAt: at,
  };
}
const packFact = (changes: Partial<RulePack>, digest: string, revision = 0) =>
  recorded({ type: 'RulePackPublished', data: { pack: { ...shipped, ...changes }, digest } }, revision);
const digestsOf = (book: typeof emptyLawBook): string[] => book.editions.map(({ digest }) => digest);

describe('the law book', () => {
  it('begins without any law', () => {
    expect(emptyLawBook).toMatchObject({ editions: [], calendar: emptyCalendar, organs: { revision: -1 } });
    expect(lawBookAfter(emptyLawBook, [])).toBe(emptyLawBook);
  });

  it('takes the calendar recorded last', () => {
    const calendar = chineseCalendar();
    const later = { ...calendar, version: 'later' };
    const book = lawBookAfter(emptyLawBook, [
      recorded({ type: 'CalendarPublished', data: { calendar, digest: 'a' } }),
      recorded({ type: 'CalendarPublished', data: { calendar: later, digest: 'b' } }, 1),
    ]);
    expect(book.calendar).toBe(later);
    expect(emptyLawBook.calendar).toBe(emptyCalendar);
  });

  it('keeps every edition, and of two contents under one label the one recorded later', () => {
    const facts = [
      packFact({}, 'first'),
      packFact({ edition: shipped.edition + 1 }, 'second'),
      packFact({ effectiveFrom: legalDate('2027-01-01') }, 'new law'),
      packFact({ instrument: 'other' }, 'rival of the first'),
    ];
    const book = lawBookAfter(emptyLawBook, facts);
    expect(digestsOf(book)).toEqual(['second', 'new law', 'rival of the first']);
    const inTwo = lawBookAfter(lawBookAfter(emptyLawBook, facts.slice(0, 2)), facts.slice(2));
    expect(inTwo).toEqual(book);
  });

  it('is the same after a publication is recorded again', () => {
    const once = lawBookAfter(emptyLawBook, [packFact({}, 'first')]);
    expect(lawBookAfter(once, [packFact({}, 'first')])).toEqual(once);
  });
});

it('labels an edition by pack, effective date and number', () => {
  expect(shippedPacks().map(packLabel)).toEqual([
    ...['XM@2020-04-10#7', 'CQ@2007-01-01#1', 'GZ@none#1', 'QZ@2022-07-14#1', 'PW@none#1'],
  ]);
});

describe('the edition that applies', () => {
  const book = lawBookAfter(emptyLawBook, [
    packFact({}, 'first'),
    packFact({ effectiveFrom: legalDate('2027-01-01') }, 'new law'),
    packFact({ edition: 2 }, 'corrected'),
    packFact({ pack: 'CQ', regions: ['50'], effectiveTo: legalDate('2025-12-31') }, 'elsewhere, ended'),
  ]);

  it.each([
    ['350203', '2020-04-09', undefined],
    ['350203', '2020-04-10', 'corrected'],
    ['350200', '2026-12-31', 'corrected'],
    ['350200', '2027-01-01', 'new law'],
    ['350100', '2026-01-05', undefined],
    ['500101', '2025-12-31', 'elsewhere, ended'],
    ['500101', '2026-01-01', undefined],
  ])('in %s on %s is %s', (region, day, digest) => {
    expect(editionFor(book, region, legalDate(day))?.digest).toBe(digest);
  });

  it('is the one recorded last under its effective date, whatever the numbers and whenever it was read', () => {
    const applied = (...digests: readonly (readonly [number, string])[]) => {
      const facts = digests.map(([edition, digest], at) => packFact({ edition }, digest, at));
      const read = facts.reduce((sofar, fact) => lawBookAfter(sofar, [fact]), emptyLawBook);
      expect(read).toEqual(lawBookAfter(emptyLawBook, facts));
      return editionFor(read, '350200', legalDate('2026-01-05'))?.digest;
    };
    expect(applied([1, 'first'], [2, 'corrected'])).toBe('corrected');
    expect(applied([2, 'corrected'], [1, 'withdrawn to the first'])).toBe('withdrawn to the first');
    expect(applied([1, 'first'], [2, 'corrected'], [1, 'another first'])).toBe('another first');
  });
});
