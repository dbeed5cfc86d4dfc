import { legalDate, withValueAt, type Json } from '#libs/kernel';
import {
  chineseCalendar,
  editionFor,
  emptyLawBook,
  lawDigest,
  packsFrom,
  shippedPacks,
  type LawBook,
  type PackEdition,
  type RulePack,
} from '#libs/law';
import { ProvenClock } from './clock-proofs.js';

/** The five texts where all of them are law: the two that are in force nowhere have been adopted by places of their own. */
export const calendar = chineseCalendar();
export const PLACES = { XM: '350200', CQ: '500100', GZ: '990100', PW: '980100' } as const;
export type Place = keyof typeof PLACES;
/** A day on which all of them are in force. */
export const DAY = legalDate('2026-03-02');

/**
 * An edition by which a place of `region` adopts the text: with a day of effect, and with the value at `pointer` changed.
 * @throws DataFaulty when it is no sound pack.
 */
export function adopted(code: string, region: string, pointer = '', value?: Json): PackEdition {
  const shipped = shippedPacks().find(({ pack }) => pack.pack === code)?.pack;
  const dated = { ...shipped, effectiveFrom: legalDate('2024-02-01'), regions: [region], edition: 2 };
  const [pack] = packsFrom([pointer === '' ? dated : withValueAt(dated as unknown as Json, pointer, value)]);
  if (!pack) throw new Error(`no pack ${code}`);
  return { pack: pack satisfies RulePack, digest: lawDigest(pack) };
}

export const lawsInForce = (): LawBook => ({
  ...emptyLawBook,
  calendar,
  editions: [...shippedPacks(), adopted('GZ', '99'), adopted('PW', '98')],
});

/** A clock of the text that is in force in `place`. */
export const lawClock = (place: Place, system: string, name: string): ProvenClock =>
  ProvenClock.of(editionFor(lawsInForce(), PLACES[place], DAY, system), system, name, calendar);
