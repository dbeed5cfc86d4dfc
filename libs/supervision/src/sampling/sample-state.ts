import { dayOfOccurrence, type Evolve, type Mark, type Recorded, type Uuid } from '#libs/kernel';
import type { CheckOutcome, SampleChecked, SampleDrawn, SampleFrameFixed, SamplingFact } from './facts.js';

/** A case that was drawn, as it was checked. */
export interface Check extends Mark {
  readonly case: Uuid;
  readonly outcome: CheckOutcome;
  readonly rules: readonly string[];
  readonly remark?: SampleChecked['data']['remark'];
  readonly replaces?: Uuid;
  /** Who recorded it, and who is said to have looked. */
  readonly persons: readonly Uuid[];
}

/** 抽查: its frame, what was drawn from it, and how each case drawn was found. */
export interface Sample {
  /** 抽查机关: the office whose supervisor fixed the frame. */
  readonly office?: Uuid;
  readonly fixed?: Mark & SampleFrameFixed['data'];
  readonly drawn?: Mark & SampleDrawn['data'];
  /** In the order in which they were recorded; one that was corrected stays. */
  readonly checks: readonly Check[];
}

export const noSample: Sample = { checks: [] };

type Told<T extends SamplingFact['type']> = Recorded<Extract<SamplingFact, { type: T }>>;

const mark = ({ id: event, occurredAt }: Pick<Recorded, 'id' | 'occurredAt'>): Mark => ({
  on: dayOfOccurrence(occurredAt),
  event,
});

export const evolve: Evolve<Sample, SamplingFact> = {
  SampleFrameFixed: (sample, fact: Told<'SampleFrameFixed'>) => ({
    ...sample,
    ...(fact.recorder.organ && { office: fact.recorder.organ }),
    fixed: { ...fact.data, ...mark(fact) },
  }),
  SampleDrawn: (sample, fact: Told<'SampleDrawn'>) => ({ ...sample, drawn: { ...fact.data, ...mark(fact) } }),
  SampleChecked: (sample, fact: Told<'SampleChecked'>) => {
    const { case: of, outcome, rules, remark, replaces, by } = fact.data;
    const check = {
      ...mark(fact),
      ...{ case: of, outcome, rules },
      ...(remark !== undefined && { remark }),
      ...(replaces !== undefined && { replaces }),
      persons: [fact.recorder.person, ...(by ? [by.person] : [])],
    };
    return { ...sample, checks: [...sample.checks, check] };
  },
};

/** How a case drawn was found last; undefined while nobody has checked it. */
export const checkOf = ({ checks }: Sample, of: Uuid): Check | undefined =>
  checks.findLast((check) => check.case === of);

/** The cases drawn that nobody has checked yet, in the order in which they were drawn. */
export const uncheckedIn = (sample: Sample): readonly Uuid[] =>
  (sample.drawn?.cases ?? []).filter((of) => !checkOf(sample, of));

export const SAMPLE_STATUSES = ['fixed', 'drawn', 'checked'] as const;
export type SampleStatus = (typeof SAMPLE_STATUSES)[number];

export const statusOf = (sample: Sample): SampleStatus =>
  !sample.drawn ? 'fixed' : uncheckedIn(sample).length > 0 ? 'drawn' : 'checked';
