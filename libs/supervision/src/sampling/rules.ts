import type { OpenDuty } from '#libs/kernel';
import { uncheckedIn, type Sample } from './sample-state.js';

/** What a pack's check of sampling finds open in a sample. No text has a number for it: age is told. */
export type Check = (sample: Sample, rule: string) => readonly OpenDuty[];

/** 随机抽查 (PW 十(二)5)、监督检查 (厦门办法第二十五条): cases were drawn, and a person has to say of each how it was found. */
export const sampleUnchecked: Check = (sample, rule) => {
  const { drawn, office } = sample;
  if (!drawn || office === undefined) return [];
  const owed = { rule, code: 'checking', since: { on: drawn.on, event: drawn.event }, holder: office };
  if (uncheckedIn(sample).length > 0) return [owed];
  const firsts = new Set(drawn.cases.map((of) => sample.checks.find((check) => check.case === of)));
  const last = sample.checks.findLast((check) => firsts.has(check));
  return [{ ...owed, ...(last && { endedBy: { on: last.on, event: last.event } }) }];
};
