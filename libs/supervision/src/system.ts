import { commonDecisions, type CaseSystem, type Json, type JsonObject, type Names } from '#libs/kernel';
import { rule as ruleOf, type LawBook } from '#libs/law';
import { isUnsettled } from './appeals.js';
import type { SupervisionFact } from './facts.js';
import type { SupervisionFile } from './file-state.js';
import { packOf } from './governed-file.js';
import { commonGrants, handlesCases, policy, relation, supervised } from './policy.js';
import { questions } from './questions/index.js';
import { refusals } from './refusals.js';
import { schedule } from './schedule.js';
import { sentence } from './sentences.js';
import { cardsOf, colourOf, skippedStages, statusOf } from './status.js';
import { supervisionCase } from './supervision-case.js';
import { anomalyText, cardText, clockText, dutyText, kindWord, standingText, warningLine } from './texts.js';
import { anomalies } from './views/anomalies.js';
import { caseFile } from './views/case-file.js';
import { kept } from './views/kept.js';
import { orders } from './views/orders.js';
import { timeline } from './views/timeline.js';

/** Every anomaly and warning of a file, each with its sentence; what persons wrote about them stands in the timeline. */
export function particulars(file: SupervisionFile, names: Names): JsonObject {
  const shown = file.anomalies.map((anomaly) => {
    const { id, kind, rule, holder, due, provisional = false, clock, code, since } = anomaly;
    const status = statusOf(file, anomaly);
    const colour = colourOf(file, anomaly);
    return {
      anomaly: id,
      kind,
      kindName: kindWord(kind),
      rule,
      ...articleOf(rule),
      ...(holder && { holder }),
      since: since.on,
      ...(clock === undefined ? { code } : { clock, due, provisional, ...(colour && { colour }) }),
      status,
      open: isUnsettled(file, anomaly),
      skipped: skippedStages(anomaly),
      cards: cardsOf(file, anomaly).map((card) => ({
        event: card.event,
        colour: card.stage,
        turnedAt: card.turnedAt,
        issuedOn: card.issuedOn,
        ...(card.withdrawn && { withdrawn: card.withdrawn.because }),
        says: standingText(cardText({ ...card, colour: card.stage }), card),
      })),
      appeals: anomaly.appeals,
      orders: anomaly.orders,
      says: anomalyText(file, anomaly, names),
    };
  });
  const warnings = file.issued
    .filter(({ stage }) => stage === 'warning')
    .map((warning) => ({
      event: warning.event,
      clock: warning.clock,
      rule: warning.rule,
      ...articleOf(warning.rule),
      due: warning.due,
      provisional: warning.provisional,
      turnedAt: warning.turnedAt,
      issuedOn: warning.issuedOn,
      ...(warning.withdrawn && { withdrawn: warning.withdrawn.because }),
      says: standingText(warningLine(warning, names), warning),
    }));
  // All of it is texts, numbers and lists of them: JSON, though its interfaces do not say so.
  return { supervised: file.supervised as unknown as Json, warnings, anomalies: shown as unknown as Json };
}

/** 条款 of a rule the catalogue has. */
const articleOf = (id: string): { readonly article?: string } => {
  const article = ruleOf(id)?.article;
  return article === undefined ? {} : { article };
};

/** 电子监察, as the platform takes it. */
export const supervision: CaseSystem<SupervisionFile, SupervisionFact, LawBook> = {
  decider: supervisionCase,
  common: { decisions: commonDecisions(), grants: commonGrants, rule: () => undefined },
  policy,
  relation,
  handlesCases,
  supervised,
  isFedBack: () => false,
  schedule,
  packOf,
  sentence,
  particulars,
  statuses: ['open', 'closed'],
  watched: { parties: ({ supervised: of }) => of?.parties ?? [], kindOf: () => 'other' },
  told: {
    clock: clockText,
    flag: () => '',
    duty: dutyText,
    status: (status) => (status === 'open' ? '有未了结的异常' : '没有未了结的异常'),
  },
  refusals,
  views: [caseFile, timeline, anomalies, orders, kept],
  questions,
};
