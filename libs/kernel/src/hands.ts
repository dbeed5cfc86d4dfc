import { changed, changesIn, type Correctable } from './corrected.js';
import { commonRefusal } from './common-refusals.js';
import type { Context } from './decider.js';
import type { Recorder } from './envelope.js';
import type { Recorded } from './fact.js';
import { isUuid, type Uuid } from './ids.js';
import type { Relation } from './policy.js';
import type { RefusalDetail } from './refusal.js';

/** The rule that a refusal cites, where the law of the case has one. */
export type Cited = Pick<RefusalDetail, 'rule'>;

/** See `WholeCase.behind`. */
type Behind = (recorder: Recorder) => readonly Uuid[];

/** Whether a fact is the recorder's to ask about or to decide on: their organ recorded it, or one it succeeded, or they supervise. */
export const isTheirs = (
  { recorder }: Recorded,
  { relation, standing }: { readonly relation: Relation; readonly standing: (organ: Uuid) => Uuid },
  context: Context<unknown>,
): boolean =>
  relation === 'supervising' ||
  (recorder.organ !== undefined &&
    [recorder.organ, standing(recorder.organ)].some((organ) => organ === context.recorder.organ));

/**
 * Everybody with a hand in a fact as it stands: who recorded it, whom it names as having acted, on paper or as corrected
 * since, and who asked for a correction of it that took effect.
 */
export function handsIn(fact: Recorded, facts: readonly Recorded[], behind: Behind): ReadonlySet<Uuid> {
  const hands = new Set([...behind(fact.recorder), ...personsIn(fact.data)]);
  let standing: Correctable = fact;
  for (const { request } of changesIn(facts).filter((change) => change.request.data.corrects === fact.id)) {
    standing = changed(standing, request.data);
    for (const person of [...behind(request.recorder), ...personsIn(standing.data)]) hands.add(person);
  }
  return hands;
}

/**
 * 四眼: a request is decided on by another person than who asked, and by nobody with a hand in what it is about, under
 * whatever account, appointment or role. The person is compared, and who acted on paper counts like who recorded. Who acts
 * by delegation decides for the one they act for: both must be others.
 */
export function assertFourEyes(
  request: Recorded,
  hands: ReadonlySet<Uuid>,
  deciders: readonly Uuid[],
  { behind, cited }: { readonly behind: Behind; readonly cited: Cited },
): void {
  const askers = behind(request.recorder);
  if (deciders.some((person) => askers.includes(person)))
    throw commonRefusal('DECIDER_ASKED', { kind: 'notEntitled', ...cited });
  if (deciders.some((person) => hands.has(person)))
    throw commonRefusal('DECIDER_INVOLVED', { kind: 'notEntitled', ...cited });
}

/** Every person named below `value`: `{person, organ, post}` under any name. */
export function personsIn(value: unknown): readonly Uuid[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'person' && isUuid(item) ? [item] : personsIn(item)));
}
