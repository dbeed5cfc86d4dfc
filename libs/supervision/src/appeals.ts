import { isOpen, statusOf, type Anomaly, type Appeal, type SupervisionFile } from './file-state.js';

/** 待决定的申诉 of an anomaly that counts. */
export const pendingAppeal = (file: SupervisionFile, anomaly: Anomaly): Appeal | undefined =>
  ['dismissed', 'withdrawn'].includes(statusOf(file, anomaly))
    ? undefined
    : anomaly.appeals.find(({ outcome }) => outcome === undefined);

/** 未了结: not done with, or assessed with an appeal that nobody has decided. */
export const isUnsettled = (file: SupervisionFile, anomaly: Anomaly): boolean =>
  isOpen(statusOf(file, anomaly)) || pendingAppeal(file, anomaly) !== undefined;
