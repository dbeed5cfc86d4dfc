import type { OpenDuty, Uuid } from '#libs/kernel';
import { isOpen, statusOf, type Anomaly, type Step, type SupervisionFile } from './file-state.js';

/** What a pack's check of supervision finds open in a file. No text has a number for any of it: age is told. */
export type Check = (file: SupervisionFile, rule: string) => readonly OpenDuty[];

/** 异常报警和处理 (PW 十(一); XM 5): an anomaly nobody has handled. */
export const anomalyOpen: Check = (file, rule) =>
  owed(file, (anomaly, holder) => ({
    rule,
    code: 'handling',
    since: anomaly.since,
    holder,
    ...ended(anomaly.steps.find(({ type }) => type === 'AnomalyHandled')),
  }));

/** 自动发现之后的提醒、督办、考核 (PW 十(二)5): an anomaly of which no person has taken notice. */
export const anomalyUnnoticed: Check = (file, rule) =>
  owed(file, (anomaly, holder) => ({
    rule,
    code: 'notice',
    since: anomaly.since,
    holder,
    ...ended(anomaly.steps[0]),
  }));

/** 异常情况督办的跟踪 (PW 十(二)5): an order nobody has tracked before it was handled. */
export const orderUntracked: Check = (file, rule) =>
  owed(file, ({ orders, steps }) => {
    const [first] = orders;
    if (!first) return undefined;
    const done = steps.find(({ type }) => type === 'SupervisedHandlingTracked' || type === 'AnomalyHandled');
    return { rule, code: 'tracking', since: { on: first.on, event: first.event }, holder: first.to, ...ended(done) };
  });

const ended = (step: Step | undefined): Pick<OpenDuty, 'endedBy'> =>
  step ? { endedBy: { on: step.on, event: step.event } } : {};

/** The duties of every anomaly that counts and is not done with. */
function owed(
  file: SupervisionFile,
  dutyOf: (anomaly: Anomaly, holder: Uuid) => OpenDuty | undefined,
): readonly OpenDuty[] {
  return file.anomalies
    .filter((anomaly) => isOpen(statusOf(file, anomaly)))
    .flatMap((anomaly) => {
      const holder = anomaly.holder ?? file.supervised?.parties[0];
      return (holder && dutyOf(anomaly, holder)) ?? [];
    });
}
