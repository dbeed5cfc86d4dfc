import { on, type Decider, type Decision } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import * as commands from './commands.js';
import * as decisions from './decisions.js';
import { supervisionFacts, type SupervisionFact } from './facts.js';
import { evolve, noFile, type SupervisionFile } from './file-state.js';

/** What may be asked, and what it records: the table of contents of 电子监察. What opens a file is the service's alone. */
const table: readonly Decision<SupervisionFile, SupervisionFact, LawBook>[] = [
  on({
    command: commands.IssueWarning,
    records: 'SupervisionWarningIssued',
    opens: true,
    decide: decisions.issueWarning,
  }),
  on({ command: commands.IssueCard, records: 'SupervisionCardIssued', opens: true, decide: decisions.issueCard }),
  on({
    command: commands.WithdrawCard,
    records: 'SupervisionCardWithdrawn',
    decide: decisions.withdraw('SupervisionCardWithdrawn'),
  }),
  on({
    command: commands.WithdrawWarning,
    records: 'SupervisionWarningWithdrawn',
    decide: decisions.withdraw('SupervisionWarningWithdrawn'),
  }),
  on({
    command: commands.DetectAnomalies,
    records: 'SupervisionAnomalyDetected',
    opens: true,
    decide: decisions.detect,
  }),
  on({ command: commands.ClearAnomalies, records: 'SupervisionAnomalyCleared', decide: decisions.clear }),
  on({ command: commands.SendReminder, records: 'SupervisionReminderSent', decide: decisions.remind }),
  on({ command: commands.OrderHandling, records: 'SupervisedHandlingOrdered', seen: true, decide: decisions.order }),
  on({ command: commands.TrackHandling, records: 'SupervisedHandlingTracked', decide: decisions.track }),
  on({ command: commands.RecordHandling, records: 'AnomalyHandled', decide: decisions.handle }),
  on({ command: commands.AssessAnomaly, records: 'AnomalyAssessed', seen: true, decide: decisions.assess }),
  on({ command: commands.DismissAnomaly, records: 'AnomalyDismissed', seen: true, decide: decisions.dismiss }),
  on({ command: commands.AppealAnomaly, records: 'AnomalyAppealed', decide: decisions.appeal }),
  on({ command: commands.DecideAppeal, records: 'AnomalyAppealDecided', seen: true, decide: decisions.decideAppeal }),
];

export const supervisionCase: Decider<SupervisionFile, SupervisionFact, LawBook> = {
  category: 'supervision',
  facts: supervisionFacts,
  initial: noFile,
  evolve,
  decisions: table,
};
