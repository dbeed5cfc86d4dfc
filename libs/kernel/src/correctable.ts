import { decidedAnew, type Anew } from './claim.js';
import type { WholeCase } from './common-decision.js';
import { commonRefusal } from './common-refusals.js';
import { changed, changesIn, type Correctable, type Placed } from './corrected.js';
import type { CorrectionRequested } from './correction.js';
import type { Context, Seals } from './decider.js';
import { markedPlaces, type AnyFact, type FactType, type Recorded } from './fact.js';
import type { Cited } from './hands.js';
import type { Uuid } from './ids.js';
import { valueAt } from './json.js';
import { Refusal } from './refusal.js';

const LIST_ELEMENT = /\/\d+$/;

/** A fact that is to be corrected: as it was recorded, and as it stands with the corrections made so far. */
export interface Target<F extends AnyFact> {
  readonly original: Recorded<F>;
  readonly standing: Correctable;
}

/** Whether an element is taken out of a list, which then closes up. Members of objects are never named by a number. */
export const isTakenOut = ({ pointer, after }: Placed): boolean => after === undefined && LIST_ELEMENT.test(pointer);

/** Whether there is a place for a value: what holds it stands, and a list has at least as many elements before it. */
export function hasPlace(standing: Correctable, { pointer, after }: Placed): boolean {
  const cut = pointer.lastIndexOf('/');
  const parent = cut === 0 ? standing : valueAt(standing, pointer.slice(0, cut));
  if (parent === null || typeof parent !== 'object') return false;
  if (!Array.isArray(parent)) return true;
  return Number(pointer.slice(cut + 1)) < parent.length + (after === undefined ? 0 : 1);
}

/**
 * The fact as the system would have stored it, had it been claimed with the change. What already would be refused of the
 * fact as it stands is not the change's doing. @throws Refusal
 */
export function recordable<State, F extends AnyFact, Law>(
  { original, standing }: Target<F>,
  change: Placed,
  of: WholeCase<State, F, Law>,
  context: Context<Law> & { readonly cited: Cited; readonly pointer?: string },
): Correctable {
  const claimed = changed(standing, change);
  const anew = decidedAnew(of, original, claimed, context);
  if ('data' in anew) return anew;
  if (whyNot(decidedAnew(of, original, standing, context)) === whyNot(anew)) return claimed;
  const at = context.pointer === undefined ? {} : { pointer: context.pointer };
  if (!(anew instanceof Refusal))
    throw commonRefusal('AFTER_MALFORMED', {
      kind: 'malformed',
      values: { reason: anew.fault },
      ...at,
      ...context.cited,
    });
  const { pointer: _of, ...detail } = anew.detail;
  throw new Refusal(anew.code, { ...detail, ...at });
}

const whyNot = (anew: Anew): string | undefined =>
  anew instanceof Refusal ? anew.code : 'fault' in anew ? anew.fault : undefined;

/** How `after` is sealed in the correction itself: as the fields are marked that it stands for in `fact`. */
export function sealsFor(fact: Correctable, pointer: string, type: FactType): Seals {
  const places = markedPlaces(fact.data, type)
    .map(([place, mark]) => [`/data${place}`, mark] as const)
    .filter(([place]) => isWithin(place, pointer) && valueAt(fact, place) !== undefined);
  return Object.fromEntries(
    places.map(([place, mark]) => [
      `/after${place.slice(pointer.length)}`,
      // What is personal stands beside the subject whose it is.
      mark === 'text' ? mark : (valueAt(fact, `${place.slice(0, place.lastIndexOf('/'))}/subject`) as Uuid),
    ]),
  );
}

/** Whether, since it was asked for, a correction took effect that leads through the same place of the same fact. */
export function isOvertaken({ revision, data }: Recorded<CorrectionRequested>, facts: readonly Recorded[]): boolean {
  return changesIn(facts)
    .filter(({ request, decision }) => request.data.corrects === data.corrects && decision.revision > revision)
    .some(({ request }) => {
      const { pointer } = request.data;
      // An element taken out moves those behind it.
      const place = isTakenOut(request.data) ? pointer.replace(LIST_ELEMENT, '') : pointer;
      return isWithin(place, data.pointer) || isWithin(data.pointer, place);
    });
}

const isWithin = (place: string, outer: string): boolean => place === outer || place.startsWith(`${outer}/`);
