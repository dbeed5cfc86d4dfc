import type { AnyFact, CaseSystem } from '#libs/kernel';
import type { CalendarFact, CalendarShelf, EditionFact, EditionShelf, LawBook } from '#libs/law';
import { calendarCase } from './calendar-case.js';
import { editionCase, type PackFunctions } from './edition-case.js';
import { calendarPolicy, editionPolicy, relation } from './policy.js';
import { refusals } from './refusals.js';
import { calendarSentence, editionSentence } from './sentences.js';

const nothing = (): string => '';

/** What is no case between two sides has none of it. */
const withoutCases = {
  relation,
  handlesCases: () => false,
  supervised: () => [],
  isFedBack: () => true,
  schedule: () => ({ clocks: [], flags: [], duties: [] }),
  packOf: () => undefined,
  particulars: () => ({}),
  told: { clock: nothing, flag: nothing, duty: nothing, status: nothing },
  refusals,
  statuses: [],
  views: [],
} satisfies Partial<CaseSystem<unknown, AnyFact, LawBook>>;

/** 工作日历, as the platform takes it: one case for ever, with pages of its own. */
export const lawCalendar: CaseSystem<CalendarShelf, CalendarFact, LawBook> = {
  ...withoutCases,
  decider: calendarCase,
  policy: calendarPolicy,
  sentence: calendarSentence,
};

/** 规则包, as the platform takes them: one case for each code. @param functions what this program can do of what packs name. */
export const rulePacks = (functions: PackFunctions): CaseSystem<EditionShelf, EditionFact, LawBook> => ({
  ...withoutCases,
  decider: editionCase(functions),
  policy: editionPolicy,
  sentence: editionSentence,
});
