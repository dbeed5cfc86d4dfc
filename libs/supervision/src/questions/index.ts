import type { Question } from '#libs/kernel';
import { dismissedAnomalies } from './dismissed-anomalies.js';
import { foundAnomalies } from './found-anomalies.js';
import { openAnomalies } from './open-anomalies.js';
import { overdueOrders } from './overdue-orders.js';

/** What may be asked of all supervision files at once: one file each. */
export const questions: readonly Question[] = [openAnomalies, foundAnomalies, overdueOrders, dismissedAnomalies];
