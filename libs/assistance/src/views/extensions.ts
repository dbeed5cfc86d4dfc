import { firstInstantOf, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { markOf, requestOf, type AssistanceCase } from '../case-state.js';
import { runClock } from '../clocks.js';
import type { AssistanceFact } from '../facts/index.js';
import { governed } from '../governed-case.js';
import { schedule } from '../schedule.js';

/** What is wrong with an approval, by the codes of its flags. */
const FAULTS = [
  'extensionNotEntitled',
  'extensionLate',
  'extensionRecordedLate',
  'extensionAfterStop',
  'extensionRepeated',
  'extensionTooLong',
  'extensionBeforeStart',
  'extensionUnknownToLaw',
] as const;

/** 延长目录: one row per approval of an extension, whether or not it moved the due day. */
export const extensions: View<AssistanceCase, AssistanceFact, LawBook> = {
  name: 'assistance_extension',
  columns: {
    case: 'text',
    event: 'text',
    on_day: 'text',
    /** The requested organ, whose limit it is. */
    organ: 'text',
    approver: 'text',
    approver_organ: 'text',
    approver_post: 'text',
    /** As approved; where the approval names none, those of the pack. */
    days: 'integer',
    /** 1 where it is counted. */
    effective: 'integer',
    /** 1 where it is to be filed. */
    filing_owed: 'integer',
    /** Codes of what is flagged of it, one space between. */
    faults: 'text',
    /** The values of each, in their order. */
    fault_values: 'json',
    filed_on: 'text',
    /** The first instant by which it may have been filed. */
    filed_from: 'text',
    filing: 'text',
  },
  key: ['case', 'event'],
  indexes: [['on_day']],
  whole: true,
  rowsOf: ({ case: id, state, law }) => {
    if (state.facts.AssistanceExtensionApproved.length === 0) return [];
    const { flags, duties } = schedule(state, law);
    const of = governed(state, law);
    const counted = of?.rules.clocks.flatMap((rule) => runClock(of, rule)?.marks.extensions ?? []) ?? [];
    return state.facts.AssistanceExtensionApproved.map(({ event, on, data }) => {
      const found = flags.filter(({ about, code }) => about[0] === event && FAULTS.some((fault) => fault === code));
      const filing = state.facts.AssistanceExtensionFiled.find((filed) => filed.data.extension === event);
      return {
        case: id,
        event,
        on_day: on,
        organ: requestOf(state)?.data.requested,
        approver: data.by.person,
        approver_organ: data.by.organ,
        approver_post: data.by.post,
        days: data.days ?? of?.rules.clocks.find(({ extension }) => extension)?.extension?.days,
        effective: counted.some((extension) => extension.event === event) ? 1 : 0,
        filing_owed: duties.some(({ code, since }) => code === 'extensionFiling' && since.event === event) ? 1 : 0,
        faults: found.map(({ code }) => code).join(' '),
        fault_values: found.map(({ values = {} }) => values),
        filed_on: filing?.on,
        filed_from: filing && firstInstantOf(markOf(filing)),
        filing: filing?.event,
      };
    });
  },
};
