import { oncePerLaw, type LegalDate, type PackBasis, type Uuid } from '#libs/kernel';
import { editionFor, organAbout, packLabel, type LawBook, type PackEdition, type SystemRules } from '#libs/law';
import { requestOf, type AssistanceCase, type Kept } from './case-state.js';

/** The system's name in a rule pack. */
export const SYSTEM = 'assistance';

/** The law that applies to one case, with everything else in hand that judging needs. */
export interface CaseLaw {
  readonly edition: PackEdition;
  readonly rules: SystemRules;
  readonly book: LawBook;
}

/** A case under the law that governs it. Before a request it is the requesting organ's alone. */
export interface GovernedCase extends CaseLaw {
  readonly facts: AssistanceCase['facts'];
  readonly requesting: Uuid;
  readonly request?: Kept<'AssistanceRequested'>;
}

/** A governed case in which help was asked for. */
export interface RequestedCase extends GovernedCase {
  readonly request: Kept<'AssistanceRequested'>;
}

export const isRequested = <C extends GovernedCase>(of: C): of is C & RequestedCase => of.request !== undefined;

/**
 * 适用规则: that of the region the organ was in on `day`, as in force on it (XM-28-1). So a new law never reaches an old case, and a
 * corrected edition re-judges it.
 */
export function lawOn(book: LawBook, organId: Uuid, day: LegalDate): CaseLaw | undefined {
  const organ = organAbout(book.organs, organId, day);
  const edition = organ && editionFor(book, organ.region, day, SYSTEM);
  const rules = edition?.pack.systems[SYSTEM];
  return edition && rules ? { edition, rules, book } : undefined;
}

/**
 * The case under its law: that of the requested organ's region on the day of the request, because the duties and the
 * clock are the requested organ's; before a request, that of the requesting organ's on the day of the first obstacle.
 * Undefined before both, and where no law in hand applies.
 */
export const governed = oncePerLaw((state: AssistanceCase, book: LawBook): GovernedCase | undefined => {
  const { facts } = state;
  const request = requestOf(state);
  if (request) {
    const { requested, requesting } = request.data;
    const law = lawOn(book, requested, request.on);
    return law && { ...law, requesting, request, facts };
  }
  const [obstacle] = facts.AssistanceObstacleNoted;
  const law = obstacle && lawOn(book, obstacle.data.requesting, obstacle.on);
  return law && { ...law, requesting: obstacle.data.requesting, facts };
});

/** The edition that governs the case, as an event's basis names it. */
export function packOf(state: AssistanceCase, book: LawBook): PackBasis | undefined {
  const edition = governed(state, book)?.edition;
  return edition && { edition: packLabel(edition), digest: edition.digest };
}

/** The rule a refusal cites: the one the pack's check of this name speaks for, where the pack has it. */
export function citing(rules: SystemRules | undefined, check: string): { readonly rule?: string } {
  const rule = rules?.checks.find((known) => known.check === check)?.rule;
  return rule === undefined ? {} : { rule };
}

/** 差错可纠: the rule that the pack says corrections rest on. */
export function correctionRule(state: AssistanceCase, book: LawBook): string | undefined {
  const rule = governed(state, book)?.rules.values.correctionRule;
  return typeof rule === 'string' ? rule : undefined;
}

/** 情形紧迫: the request rests on a ground that the pack calls pressing. */
export const isPressing = ({ request, rules }: Pick<RequestedCase, 'request' | 'rules'>): boolean =>
  request.data.grounds.some(({ code }) => listOf(rules, 'pressingGrounds').includes(code));

/** {@link isPressing} of a case under its law, where one in hand governs it. */
export function isPressingCase(state: AssistanceCase, book: LawBook): boolean {
  const of = governed(state, book);
  return of !== undefined && isRequested(of) && isPressing(of);
}

/** A value of the pack that is a list of texts; empty when the pack does not have it. */
export function listOf(rules: SystemRules, name: string): readonly string[] {
  const value = rules.values[name];
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** A switch of the pack; off when the pack does not have it. */
export const isOn = (rules: SystemRules, name: string): boolean => rules.values[name] === true;
