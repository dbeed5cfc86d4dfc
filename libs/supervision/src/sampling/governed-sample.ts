import type { PackBasis } from '#libs/kernel';
import { editionFor, packLabel, SUPERVISION, type LawBook, type PackEdition, type SystemRules } from '#libs/law';
import type { Sample } from './sample-state.js';

/** The edition that governs a sample: that of its office's region, as in force on the day the frame was fixed. */
function editionOf({ office, fixed }: Sample, book: LawBook): PackEdition | undefined {
  const organ = office && book.organs.organs.get(office);
  return organ && fixed && editionFor(book, organ.region, fixed.on, SUPERVISION);
}

export const rulesOf = (sample: Sample, book: LawBook): SystemRules | undefined =>
  editionOf(sample, book)?.pack.systems[SUPERVISION];

export function packOf(sample: Sample, book: LawBook): PackBasis | undefined {
  const edition = editionOf(sample, book);
  return edition && { edition: packLabel(edition), digest: edition.digest };
}
