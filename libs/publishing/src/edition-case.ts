import { dayOf, on, type Context, type Decider, type Decision } from '#libs/kernel';
import {
  areaOf,
  editionFacts,
  editionFaults,
  editionShelfAfter,
  emptyEditionShelf,
  lawDigest,
  organOn,
  PACK_CATEGORY,
  type EditionFact,
  type EditionShelf,
  type Fault,
  type LawBook,
  type RulePack,
  type SystemRules,
} from '#libs/law';
import * as commands from './commands.js';
import { reasonIn, undecided } from './four-eyes.js';
import { faulty, refusal } from './refusals.js';

/** What a system cannot do of what a pack names of it, with pointers into its part; by the system's name in packs. */
export type PackFunctions = Readonly<Record<string, (rules: SystemRules) => readonly Fault[]>>;

/*
 * An edition is asked for by one person and approved by another; only the approval has effect. It is checked as a whole,
 * against the editions in hand and against what this program can do, at the request and once more at the approval.
 */

function deciding(functions: PackFunctions): readonly Decision<EditionShelf, EditionFact, LawBook>[] {
  function propose(command: commands.ProposePackEdition, shelf: EditionShelf, context: Context<LawBook>) {
    const pack = sound(command.pack, shelf, { at: '/pack', code: command.code, law: context.law });
    assertInArea(pack, context);
    const data = { pack, digest: lawDigest(pack), ...reasonIn(command) };
    return [{ type: 'RulePackEditionRequested' as const, data }];
  }

  function approve({ request }: commands.ApprovePackEdition, shelf: EditionShelf, context: Context<LawBook>) {
    const { what } = undecided(shelf.requests, request, context);
    assertInArea(sound(what.pack, shelf, { at: '/request', code: what.pack.pack, law: context.law }), context);
    return [{ type: 'RulePackEditionApproved' as const, data: { request } }];
  }

  function refuse({ request, reason }: commands.RefusePackEdition, shelf: EditionShelf, context: Context<LawBook>) {
    const { what } = undecided(shelf.requests, request, context);
    assertInArea(what.pack, context);
    return [{ type: 'RulePackEditionRefused' as const, data: { request, reason } }];
  }

  function sound(
    candidate: object,
    { editions }: EditionShelf,
    { at: root, code, law }: { readonly at: string; readonly code: string; readonly law: LawBook },
  ): RulePack {
    const others = law.editions.filter(({ pack }) => pack.pack !== code);
    const own = editionFaults(candidate, code, [...others, ...editions]);
    // The checks above admit nothing that is not a pack.
    const pack = candidate as RulePack;
    const faults = [...own, ...unknownTo(functions, candidate, own)];
    if (faults.length > 0) throw faulty('PACK_FAULTY', root, faults);
    return pack;
  }

  return [
    on({ command: commands.ProposePackEdition, records: 'RulePackEditionRequested', opens: true, decide: propose }),
    on({ command: commands.ApprovePackEdition, records: 'RulePackEditionApproved', seen: true, decide: approve }),
    on({ command: commands.RefusePackEdition, records: 'RulePackEditionRefused', seen: true, decide: refuse }),
  ];
}

/** What a pack names and this program does not have, in every system whose part `found` finds nothing malformed in. */
export function unknownTo(functions: PackFunctions, candidate: object, found: readonly Fault[]): readonly Fault[] {
  const malformed = found.filter(({ wellFormed }) => !wellFormed).map(({ at }) => at);
  if (malformed.some((at) => at === '' || at === '/systems')) return [];
  // Where nothing is malformed, its systems are those of a pack.
  const { systems } = candidate as Pick<RulePack, 'systems'>;
  return Object.entries(systems).flatMap(([system, rules]) => {
    const root = `/systems/${system}`;
    if (malformed.some((at) => at === root || at.startsWith(`${root}/`))) return [];
    return (functions[system]?.(rules) ?? []).map(({ at, says }) => ({ at: `${root}${at}`, says }));
  });
}

/** An office decides on the law of its own region and of those below, not on that of the city above. @throws Refusal */
function assertInArea({ regions }: RulePack, { recorder, now, law }: Context<LawBook>): void {
  const office = recorder.organ && organOn(law.organs, recorder.organ, dayOf(now));
  const area = office ? areaOf(office.region) : undefined;
  if (area === undefined || regions.some((region) => !region.startsWith(area)))
    throw refusal('LAW_OUT_OF_AREA', { kind: 'notEntitled' });
}

/** 规则包 of one code as a case with a fixed id. What its facts do is said in law/edition-shelf.ts. */
export const editionCase = (functions: PackFunctions): Decider<EditionShelf, EditionFact, LawBook> => ({
  category: PACK_CATEGORY,
  facts: editionFacts,
  initial: emptyEditionShelf,
  evolve: {
    RulePackPublished: editionShelfAfter,
    RulePackEditionRequested: editionShelfAfter,
    RulePackEditionApproved: editionShelfAfter,
    RulePackEditionRefused: editionShelfAfter,
  },
  decisions: deciding(functions),
});
