import type { By, Context, Uuid } from '#libs/kernel';
import type { CodeEntry, LawBook, SystemRules } from '#libs/law';
import { requestOf, type AssistanceCase, type DataOf } from './case-state.js';
import type { CodedGround, Particular, Side } from './facts/index.js';
import { citing } from './governed-case.js';
import { refusal } from './refusals.js';
import { sideFor } from './sides.js';

type Asked = Pick<Context<LawBook>, 'law'>;

export function assertOrgan(organ: Uuid | undefined, pointer: string, { law }: Asked): void {
  if (organ !== undefined && !law.organs.organs.has(organ))
    throw refusal('UNKNOWN_ORGAN', { kind: 'malformed', pointer });
}

/** 行为人 must be registered. Whether they were entitled is judged, not refused. */
export function assertBy(by: Pick<By, 'person' | 'organ'> | undefined, context: Asked, at = '/by'): void {
  if (by === undefined) return;
  if (!context.law.organs.persons.has(by.person))
    throw refusal('UNKNOWN_PERSON', { kind: 'malformed', pointer: `${at}/person` });
  assertOrgan(by.organ, `${at}/organ`, context);
}

/** A code of the pack's list. What is refused cites the rule the whole list stands for, where it is one. */
export function assertCode(rules: SystemRules, list: string, code: string, pointer: string): CodeEntry {
  const entries = rules.codes[list] ?? [];
  const entry = entries.find((known) => known.code === code);
  if (entry) return entry;
  const [rule, another] = new Set(entries.map((known) => known.rule));
  throw refusal('UNKNOWN_CODE', {
    kind: 'malformed',
    pointer,
    values: { code },
    ...(rule !== undefined && another === undefined && { rule }),
  });
}

/** A code that stands for 其他 says what is meant. */
function assertExplained({ code, open, rule }: CodeEntry, note: unknown, pointer: string): void {
  if (open && note === undefined)
    throw refusal('NOTE_REQUIRED', { kind: 'incomplete', pointer, values: { code }, ...(rule && { rule }) });
}

export function assertProof(rules: SystemRules, proof: DataOf['AssistanceRequestDelivered']['proof']): void {
  if (proof) assertExplained(assertCode(rules, 'deliveryProofs', proof.kind, '/proof/kind'), proof.note, '/proof/note');
}

/** Each coded ground is of the pack's list, 其他 is explained, and what is told beside it has a name of the pack. */
export function assertGrounds(
  rules: SystemRules,
  grounds: readonly CodedGround[],
  { list, at }: { readonly list: string; readonly at: string },
): void {
  grounds.forEach(({ code, note, particulars = [] }, index) => {
    assertExplained(assertCode(rules, list, code, `${at}/${index}/code`), note, `${at}/${index}/note`);
    assertParticulars(rules, particulars, `${at}/${index}/particulars`);
  });
}

export function assertParticulars(rules: SystemRules, particulars: readonly Particular[], at: string): void {
  particulars.forEach(({ name }, index) => assertCode(rules, 'particulars', name, `${at}/${index}/name`));
}

export function assertClasses(rules: SystemRules, matterClasses: readonly string[]): void {
  matterClasses.forEach((code, index) => assertCode(rules, 'matterClasses', code, `/matterClasses/${index}`));
}

type AskedCodes = Pick<DataOf['AssistanceRequested'], 'form' | 'duration' | 'matterClasses' | 'grounds' | 'emergency'>;

/** Every code of a request is the pack's. Which ground is chosen is never a reason to refuse. */
export function assertRequestCodes(rules: SystemRules, asked: AskedCodes): void {
  const { form, duration, matterClasses, grounds, emergency } = asked;
  const { needsEmergency } = assertCode(rules, 'forms', form, '/form');
  if (needsEmergency && !emergency)
    throw refusal('EMERGENCY_REQUIRED', {
      kind: 'incomplete',
      pointer: '/emergency',
      ...citing(rules, 'emergencyRecorded'),
    });
  if (duration !== undefined) assertCode(rules, 'durations', duration, '/duration');
  assertClasses(rules, matterClasses);
  assertGrounds(rules, grounds, { list: 'grounds', at: '/grounds' });
  if (!emergency) return;
  assertGrounds(rules, emergency.grounds, { list: 'emergencyGrounds', at: '/emergency/grounds' });
  const channel = assertCode(rules, 'emergencyChannels', emergency.channel, '/emergency/channel');
  assertExplained(channel, emergency.channelNote, '/emergency/channelNote');
}

export function assertCause(
  rules: SystemRules,
  {
    cause,
    causeNote,
    particulars = [],
  }: Pick<DataOf['AssistanceInabilityNotified'], 'cause' | 'causeNote' | 'particulars'>,
): void {
  if (cause !== undefined)
    assertExplained(assertCode(rules, 'inabilityCauses', cause, '/cause'), causeNote, '/causeNote');
  assertParticulars(rules, particulars, '/particulars');
}

/** 请求已经提出: an act on a request makes no sense before there is one. */
export function assertRequested(state: AssistanceCase): void {
  if (!requestOf(state)) throw refusal('NOT_REQUESTED', { kind: 'impossible' });
}

/** Which party the recorder's organ is. Who may record at all is the policy's to say. */
export function sideOf(state: AssistanceCase, { recorder, law }: Pick<Context<LawBook>, 'recorder' | 'law'>): Side {
  return (recorder.organ && sideFor(state, recorder.organ, law.organs)) ?? 'requesting';
}
