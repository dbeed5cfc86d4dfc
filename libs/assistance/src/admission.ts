import type { By, Context, Uuid } from '#libs/kernel';
import type { CodeEntry, LawBook, SystemRules } from '#libs/law';
import type { DataOf } from './case-state.js';
import { refusal } from './refusals.js';

type Asked = Pick<Context<LawBook>, 'law'>;

export function assertOrgan(organ: Uuid | undefined, pointer: string, { law }: Asked): void {
  if (organ !== undefined && !law.organs.organs.has(organ))
    throw refusal('UNKNOWN_ORGAN', { kind: 'malformed', pointer });
}

/** 行为人 must be registered. Whether they were entitled is judged, not refused. */
export function assertBy(by: By | undefined, context: Asked): void {
  if (by === undefined) return;
  if (!context.law.organs.persons.has(by.person))
    throw refusal('UNKNOWN_PERSON', { kind: 'malformed', pointer: '/by/person' });
  assertOrgan(by.organ, '/by/organ', context);
}

/** A code of the pack's list. */
export function assertCode(rules: SystemRules, list: string, code: string, pointer: string): CodeEntry {
  const entry = rules.codes[list]?.find((known) => known.code === code);
  if (!entry) throw refusal('UNKNOWN_CODE', { kind: 'malformed', pointer, values: { code } });
  return entry;
}

/** A code that stands for 其他 says what is meant. */
function assertExplained({ code, open, rule }: CodeEntry, note: unknown, pointer: string): void {
  if (open && note === undefined)
    throw refusal('NOTE_REQUIRED', { kind: 'incomplete', pointer, values: { code }, ...(rule && { rule }) });
}

export function assertProof(rules: SystemRules, proof: DataOf['AssistanceRequestDelivered']['proof']): void {
  if (proof) assertExplained(assertCode(rules, 'deliveryProofs', proof.kind, '/proof/kind'), proof.note, '/proof/note');
}

/** Every code of a request is the pack's. Which ground is chosen is never a reason to refuse. */
export function assertRequestCodes(
  rules: SystemRules,
  {
    form,
    duration,
    matterClasses,
    grounds,
  }: Pick<DataOf['AssistanceRequested'], 'form' | 'duration' | 'matterClasses' | 'grounds'>,
): void {
  assertCode(rules, 'forms', form, '/form');
  if (duration !== undefined) assertCode(rules, 'durations', duration, '/duration');
  matterClasses.forEach((code, index) => assertCode(rules, 'matterClasses', code, `/matterClasses/${index}`));
  grounds.forEach(({ code, note }, index) =>
    assertExplained(assertCode(rules, 'grounds', code, `/grounds/${index}/code`), note, `/grounds/${index}/note`),
  );
}
