import type { Anomaly, Appeal, SupervisionFile } from './file-state.js';
import { openOrders } from './orders.js';
import { isOpen, statusOf } from './status.js';

/** 待决定的申诉. It outlives the anomaly it is about, unless that was dismissed. */
export const pendingAppeal = ({ appeals, dismissal }: Anomaly): Appeal | undefined =>
  dismissal ? undefined : appeals.find(({ outcome }) => outcome === undefined);

/** What somebody still has to answer, whether or not the anomaly counts: an order, or an appeal. */
export const isPending = (anomaly: Anomaly): boolean =>
  openOrders(anomaly).length > 0 || pendingAppeal(anomaly) !== undefined;

/** 未了结: not done with; or assessed or withdrawn, with an order or an appeal that nobody has answered. */
export const isUnsettled = (file: SupervisionFile, anomaly: Anomaly): boolean =>
  isOpen(statusOf(file, anomaly)) || isPending(anomaly);
