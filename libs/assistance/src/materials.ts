import type { AssistanceCase, Kept } from './case-state.js';

/** 辅助和佐证资料 of a case (XM 6(2)). */
export interface Materials {
  /** Copies, of all kinds together. */
  readonly handedOver: number;
  readonly outstanding: number;
  readonly unknown: readonly Kept<'AssistanceMaterialsReturned'>[];
}

/** What went over and what came back, kind by kind: a kind too many does not make up for another that is missing. */
export function materialsOf(facts: AssistanceCase['facts']): Materials {
  const balance = new Map<string, number>();
  const unknown = new Set<Kept<'AssistanceMaterialsReturned'>>();
  let handedOver = 0;
  for (const { event, data } of [...facts.AssistanceRequested, ...facts.AssistanceMaterialsHandedOver])
    data.materials?.forEach(({ copies }, item) => {
      balance.set(`${event} ${item}`, copies);
      handedOver += copies;
    });
  for (const act of facts.AssistanceMaterialsReturned)
    for (const { handedOver: event, item, copies } of act.data.returned) {
      const left = balance.get(`${event} ${item}`);
      if (left === undefined || copies > left) unknown.add(act);
      if (left !== undefined) balance.set(`${event} ${item}`, Math.max(left - copies, 0));
    }
  const outstanding = [...balance.values()].reduce((sum, left) => sum + left, 0);
  return { handedOver, outstanding, unknown: [...unknown] };
}
