import type { AnyFact, CaseSystem, Judged, Recorded } from '#libs/kernel';
import { packLabel, rule, type LawBook, type PackEdition, type SystemRules } from '#libs/law';
import type { CaseAt } from './case-at.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** The pack edition that governs a case, among those in hand. */
export function editionOf<State, F extends AnyFact>(
  system: System<State, F>,
  { state, law }: Pick<CaseAt<State, F>, 'state' | 'law'>,
): PackEdition | undefined {
  const label = system.packOf(state, law)?.edition;
  return law.editions.find((candidate) => packLabel(candidate) === label);
}

/** 文件名称 and 文号 of the text that governs a case, for people. */
export const instrumentOf = ({ pack: { instrument, documentNumber } }: PackEdition): string =>
  `《${instrument}》${documentNumber === undefined ? '' : `（${documentNumber}）`}`;

/** 条款 of a rule the catalogue has. */
export function articleOf(id: string): { readonly article?: string } {
  const article = rule(id)?.article;
  return article === undefined ? {} : { article };
}

/**
 * What was judged of `fact` when it was recorded, a sentence each: the last day of every clock it turned, by the pack's name
 * of it, and each rule that flagged it, by its article and what it says. It is history: what holds now stands in the file.
 */
export function judgedThen({ data }: Recorded, rules: SystemRules | undefined): readonly string[] {
  const { judged = [] } = data as { readonly judged?: readonly Judged[] };
  return judged.flatMap(({ clock, due, provisional, flags }) => {
    const name = rules?.clocks.find((known) => known.clock === clock)?.name ?? clock;
    return [
      ...(due === undefined ? [] : [`${name}至${due}届满${provisional ? '（暂定）' : ''}。`]),
      ...flags.map(marked),
    ];
  });
}

function marked(id: string): string {
  const known = rule(id);
  return known ? `标出${known.article}（大意：${known.says}）〔${id}〕。` : `标出规则${id}。`;
}
