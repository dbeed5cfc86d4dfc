import { deliveryOf, type Kept } from './case-state.js';
import type { NotApplicableCode } from './flag-texts.js';
import { isRequested, listOf, type GovernedCase } from './governed-case.js';

type Act = Omit<Kept, 'data'>;

/** The act that starts a clock, and what makes it doubtful. */
export interface Start {
  readonly act?: Act;
  /** Acts of other days that might be the start instead. */
  readonly rivals: readonly Act[];
  /** One whose day nobody knows, so that it may have come earlier than `act`. */
  readonly undated?: Act;
  readonly notApplicable?: NotApplicableCode;
}

/** 起算 — which act starts a clock, by the name a pack gives. */
export const STARTS: Readonly<Record<string, (of: GovernedCase) => Start>> = {
  delivered: ({ facts }) => deliveryOf(facts),
  obstacleMet,
};

/**
 * 遇到障碍之日 (XM 16(1), recommended reading 9): the earliest obstacle whose day is known, whatever was forgone in between.
 * Without an obstacle, or once it was decided not to ask where nothing binds to ask, the clock does not apply; an obstacle
 * without a day, noted by the day of the request, cannot be judged and is never on time: any later one shows lateness alone.
 */
function obstacleMet(of: GovernedCase): Start {
  const { facts } = of;
  const dated = facts.AssistanceObstacleNoted.find(({ data }) => data.dateUnknown !== true);
  if (facts.AssistanceObstacleNoted.length === 0) return { rivals: [], notApplicable: 'noObstacle' };
  const forgone = facts.AssistanceRequestForgone.length > 0 && !isRequested(of);
  if (forgone && mandatoryGroundsOf(of).length === 0) return { rivals: [], notApplicable: 'requestForgone' };
  if (!dated) return { rivals: [] };
  const undated = facts.AssistanceObstacleNoted.find(
    ({ data, on }) => data.dateUnknown === true && (of.request === undefined || on <= of.request.on),
  );
  return { act: dated, rivals: [], ...(undated && { undated }) };
}

/** 应当提出请求的情形 on record with an obstacle (XM 10): the codes the pack lists. */
export const mandatoryGroundsOf = ({ facts, rules }: GovernedCase): readonly string[] => {
  const mandatory = listOf(rules, 'mandatoryGrounds');
  const codes = facts.AssistanceObstacleNoted.flatMap(({ data }) => (data.grounds ?? []).map(({ code }) => code));
  return mandatory.filter((code) => codes.includes(code));
};
