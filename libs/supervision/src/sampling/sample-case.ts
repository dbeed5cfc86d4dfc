import { on, type Decider } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import * as commands from './commands.js';
import * as decisions from './decisions.js';
import { samplingFacts, type SamplingFact } from './facts.js';
import { evolve, noSample, type Sample } from './sample-state.js';

/**
 * 随机抽查. A draw is about many cases and belongs to none of them, so each is a stream of its own: what was to be drawn from,
 * what was drawn, and what a person found of each case.
 */
export const sampleCase: Decider<Sample, SamplingFact, LawBook> = {
  category: 'sample',
  facts: samplingFacts,
  initial: noSample,
  evolve,
  decisions: [
    on({ command: commands.FixSampleFrame, records: 'SampleFrameFixed', opens: true, decide: decisions.fixFrame }),
    on({ command: commands.DrawSample, records: 'SampleDrawn', decide: decisions.draw }),
    on({ command: commands.CheckSampledCase, records: 'SampleChecked', decide: decisions.check }),
  ],
};
