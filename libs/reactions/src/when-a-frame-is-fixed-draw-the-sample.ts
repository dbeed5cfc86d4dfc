import { occurredWith, reaction } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { DrawFixedFrame, sampling, samplingFacts, type SamplingFact } from '#libs/supervision';

/**
 * 当抽样总体已确定时，抽取 (PW 十(二)5 随机抽查): by the service, at once, so that nobody who could work out what would come of a
 * frame decides whether it is drawn.
 */
export const whenAFrameIsFixedDrawTheSample = reaction<SamplingFact, undefined, LawBook>({
  name: 'when-a-frame-is-fixed-draw-the-sample',
  category: sampling.decider.category,
  facts: samplingFacts,
  when: 'SampleFrameFixed',
  then: (fact) =>
    fact.type === 'SampleFrameFixed' ? new DrawFixedFrame(occurredWith(fact), fact.id, fact.data) : undefined,
});
