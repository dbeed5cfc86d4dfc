import {
  changed,
  changesIn,
  claimedTitle,
  commonSentence,
  dayOfOccurrence,
  documentsOf,
  documentSubject,
  isCommonFact,
  itemNumber,
  subjectMatter,
  textSubjects,
  valueAt,
  type About,
  type AnyFact,
  type CaseSystem,
  type CommonFact,
  type CorrectionRequested,
  type ErasureRequested,
  type Json,
  type LegalDate,
  type Names,
  type Occurrence,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';

/** A case as one reader is shown it: of which system, and its facts, opened. */
export interface ShownCase<State, F extends AnyFact> {
  readonly system: CaseSystem<State, F, LawBook>;
  readonly id: Uuid;
  readonly facts: readonly Recorded[];
  /** Names of organs as they were on a day. */
  readonly namesOn: (day: LegalDate) => Names;
}

/** 更正 of one field, beside the fact as it was recorded. */
export interface CorrectionShown {
  /** The events that asked for it and that gave it effect. */
  readonly request: Uuid;
  readonly correctedBy: Uuid;
  readonly pointer: string;
  readonly field: string;
  /** Left out where nothing stood, or stands now. */
  readonly before?: Json;
  readonly after?: Json;
}

/** What the timeline shows beside a fact that was corrected: each correction in turn, and how the fact reads by now. */
export interface CorrectedShown {
  readonly corrections?: readonly CorrectionShown[];
  readonly nowReads?: { readonly occurredAt: Occurrence; readonly sentence: string };
}

/** The corrections of `fact`, and how it reads with them. */
export function correctionsShown<State, F extends AnyFact>(of: ShownCase<State, F>, fact: Recorded): CorrectedShown {
  const changes = changesIn(of.facts).filter(({ request }) => request.data.corrects === fact.id);
  if (changes.length === 0) return {};
  let standing = fact;
  const corrections = changes.map(({ request, decision }): CorrectionShown => {
    const { pointer } = request.data;
    const before = valueAt(standing, pointer) as Json | undefined;
    standing = changed(standing, request.data);
    const after = valueAt(standing, pointer) as Json | undefined;
    return {
      request: request.id,
      correctedBy: decision.id,
      pointer,
      field: titleOf(of, fact, pointer),
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    };
  });
  return { corrections, nowReads: { occurredAt: standing.occurredAt, sentence: sentenceOf(of, standing) } };
}

/** The sentence of any fact, the system's own or one common to all. */
export function sentenceOf<State, F extends AnyFact>(of: ShownCase<State, F>, fact: Recorded): string {
  const names = of.namesOn(dayOfOccurrence(fact.occurredAt));
  // Not one of the common facts, so it is one of the system's own.
  if (!isCommon(fact))
    return of.system.sentence(
      fact as unknown as Recorded<F>,
      names,
      of.facts as unknown as readonly Recorded<F | CommonFact>[],
    );
  return commonSentence(fact, aboutOf(of, fact), names);
}

function aboutOf<State, F extends AnyFact>(of: ShownCase<State, F>, fact: Recorded<CommonFact>): About {
  const request = 'request' in fact.data ? subjectMatter(fact, of.facts) : fact;
  if (request?.type === 'ErasureRequested') {
    const { subject } = request.data as ErasureRequested['data'];
    if (textSubjects(of.facts, of.id).includes(subject)) return { erased: 'text' };
    const isDocument = of.facts.some(({ data }) =>
      documentsOf(data).some(({ digest }) => documentSubject(digest) === subject),
    );
    return isDocument ? { erased: 'document' } : {};
  }
  const corrected = request && subjectMatter(request, of.facts);
  if (!corrected) return {};
  const { pointer } = request.data as CorrectionRequested['data'];
  return { item: itemNumber(corrected), field: titleOf(of, corrected, pointer) };
}

const titleOf = <State, F extends AnyFact>(
  { system }: ShownCase<State, F>,
  { type }: Recorded,
  pointer: string,
): string => claimedTitle(system.decider.decisions, type, pointer) ?? pointer;

const isCommon = (fact: Recorded): fact is Recorded<CommonFact> => isCommonFact(fact.type);
