import { derivedId, DRAWING, frameDigest, instant, legalDate, seedOf, type Position, type Uuid } from '#libs/kernel';
import type { SamplingDataOf, SamplingFact } from '#libs/supervision';
import { SAMPLE_CHECKS } from '../../../supervision/src/sampling/schedule.js';
import { organs } from './assistance-cases.js';
import type { Happened } from './specification.js';
import { watchChecks } from './watched.js';

/** Samples of the city's staffing office in the small Xiamen of the assistance cases. */
watchChecks(SAMPLE_CHECKS as { -readonly [name in keyof typeof SAMPLE_CHECKS]: (typeof SAMPLE_CHECKS)[name] });

const id = (name: string): Uuid => derivedId(['a test names', name]);

export const FIXED = id('the frame that was fixed');
export const DRAWN = id('the draw');
export const SALT = 'c2FsdA';
export const members = Array.from({ length: 5 }, (_, index) => id(`member ${index}`));

export const frame = {
  category: 'assistance',
  organs: [organs.ecology, organs.market].toSorted(),
  from: legalDate('2026-07-01'),
  to: legalDate('2026-09-30'),
  position: '1234' as Position,
  count: members.length,
  digest: frameDigest(members),
};

type Fact<T extends SamplingFact['type']> = Extract<Happened<SamplingFact>, { type: T }>;

export const fixed = (changes: Partial<SamplingDataOf['SampleFrameFixed']> = {}): Fact<'SampleFrameFixed'> => ({
  type: 'SampleFrameFixed',
  id: FIXED,
  occurredAt: { on: legalDate('2026-10-10') },
  data: { frame, size: 2, algorithm: DRAWING, ...changes },
});

export const drawing = (cases: readonly Uuid[] = members.slice(0, 2)): SamplingDataOf['SampleDrawn'] => ({
  fixed: FIXED,
  salt: SALT,
  seed: seedOf(SALT, frame.digest),
  algorithm: DRAWING,
  cases,
});

export const drawn = (): Fact<'SampleDrawn'> => ({
  type: 'SampleDrawn',
  id: DRAWN,
  occurredAt: { at: instant('2026-10-10T02:00:00Z') },
  data: drawing(),
});

export const checked = (
  of: number,
  on = '2026-10-12',
  changes: Partial<SamplingDataOf['SampleChecked']> = {},
): Fact<'SampleChecked'> => ({
  type: 'SampleChecked',
  occurredAt: { on: legalDate(on) },
  data: { case: members[of] ?? FIXED, outcome: 'inOrder', rules: [], ...changes },
});
