import type { PackBasis } from '#libs/kernel';
import {
  editionFor,
  packLabel,
  SUPERVISION,
  thresholdsIn,
  type LawBook,
  type PackEdition,
  type SupervisionRules,
  type SystemRules,
} from '#libs/law';
import type { SupervisionFile } from './file-state.js';

/**
 * The edition that governs a file: that of the region of its parties, the first of whom one in hand binds, as in force on
 * the day the file was opened.
 */
function editionOf({ supervised, openedOn }: SupervisionFile, book: LawBook): PackEdition | undefined {
  if (!supervised || !openedOn) return undefined;
  for (const party of supervised.parties) {
    const organ = book.organs.organs.get(party);
    const edition = organ && editionFor(book, organ.region, openedOn, SUPERVISION);
    if (edition) return edition;
  }
  return undefined;
}

export const rulesOf = (file: SupervisionFile, book: LawBook): SystemRules | undefined =>
  editionOf(file, book)?.pack.systems[SUPERVISION];

export const thresholdsOf = (file: SupervisionFile, book: LawBook): SupervisionRules | undefined =>
  thresholdsIn(rulesOf(file, book));

export function packOf(file: SupervisionFile, book: LawBook): PackBasis | undefined {
  const edition = editionOf(file, book);
  return edition && { edition: packLabel(edition), digest: edition.digest };
}
