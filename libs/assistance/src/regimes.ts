import type { LegalDate } from '#libs/kernel';
import type { Suspension } from '#libs/law';

interface Dated {
  readonly on: LegalDate;
}

/** Beginnings and ends, each in the order of their days. */
interface Turns {
  readonly AssistanceEmergencyRegimeActivated: readonly Dated[];
  readonly AssistanceEmergencyRegimeEnded: readonly Dated[];
}

/**
 * 突发事件或者紧急状态下的处置 (XM 17): the stretches of days on which at least one regime was in force, in order. Several may be
 * in force at once. An end is the first day without one of those that began by then; where none did, it ends nothing.
 * @param begunBy leaves out regimes that began later.
 */
export function regimesIn(facts: Turns, begunBy?: LegalDate): readonly Suspension[] {
  const begun = facts.AssistanceEmergencyRegimeActivated.filter(({ on }) => begunBy === undefined || on <= begunBy);
  const turns = [
    ...begun.map(({ on }) => ({ on, by: 1 })),
    ...facts.AssistanceEmergencyRegimeEnded.map(({ on }) => ({ on, by: -1 })),
  ].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : b.by - a.by));
  const stretches: Suspension[] = [];
  let inForce = 0;
  let from: LegalDate | undefined;
  for (const { on, by } of turns) {
    inForce = Math.max(0, inForce + by);
    if (inForce > 0) from ??= on;
    else if (from !== undefined) {
      stretches.push({ from, to: on });
      from = undefined;
    }
  }
  return from === undefined ? stretches : [...stretches, { from }];
}

/** Ends by whose day none had begun that had not ended, each to be looked at: a day is likely wrong. */
export function endsOfNothing<T extends Dated>(facts: {
  readonly AssistanceEmergencyRegimeActivated: readonly Dated[];
  readonly AssistanceEmergencyRegimeEnded: readonly T[];
}): readonly T[] {
  let ended = 0;
  return facts.AssistanceEmergencyRegimeEnded.filter((end) => {
    const begun = facts.AssistanceEmergencyRegimeActivated.filter(({ on }) => on <= end.on).length;
    if (begun <= ended) return true;
    ended += 1;
    return false;
  });
}

/** Whether one of them has not ended. */
export const isInForce = (regimes: readonly Suspension[]): boolean => regimes.some(({ to }) => to === undefined);
