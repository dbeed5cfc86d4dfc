import type { AnyFact } from '#libs/kernel';
import { custodyShown } from '../../reading/index.js';
import type { Disclosed } from '../disclosed.js';
import { atMoment, type AskedOfCase } from './at-moment.js';
import { understood, type QuestionParts, type System } from './parts.js';

/** 责任链: whose turn it was from the first act on, as it stands or stood, of the facts that the reader may see. */
export const custody = <State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  asked: AskedOfCase,
): Promise<Disclosed<object>> =>
  atMoment(parts, system, { ...asked, path: '/custody', facts: true }, (page, open) => ({
    ...parts.pages.mode,
    ...understood(open, page, () => custodyShown(system, page, open.maySee)),
  }));
