import { UnknownFact, type Recorded } from '#libs/kernel';
import { stepOf, withDecision, withRequest, type AskedLaw } from './asked-law.js';
import type { EditionFact } from './law-facts.js';
import type { PackEdition, RulePack } from './rule-pack.js';

/** 规则包版次 with what was asked and decided about them, of one pack or of several. */
export interface EditionShelf {
  /** In the order in which they took effect. */
  readonly editions: readonly PackEdition[];
  readonly requests: AskedLaw<PackEdition>;
  /** Packs and effective dates that two persons decided on: a program's own data no longer changes them. */
  readonly decided: ReadonlySet<string>;
}

export const emptyEditionShelf: EditionShelf = { editions: [], requests: new Map(), decided: new Set() };

/**
 * The shelf after one more fact of a pack's stream. Of two contents under one label the later recorded one stands, in the
 * place it was recorded at: two installations shipped different data as the same edition. @throws UnknownFact
 */
export function editionShelfAfter(shelf: EditionShelf, fact: Recorded<EditionFact>): EditionShelf {
  switch (fact.type) {
    case 'RulePackPublished':
      return shelf.decided.has(dateLabel(fact.data.pack)) ? shelf : withEdition(shelf, fact.data);
    case 'RulePackEditionRequested': {
      const { pack, digest } = fact.data;
      return { ...shelf, requests: withRequest(shelf.requests, stepOf(fact), { pack, digest }) };
    }
    case 'RulePackEditionApproved':
    case 'RulePackEditionRefused': {
      const outcome = fact.type === 'RulePackEditionApproved' ? 'approved' : 'refused';
      const { requests, decided } = withDecision(shelf.requests, fact.data.request, { ...stepOf(fact), outcome });
      if (!decided || outcome === 'refused') return { ...shelf, requests };
      const dates = new Set([...shelf.decided, dateLabel(decided.what.pack)]);
      return withEdition({ ...shelf, requests, decided: dates }, decided.what);
    }
    default: {
      const { type, version } = fact as Recorded;
      throw new UnknownFact(type, version);
    }
  }
}

function withEdition(shelf: EditionShelf, { pack, digest }: PackEdition): EditionShelf {
  const label = packLabel({ pack, digest });
  return { ...shelf, editions: [...shelf.editions.filter((held) => packLabel(held) !== label), { pack, digest }] };
}

/**
 * `<pack>@<effectiveFrom>#<edition>`: how an event's basis names the edition it was judged by. One without a date is no basis
 * of anything, and says `none`.
 */
export const packLabel = ({ pack }: PackEdition): string => `${dateLabel(pack)}#${pack.edition}`;

const dateLabel = ({ pack, effectiveFrom }: RulePack): string => `${pack}@${effectiveFrom ?? 'none'}`;
