import type { Flag, LegalDate } from '#libs/kernel';
import {
  appointmentsOf,
  countDaysOutside,
  extendedDue,
  standingFor,
  type DaysClockLimit,
  type ClockRule,
  type Suspension,
} from '#libs/law';
import type { Kept } from './case-state.js';
import { isAfterLapse } from './clock-doubts.js';
import type { FlagCode } from './flag-texts.js';
import { listOf, type GovernedCase } from './governed-case.js';

type Approval = Kept<'AssistanceExtensionApproved'>;

export interface Extensions {
  /** The approvals that moved the due day, in order. */
  readonly effective: readonly Approval[];
  readonly flags: readonly Flag[];
}

/** The clock that is to be extended. */
interface Running {
  readonly start: Pick<Kept, 'on' | 'recordedOn'>;
  readonly limit: DaysClockLimit;
  readonly suspensions: readonly Suspension[];
  readonly stop?: LegalDate;
}

/**
 * 延长 (XM-16-6): 特殊情况的，经被请求机关负责人批准. An approval moves the due day when it is among the first the pack
 * allows, its approver gave it as a 负责人 of the requested organ on that day, and it was given before the clock stopped, on
 * the due day at the latest (recommended reading 4). Any other is on record, flagged, moves nothing and cures nothing.
 * One given before delivery moves it too, as no text denies, and is flagged.
 * @param clock undefined while nothing has started it. What counts as 特殊情况 is for a person.
 */
export function extensionsOf(
  of: GovernedCase,
  rule: ClockRule,
  limitRule: string,
  clock: Running | undefined,
): Extensions {
  const { extension } = rule;
  if (!clock) return notRunning(of, extension?.rule, limitRule);
  const { calendar } = of.book;
  const { suspensions } = clock;
  const effective: Approval[] = [];
  const flags: Flag[] = [];
  let due = countDaysOutside(calendar, clock.start.on, clock.limit, suspensions)?.due;
  for (const approval of of.facts.AssistanceExtensionApproved) {
    if (!extension) {
      flags.push(flag(limitRule, 'extensionUnknownToLaw', approval));
      continue;
    }
    const faults = faultsOf(of, approval, { stop: clock.stop, due });
    if (effective.length >= extension.maxCount) faults.push('extensionRepeated');
    flags.push(...faults.map((code) => flag(extension.rule, code, approval)));
    if (faults.length > 0) continue;
    if (approval.on < clock.start.on) flags.push(flag(extension.rule, 'extensionBeforeStart', approval));
    flags.push(...recordedLate(extension.rule, approval, { start: clock.start, due }));
    const { days } = approval.data;
    if (days !== undefined && days > extension.days) {
      const values = { granted: days, allowed: extension.days, unit: extension.unit };
      flags.push(flag(extension.rule, 'extensionTooLong', approval, values));
    }
    if (due) due = extendedDue(rule, { calendar, suspensions }, due, days)?.due;
    effective.push(approval);
  }
  return { effective, flags };
}

/** 补录 (recommended reading 4): neither side moves a lapsed limit unseen. */
const recordedLate = (rule: string, approval: Approval, limit: Parameters<typeof isAfterLapse>[1]): readonly Flag[] =>
  isAfterLapse(approval, limit)
    ? [
        flag(rule, 'extensionRecordedLate', approval, {
          on: approval.on,
          due: limit.due ?? '',
          recorded: approval.recordedOn,
        }),
      ]
    : [];

/** Of a clock that has not begun: who may not approve may not then either. */
function notRunning(of: GovernedCase, rule: string | undefined, limitRule: string): Extensions {
  const flags = of.facts.AssistanceExtensionApproved.flatMap((approval) =>
    rule === undefined
      ? [flag(limitRule, 'extensionUnknownToLaw', approval)]
      : faultsOf(of, approval, {}).map((code) => flag(rule, code, approval)),
  );
  return { effective: [], flags };
}

/**
 * 经被请求机关负责人批准: the approval is given as of that organ, or of the one that succeeded it by that day, and the register has the approver in a 负责人 role of it on that
 * day. What the paper calls the post is not compared: the register says what it is.
 */
export function isByItsHead({ request, rules, book }: GovernedCase, { data, on }: Approval): boolean {
  const roles = listOf(rules, 'extensionApproverRoles');
  return (
    request !== undefined &&
    data.by.organ === standingFor(book.organs, request.data.requested, on) &&
    appointmentsOf(book.organs, data.by.person, on).some(
      (held) => held.organ === data.by.organ && held.roles.some((role) => roles.includes(role)),
    )
  );
}

/** What keeps an approval from moving the due day, its number aside. */
function faultsOf(
  of: GovernedCase,
  approval: Approval,
  { due, stop }: { readonly due?: LegalDate | undefined; readonly stop?: LegalDate | undefined },
): FlagCode[] {
  const { on } = approval;
  const faults: FlagCode[] = isByItsHead(of, approval) ? [] : ['extensionNotEntitled'];
  // While a suspension that has not ended leaves no due day, nothing is late.
  if (due !== undefined && on > due) faults.push('extensionLate');
  else if (stop !== undefined && on > stop) faults.push('extensionAfterStop');
  return faults;
}

const flag = (rule: string, code: FlagCode, { event }: Approval, values?: Flag['values']): Flag => ({
  rule,
  code,
  about: [event],
  ...(values && { values }),
});
