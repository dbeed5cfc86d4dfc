import type { AnyFact } from '#libs/kernel';
import type { Disclosed } from '../disclosed.js';
import { atMoment, type AskedOfCase } from './at-moment.js';
import { rowsShown, type QuestionParts, type System } from './parts.js';

/** 时间线: one sentence per fact that counts and that the reader may see, in the order of recording. */
export const timeline = <State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  asked: AskedOfCase,
): Promise<Disclosed<object>> =>
  atMoment(parts, system, { ...asked, path: '/timeline', facts: true }, (page, open) => {
    const rows = rowsShown(system, open, { ...page, view: 'timeline' });
    const seen = rows.filter((row) => open.maySee(row.audience, row.recorder_organ));
    return parts.pages.timeline(system, page, seen);
  });
