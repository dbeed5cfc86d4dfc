import { startOfDay, type View } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import type { SupervisionFact } from '../facts.js';
import type { SupervisionFile } from '../file-state.js';
import { orderClock, schedule } from '../schedule.js';

/** 督办目录: one row per order of an anomaly that nobody dismissed, withdrawn or not. Late at an instant: `late_from <= coalesce(stopped_from, instant)`. */
export const orders: View<SupervisionFile, SupervisionFact, LawBook> = {
  name: 'supervision_order',
  columns: {
    case: 'text',
    order: 'text',
    anomaly: 'text',
    supervised_category: 'text',
    supervised_case: 'text',
    holder: 'text',
    rule: 'text',
    on_day: 'text',
    due_on: 'text',
    late_from: 'text',
    provisional: 'integer',
    stopped_on: 'text',
    /** The first instant by which it may have been stopped. */
    stopped_from: 'text',
    stopped_by: 'text',
  },
  key: ['case', 'order'],
  indexes: [['due_on'], ['holder', 'due_on']],
  whole: true,
  rowsOf: ({ case: id, state, law }) => {
    const { supervised, anomalies } = state;
    if (!supervised) return [];
    const { clocks } = schedule(state, law);
    return anomalies.flatMap((anomaly) =>
      anomaly.orders.flatMap((order) => {
        const clock = clocks.find((one) => one.clock === orderClock(order));
        if (!clock) return [];
        const { holder, rule, due, lateFrom, stopped, provisional } = clock;
        return [
          {
            case: id,
            order: order.event,
            anomaly: anomaly.id,
            supervised_category: supervised.category,
            supervised_case: supervised.case,
            holder,
            rule,
            on_day: order.on,
            due_on: due,
            late_from: lateFrom,
            provisional: provisional ? 1 : 0,
            stopped_on: stopped?.on,
            stopped_from: stopped && startOfDay(stopped.on),
            stopped_by: stopped?.event,
          },
        ];
      }),
    );
  },
};
