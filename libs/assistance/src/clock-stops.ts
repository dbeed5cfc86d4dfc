import { byOccurrence, closureOf, type Kept } from './case-state.js';
import type { StopCode } from './flag-texts.js';
import type { GovernedCase } from './governed-case.js';

type Act = Omit<Kept, 'data'>;

/** The act that stops a clock, and what it was. */
export interface Stop {
  readonly act: Act;
  readonly by: StopCode;
}

const stoppedBy =
  (by: StopCode) =>
  (act: Act): Stop => ({ act, by });

/**
 * 办结: who closed the case waits for no help any more, and it is nobody's turn to give any (custody-tasks.ts), so the clock
 * runs on no longer either (inferred). What was given by that day, whenever it was recorded, stops it first.
 */
const closing = (of: GovernedCase, answers: readonly Act[]): readonly Stop[] => {
  const closure = closureOf(of);
  return closure && !answers.some(({ on }) => on <= closure.on) ? [stoppedBy('closed')(closure)] : [];
};

const inOrder = (stops: readonly Stop[]): readonly Stop[] => stops.toSorted((a, b) => byOccurrence(a.act, b.act));

/** 截止 — which acts stop a clock, the earliest first, which does. */
export const STOPS: Readonly<Record<string, (of: GovernedCase) => readonly Stop[]>> = {
  /** 请求发出: an urgent request is the request (XM 7(2)), and so stops the clock too. */
  requested: ({ facts }) => facts.AssistanceRequested.map(stoppedBy('requested')),
  /** 提供协助: the text limits the providing, so feedback stops nothing (XM 16(2), recommended reading 2). */
  provided: (of) => {
    const provisions = of.facts.AssistanceProvided;
    return inOrder([...provisions.map(stoppedBy('provided')), ...closing(of, provisions)]);
  },
  /** 提供协助, or the notice that none can be given: after it nothing is left to provide (inferred). */
  answered: (of) => {
    const { AssistanceProvided: provisions, AssistanceInabilityNotified: notices } = of.facts;
    const refusals = notices.filter(({ data }) => data.kind === 'cannotProvide');
    return inOrder([
      ...provisions.map(stoppedBy('provided')),
      ...refusals.map(stoppedBy('cannotProvide')),
      ...closing(of, [...provisions, ...refusals]),
    ]);
  },
};
