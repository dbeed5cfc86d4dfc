import { endOfDay, type Schedule, type ScheduledClock } from '#libs/kernel';
import { dayKind, type Calendar, type LawBook } from '#libs/law';
import type { Anomaly, SupervisionFile } from './file-state.js';
import { rulesOf } from './governed-file.js';
import type { Order } from './orders.js';
import * as rules from './rules.js';

/** The checks a pack may name: a plain table, so that tests can watch which of them run. */
export const CHECKS: Readonly<Record<string, rules.Check>> = { ...rules };

/** The clock of an order, by its event. */
export const orderClock = ({ event }: Pick<Order, 'event'>): string => `handling.${event}`;
export const isOrderClock = (clock: string): boolean => clock.startsWith('handling.');

/** 督办的期限, which a handling after the order stops and no withdrawal of the anomaly, and the duties that the pack's checks find open. */
export function schedule(file: SupervisionFile, book: LawBook): Schedule {
  const { checks = [], values = {} } = rulesOf(file, book) ?? {};
  const { orderRule } = values;
  const counting = file.anomalies.filter(({ dismissal }) => !dismissal);
  return {
    clocks:
      typeof orderRule === 'string' ? counting.flatMap((anomaly) => clocksOf(anomaly, orderRule, book.calendar)) : [],
    flags: [],
    duties: checks.flatMap(({ check, rule }) =>
      Object.hasOwn(CHECKS, check) ? (CHECKS[check]?.(file, rule) ?? []) : [],
    ),
  };
}

/**
 * 督办期限 rests on no text: the day is the one the order names, or the pack's default, and lateness is for a person. `rule` is
 * the hint of the product that the pack names for it. A day that was counted is provisional until a notice tells of it.
 */
function clocksOf({ orders }: Anomaly, rule: string, calendar: Calendar): readonly ScheduledClock[] {
  return orders.map((order) => {
    const { event, on, to, due, answered } = order;
    return {
      clock: orderClock(order),
      rule,
      holder: to,
      from: { on, event },
      due,
      lateFrom: endOfDay(due),
      provisional: order.dueCounted === true && dayKind(calendar, due).provisional,
      ...(answered && { stopped: answered }),
    };
  });
}
