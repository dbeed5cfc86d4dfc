import {
  commonFacts,
  eventIdOf,
  evolved,
  isCommonFact,
  textGeneration,
  type AnyFact,
  type CaseSystem,
  type Clock,
  type Command,
  type CommonDecision,
  type CommonFact,
  type Decided,
  type Decision,
  type FactType,
  type JsonObject,
  type Keys,
  type NewEvent,
  type Recorded,
  type StreamName,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { Issued } from './issued.js';
import type { LawInHand } from './law-shelf.js';
import { caseKey, commandDigest, sealedData } from './sealing.js';
import { envelopeOf, recordingInstant } from './stamping.js';
import type { Standing } from './standing.js';

export interface DraftParts {
  readonly clock: Clock;
  readonly keys: Keys;
}

/** One command on its way: what it is, how it was issued, and which row of the decision table takes it. */
export interface Work<State, F extends AnyFact> {
  readonly system: CaseSystem<State, F, LawBook>;
  readonly decision: Decision<State, F, LawBook> | CommonDecision;
  readonly command: Command;
  readonly issued: Issued;
  readonly stream: StreamName;
  /** Pointer to the first document the command cites that is not in the store; undefined when all of them are. */
  readonly unknownDocument: string | undefined;
}

/** What deciding came to: the facts to record, and the law they were judged by. */
export interface ToRecord<F extends AnyFact> {
  readonly facts: readonly Decided<F | CommonFact>[];
  readonly law: LawInHand;
}

/** The state as it will be, from facts in clear: to judge by, never kept. Facts common to all systems leave it as it is. */
export function stateWith<State, F extends AnyFact>(
  { clock }: DraftParts,
  { system, command, issued }: Work<State, F>,
  standing: Standing<State>,
  facts: readonly Decided<F | CommonFact>[],
): State {
  const recordedAt = recordingInstant(clock, standing.recordedAt);
  return facts
    .filter(({ type }) => !isCommonFact(type))
    .reduce<State>((state, fact, ordinal) => {
      const recorded = {
        ...fact,
        id: eventIdOf(issued.commandId, ordinal),
        revision: standing.revision + 1 + ordinal,
        version: system.decider.facts[fact.type as F['type']].version,
        commandId: issued.commandId,
        commandDigest: '',
        recorder: issued.recorder,
        basis: {},
        occurredAt: command.occurredAt,
        recordedAt,
      } as unknown as Recorded<F>;
      return evolved(system.decider.evolve, state, recorded);
    }, standing.state);
}

/**
 * The events of a command, ready to append: ids from the command, marked values sealed, one recordedAt for all. Every
 * key they need is durable when this returns.
 */
export async function draftOf<State, F extends AnyFact>(
  parts: DraftParts,
  work: Work<State, F>,
  standing: Standing<State>,
  { facts, law }: ToRecord<F>,
): Promise<NewEvent[]> {
  const { system, issued, command } = work;
  const { keys, clock } = parts;
  const types: Readonly<Record<string, FactType>> = { ...system.decider.facts, ...commonFacts };
  const pack =
    system.packOf(standing.state, law.book) ?? system.packOf(stateWith(parts, work, standing, facts), law.book);
  const generation = textGeneration(facts, issued.caseId, standing.textGeneration);
  const text = await caseKey(keys, issued.caseId, standing.revision < 0, generation);
  const stamp = {
    commandId: issued.commandId,
    commandDigest: commandDigest(issued.said, text),
    correlationId: issued.caseId,
    recorder: issued.recorder,
    basis: { ...(pack === undefined ? {} : { pack }), ...law.basis },
    occurredAt: command.occurredAt,
    recordedAt: recordingInstant(clock, standing.recordedAt),
  };
  return Promise.all(
    facts.map(async (fact, ordinal) => {
      const type = types[fact.type];
      if (!type) throw new Error(`${fact.type} is no fact of ${system.decider.category}`);
      const id = eventIdOf(issued.commandId, ordinal);
      const data = await sealedData(fact.data as JsonObject, { type, seals: fact.seals }, { event: id, text, keys });
      return { id, type: fact.type, data, metadata: envelopeOf(stamp, type.version) };
    }),
  );
}
