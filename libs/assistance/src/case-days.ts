import type { LegalDate, Uuid } from '#libs/kernel';
import type { AssistanceCase, Kept } from './case-state.js';

/** The day each act of the case took place, by its fact. */
export const daysIn = ({ facts }: AssistanceCase): ReadonlyMap<Uuid, LegalDate> =>
  new Map((Object.values(facts).flat() as readonly Kept[]).map(({ event, on }) => [event, on]));
