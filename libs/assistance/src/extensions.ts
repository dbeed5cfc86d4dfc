import type { Flag, LegalDate } from '#libs/kernel';
import { appointmentsOf, countDays, type ClockRule } from '#libs/law';
import type { Kept } from './case-state.js';
import { listOf, type GovernedCase } from './governed-case.js';

type Approval = Kept<'AssistanceExtensionApproved'>;
type ExtensionRule = NonNullable<ClockRule['extension']>;

export interface Extensions {
  /** The due day with every effective extension. */
  readonly due: LegalDate;
  readonly effective: readonly Approval[];
  readonly flags: readonly Flag[];
  readonly provisional: boolean;
}

/** The days of the clock that is to be extended. */
interface Running {
  readonly start: LegalDate;
  readonly due: LegalDate;
  readonly stop?: LegalDate;
}

/**
 * 延长 (XM-16-6): 特殊情况的，经被请求机关负责人批准. An approval moves the due day when it is among the first the pack
 * allows, its approver held a 负责人 role of the requested organ on that day, and it was given while the clock ran, on the
 * due day at the latest (recommended reading 4). Any other is on record, flagged, moves nothing and cures nothing.
 * What counts as 特殊情况 is for a person.
 */
export function extensionsOf(of: GovernedCase, { extension, limits }: ClockRule, clock: Running): Extensions {
  const approvals = of.facts.AssistanceExtensionApproved;
  const none: Extensions = { due: clock.due, effective: [], flags: [], provisional: false };
  if (!extension)
    return {
      ...none,
      flags: approvals.map((approval) => flag(limits[0]?.rule ?? '', 'extensionUnknownToLaw', approval)),
    };
  return approvals.reduce<Extensions>((sofar, approval) => {
    const faults = faultsOf(of, approval, { ...clock, due: sofar.due });
    if (sofar.effective.length >= extension.maxCount) faults.push('extensionRepeated');
    const flags = [...sofar.flags, ...faults.map((code) => flag(extension.rule, code, approval))];
    return faults.length > 0 ? { ...sofar, flags } : moved(of, extension, approval, { ...sofar, flags });
  }, none);
}

/** Codes of what keeps an approval from moving the due day, its number aside. */
function faultsOf({ request, rules, book }: GovernedCase, { data, on }: Approval, clock: Running): string[] {
  const roles = listOf(rules, 'extensionApproverRoles');
  const entitled = appointmentsOf(book.organs, data.by.person, on).some(
    (held) => held.organ === request.data.requested && held.roles.some((role) => roles.includes(role)),
  );
  return [
    ...(entitled ? [] : ['extensionNotEntitled']),
    ...(on < clock.start ? ['extensionBeforeStart'] : []),
    ...(on > clock.due ? ['extensionLate'] : []),
    ...(clock.stop !== undefined && on > clock.stop ? ['extensionAfterStop'] : []),
  ];
}

/** The days granted, at most those the pack allows, are counted on from the due day. */
function moved(of: GovernedCase, extension: ExtensionRule, approval: Approval, sofar: Extensions): Extensions {
  const granted = approval.data.days ?? extension.days;
  const tooLong = granted > extension.days ? [flag(extension.rule, 'extensionTooLong', approval, { granted })] : [];
  const days = Math.min(granted, extension.days);
  const counted = countDays(of.book.calendar, sofar.due, days, extension.unit);
  return {
    due: counted.due,
    effective: [...sofar.effective, approval],
    flags: [...sofar.flags, ...tooLong],
    provisional: sofar.provisional || counted.provisional,
  };
}

const flag = (rule: string, code: string, { event }: Approval, values?: Flag['values']): Flag => ({
  rule,
  code,
  about: [event],
  ...(values && { values }),
});
