import type { By, LegalDate, NamedOfficer, Uuid } from '#libs/kernel';
import { appointmentsOf, standingFor, type OrganRegister } from '#libs/law';
import { byOccurrence, type AssistanceCase, type Kept } from './case-state.js';
import type { Side } from './facts/index.js';

/** A fact that names somebody as handling the case. */
interface Naming {
  readonly fact: Omit<Kept, 'data'>;
  readonly by: By | undefined;
}

type Facts = AssistanceCase['facts'];

const byThem = (facts: readonly Kept[]): readonly Naming[] => facts.map((fact) => ({ fact, by: fact.data.by }));

/** 台账所列负责人员 of a side (XM-15-5): the first its register names. */
const registered = ({ AssistanceRegisterEntryMade: entries }: Facts, of: Side): readonly Naming[] =>
  entries.filter(({ data }) => data.side === of).map((fact) => ({ fact, by: fact.data.responsible?.[0] }));

const NAMINGS: Readonly<Record<Side, (facts: Facts) => readonly Naming[]>> = {
  requesting: (facts) => [
    ...byThem(facts.AssistanceObstacleNoted),
    ...byThem(facts.AssistanceRequestForgone),
    ...facts.AssistanceRequested.map((fact) => ({ fact, by: fact.data.by ?? fact.data.emergency?.caller })),
    ...byThem(facts.AssistanceFormalitiesMadeUp),
    ...byThem(facts.AssistanceMaterialsHandedOver),
    ...registered(facts, 'requesting'),
  ],
  /** Who was told of an urgent request (XM-7-2), took it up, worked on it, gave help (XM-14-1). */
  requested: (facts) => [
    ...facts.AssistanceRequested.map((fact) => ({ fact, by: fact.data.emergency?.receiver })),
    ...byThem(facts.AssistanceAccepted),
    ...byThem(facts.AssistanceStepRecorded),
    ...byThem(facts.AssistanceProvided),
    ...registered(facts, 'requested'),
  ],
};

/**
 * 具名承办人 of a side, in the order of the acts that name them. Whoever approves, decides or signs for the organ without
 * handling the case is none, nor is one who is named as of another organ than the side's, or its successor by that day.
 */
export const officersOf = (
  facts: Facts,
  side: Side,
  { organ, register }: { readonly organ: Uuid; readonly register: OrganRegister },
): readonly NamedOfficer[] =>
  [...NAMINGS[side](facts)]
    .toSorted((a, b) => byOccurrence(a.fact, b.fact))
    .flatMap(({ fact: { occurredAt, event, on }, by }) =>
      by && [organ, standingFor(register, organ, on)].includes(by.organ)
        ? [{ person: by.person, post: by.post, from: occurredAt, event }]
        : [],
    );

/** Whether a person is named as of the organ, or its successor by that day, and by the register held a post there then. */
export function isOfOrgan(register: OrganRegister, by: By, { organ, on }: { organ: Uuid; on: LegalDate }): boolean {
  const theirs = standingFor(register, organ, on);
  return by.organ === theirs && appointmentsOf(register, by.person, on).some((held) => held.organ === theirs);
}
