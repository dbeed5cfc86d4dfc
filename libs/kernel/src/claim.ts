import type { WholeCase } from './common-decision.js';
import { corrected, type Correctable } from './corrected.js';
import { fold, type Context, type Decision } from './decider.js';
import type { AnyFact, Recorded } from './fact.js';
import { keysOf } from './json.js';
import { Refusal } from './refusal.js';
import { isErased, isSealed } from './sealed.js';
import { fieldTitle, shaped } from './shape.js';

/** Stands for a value nobody opens here, so that what it stands in can be checked for its shape. */
const UNOPENED = '密封内容';

type Rows<State, F extends AnyFact, Law> = readonly Decision<State, F, Law>[];

/**
 * The name for people of the field that a pointer into {occurredAt, data} of such a fact leads to, where its recorder
 * claimed that field: it stands under the same name in the command that records such facts. Undefined for everything
 * else: what was judged, subjects, parties, and whatever a decision added by itself.
 */
export function claimedTitle<State, F extends AnyFact, Law>(
  rows: Rows<State, F, Law>,
  type: string,
  pointer: string,
): string | undefined {
  const [root, ...below] = keysOf(pointer);
  const keys = root === 'occurredAt' ? [root, ...below] : below;
  if ((root !== 'data' && root !== 'occurredAt') || (root === 'data' && below[0] === 'occurredAt')) return undefined;
  if (keys.length === 0) return undefined;
  for (const { records, command } of rows) {
    const title = records === type ? fieldTitle(command, keys) : undefined;
    if (title !== undefined) return title;
  }
  return undefined;
}

/** What comes of recording a fact anew as it would then have been claimed: its stored form, or why it would be refused. */
export type Anew = Correctable | { readonly fault: string } | Refusal;

/**
 * Decides anew on `claimed`, a form of `original` with other values, in the state before the original was recorded and as
 * its own recorder: so a corrected fact is never one that could not have been recorded. Sealed values stay unopened.
 */
export function decidedAnew<State, F extends AnyFact, Law>(
  of: WholeCase<State, F, Law>,
  original: Recorded<F>,
  claimed: Correctable,
  context: Context<Law>,
): Anew {
  const { decider } = of;
  const { occurredAt, data } = claimed;
  const earlier = corrected<F>(of.facts).filter(({ revision }) => revision < original.revision);
  let outcome: Anew = { fault: `${original.type}` };
  for (const row of decider.decisions.filter(({ records }) => records === original.type)) {
    const command = shaped(row.command, { ...(unopened(data) as object), occurredAt });
    if ('fault' in command) {
      outcome = command;
      continue;
    }
    try {
      const facts = row.decide(command.instance, fold(decider, earlier), {
        ...context,
        recorder: original.recorder,
        subjectAt: (pointer) => context.subjectAt(`/after${pointer}`),
      });
      const same = facts.find(({ type }) => type === original.type);
      if (same) return { occurredAt: command.instance.occurredAt, data: same.data };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      outcome = error;
    }
  }
  return outcome;
}

function unopened(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (isSealed(value) || isErased(value)) return UNOPENED;
  if (Array.isArray(value)) return value.map(unopened);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unopened(item)]));
}
