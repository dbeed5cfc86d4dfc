import { hash } from 'node:crypto';
import type { PackBasis } from './envelope.js';
import type { Recorded } from './fact.js';
import type { Uuid } from './ids.js';
import type { Instant } from './instant.js';
import type { Flag, Schedule } from './judging.js';
import type { CaseSystem } from './system.js';

/** What tells a flag apart from others of its rule about the same facts: for whom, and of which item. */
export const apartOf = ({ holder, item }: Pick<Flag, 'holder' | 'item'>): string | undefined =>
  holder === undefined && item === undefined ? undefined : [holder, item].filter(Boolean).join(' ');

/**
 * By what a flag is known: the same rule, code, facts, organ and item again are the same flag, whatever else its sentence
 * names.
 * @param apart what {@link apartOf} says of it.
 */
export const flagIdentity = (
  { rule, code, about }: Pick<Flag, 'rule' | 'code' | 'about'>,
  apart: string | undefined,
): string => [rule, code, ...[...about].sort(), ...(apart === undefined ? [] : [apart])].join(' ');

/**
 * The flags that may be anomalies; what a person has found already is none, nor what the text itself allows and only informs.
 */
export const candidatesIn = ({ flags }: Pick<Schedule, 'flags'>): readonly Flag[] =>
  flags.filter(({ finding, informs }) => !finding && !informs);

/** One short text for a set of flags: the same for the same set. */
export const identitiesDigest = (identities: readonly string[]): string =>
  hash('sha256', [...new Set(identities)].sort().join('\n'), 'hex');

/** A case that is looked at: what its stream says at its head, by the law in hand. */
export interface LookedAt<Law> {
  readonly category: string;
  readonly case: Uuid;
  readonly parties: readonly Uuid[];
  readonly kindOf: NonNullable<CaseSystem<never, never, Law>['watched']>['kindOf'];
  readonly told: CaseSystem<never, never, Law>['told'];
  /** The edition that governs it. */
  readonly pack: PackBasis | undefined;
  readonly schedule: Schedule;
  /** Every fact of the case as recorded, whatever its kind. */
  readonly history: readonly Recorded[];
  readonly law: Law;
  /** By the clock: what turned up to here has turned. */
  readonly now: Instant;
}

/** A command that follows from what was looked at, and what its id follows from: the same cause makes the same command. */
export interface Caused {
  readonly command: object;
  readonly cause: readonly (string | number)[];
}

/**
 * 监看: what the service records by itself as time goes on, in a file of its own beside each case. It is pure: the case and
 * its file in, commands out, each with an id that follows from its cause; so each is recorded exactly once, however often
 * and in however many processes the same case is looked at.
 */
export interface Watch<State, Law> {
  /** It stands in the ids of its commands: never change it. */
  readonly name: string;
  /** The system of the files. */
  readonly category: string;
  /** The file beside a case; a file is its own. */
  readonly fileOf: (category: string, caseId: Uuid) => Uuid;
  /** What is to be recorded in the file, in this order. @param file as it stands. */
  readonly look: (of: LookedAt<Law>, file: State) => readonly Caused[];
}
