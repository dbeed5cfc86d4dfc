import type { ClockRun, Timing } from './run.js';

/** 立即、当场、及时: no day to be late from. Both times stand in the clock, its age is told, and a person finds the rest. */
export const unnumberedTiming = ({ marks: { started } }: ClockRun): Timing => ({
  ...(started && { from: started }),
  personFinds: true,
  provisional: false,
});
