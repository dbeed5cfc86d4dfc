import type { LegalDate, Mark, Uuid } from '#libs/kernel';
import type { DataOf } from './facts.js';

/** 督办. */
export interface Order extends Mark {
  readonly to: Uuid;
  readonly due: LegalDate;
  /** The day was counted, in working days. */
  readonly dueCounted?: true;
  /** 处理: the first handling that was recorded after it, not dated before it, by the organ ordered or in its stead. */
  readonly answered?: Mark;
}

export const orderIn = (given: Mark, { to, due, dueCounted }: DataOf['SupervisedHandlingOrdered']): Order => ({
  ...given,
  to,
  due,
  ...(dueCounted && { dueCounted }),
});

/**
 * What a handling makes of the orders recorded before it. An organ's own handling answers the orders to that organ; one by
 * whom none is directed to, who supervises or succeeded the organ ordered, answers them all.
 */
export function withHandling(orders: readonly Order[], handling: Mark, organ: Uuid | undefined): readonly Order[] {
  const own = orders.filter(({ to }) => to === organ);
  const meant = own.length > 0 ? own : orders;
  return orders.map((order) =>
    meant.includes(order) && !order.answered && order.on <= handling.on ? { ...order, answered: handling } : order,
  );
}

/** 未处理的督办. It outlives the anomaly it was given for: only a handling or a dismissal ends it. */
export const openOrders = ({
  orders,
  dismissal,
}: {
  readonly orders: readonly Order[];
  readonly dismissal?: Mark;
}): readonly Order[] => (dismissal ? [] : orders.filter(({ answered }) => !answered));
