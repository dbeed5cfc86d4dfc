import type { LegalDate, Uuid } from '#libs/kernel';
import type { OrganTraits } from './register-facts.js';

/** An organ as the last of its changes left it. What it was on a day: register-questions.ts. */
export interface Organ extends OrganTraits {
  readonly id: Uuid;
  /** 撤销: the first day without it. */
  readonly abolishedOn?: LegalDate;
  /** 并入. */
  readonly mergedInto?: Uuid;
}

/** What becomes of an organ on a day. */
export type OrganTurn = Partial<Omit<Organ, 'id'>> & { readonly noSuperior?: true };

/** 沿革: what an organ was from a day on, and what made it so. Without `from`: since before the register began. */
export interface OrganSpan {
  readonly from?: LegalDate;
  readonly turn: OrganTurn;
  readonly organ: Organ;
}

/**
 * The history with one more turn in its place: changes may be recorded in any order of the days they take effect on.
 * Of two on one day the later recorded one stands last. A turn before the organ's first day changes nothing.
 */
export function turned(history: readonly OrganSpan[], on: LegalDate, turn: OrganTurn): readonly OrganSpan[] {
  const later = history.findIndex(({ from }) => from !== undefined && from > on);
  const at = later < 0 ? history.length : later;
  const before = history[at - 1];
  if (!before) return history;
  const spans = [...history.slice(0, at)];
  let { organ } = before;
  for (const next of [{ from: on, turn }, ...history.slice(at)]) {
    organ = became(organ, next.turn);
    spans.push({ ...next, organ });
  }
  return spans;
}

function became(organ: Organ, { noSuperior, ...turn }: OrganTurn): Organ {
  const { superior: _superior, ...alone } = organ;
  return { ...(noSuperior ? alone : organ), ...turn };
}
