import type { OpenDuty, Uuid } from '#libs/kernel';
import { isOpen, statusOf, type Anomaly, type Step, type SupervisionFile } from './file-state.js';

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

/** 异常情况督办的跟踪 (PW 十(二)5): an order nobody has tracked before it was handled. */
export const orderUntracked: Check = (file, rule) =>
  owed(file, ({ orders, steps }) => {
    const done = steps.find(({ type }) => type === 'SupervisedHandlingTracked' || type === 'AnomalyHandled');
    return orders
      .slice(0, 1)
      .map(({ on, event, to }) => ({ rule, code: 'tracking', since: { on, event }, holder: to, ...ended(done) }));
  });

const ended = (step: Step | undefined): Pick<OpenDuty, 'endedBy'> =>
  step ? { endedBy: { on: step.on, event: step.event } } : {};

/** The duties of every anomaly that counts and is not done with: of the organ it is for, or of both sides where it is for neither alone. */
function owed(
  file: SupervisionFile,
  dutiesOf: (anomaly: Anomaly, concerned: readonly Uuid[]) => readonly OpenDuty[],
): readonly OpenDuty[] {
  const parties = file.supervised?.parties ?? [];
  return file.anomalies
    .filter((anomaly) => isOpen(statusOf(file, anomaly)))
    .flatMap((anomaly) => dutiesOf(anomaly, anomaly.holder === undefined ? parties : [anomaly.holder]));
}
