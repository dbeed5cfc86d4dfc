import type { AnyFact } from '#libs/kernel';
import { clocksShown } from '../../reading/index.js';
import type { Disclosed } from '../disclosed.js';
import { atMoment, type AskedOfCase } from './at-moment.js';
import { understood, type QuestionParts, type System } from './parts.js';

/** 期限说明: every clock of the case, how it stands and how it was counted, now or as of the moment asked for. */
export const clocks = <State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  asked: AskedOfCase,
): Promise<Disclosed<object>> =>
  atMoment(parts, system, { ...asked, path: '/clocks', facts: false }, (page, open) => ({
    ...parts.pages.mode,
    ...understood(open, page, () => clocksShown(system, page)),
  }));
