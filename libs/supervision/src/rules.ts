import type { OpenDuty, Uuid } from '#libs/kernel';
import { concernedBy } from './concerned.js';
import type { Anomaly, Step, SupervisionFile } from './file-state.js';
import { openOrders } from './orders.js';
import { isOpen, statusOf } from './status.js';

/** What a pack's check of supervision finds open in a file. No text has a number for any of it: age is told. */
export type Check = (file: SupervisionFile, rule: string) => readonly OpenDuty[];

/** 异常报警和处理 (PW 十(一); XM 5): an anomaly nobody has handled. */
export const anomalyOpen: Check = (file, rule) =>
  owed(file, ({ since, steps }, concerned) => {
    const done = ended(steps.find(({ type }) => type === 'AnomalyHandled'));
    return concerned.map((holder) => ({ rule, code: 'handling', since, holder, ...done }));
  });

/** 自动发现之后的提醒、督办、考核 (PW 十(二)5): an anomaly of which no person has taken notice. */
export const anomalyUnnoticed: Check = (file, rule) =>
  owed(file, ({ since, steps }, concerned) =>
    concerned.map((holder) => ({ rule, code: 'notice', since, holder, ...ended(steps[0]) })),
  );

/** 异常情况督办的跟踪 (PW 十(二)5): an order nobody has tracked before it was handled, also of an anomaly that was withdrawn. */
export const orderUntracked: Check = (file, rule) =>
  file.anomalies
    .filter((anomaly) => isOpen(statusOf(file, anomaly)) || openOrders(anomaly).length > 0)
    .flatMap(({ orders, steps }) =>
      orders.map(({ on, event, to, answered }) => {
        const since = steps.slice(steps.findIndex((step) => step.event === event));
        const done = since.find((step) => step.type === 'SupervisedHandlingTracked' || step.event === answered?.event);
        return { rule, code: 'tracking', since: { on, event }, holder: to, ...ended(done) };
      }),
    );

const ended = (step: Step | undefined): Pick<OpenDuty, 'endedBy'> =>
  step ? { endedBy: { on: step.on, event: step.event } } : {};

/** The duties of every anomaly that counts and is not done with: of the organ it is for, or of both sides where it is for neither alone. */
function owed(
  file: SupervisionFile,
  dutiesOf: (anomaly: Anomaly, concerned: readonly Uuid[]) => readonly OpenDuty[],
): readonly OpenDuty[] {
  return file.anomalies
    .filter((anomaly) => isOpen(statusOf(file, anomaly)))
    .flatMap((anomaly) => dutiesOf(anomaly, concernedBy(file, anomaly)));
}
