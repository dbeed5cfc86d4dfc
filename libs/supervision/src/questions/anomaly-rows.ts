import {
  ANOMALY_KINDS,
  Code,
  DaysQuery,
  OneOf,
  Optional,
  questionParts,
  type AnomalyKind,
  type Names,
  type Question,
  type QuestionSql,
  type Row,
} from '#libs/kernel';
import type { CardColour } from '../facts.js';
import { noFile, type Anomaly, type SupervisionFile } from '../file-state.js';
import { anomalyText } from '../texts.js';

const { day, id, ids, is, present, text, yesNo } = questionParts;

export const ANOMALIES = 'supervision_anomaly';

/** Which anomalies: those of an organ, of a kind, a colour and a rule. */
export class AnomalyQuery extends DaysQuery {
  @Optional() @OneOf('异常种类', ANOMALY_KINDS) kind?: AnomalyKind;
  @Optional() @OneOf('牌', ['yellow', 'red']) colour?: CardColour;
  @Optional() @Code('规则编号') rule?: string;
}

/** What every question about anomalies shows of one. */
export const ANOMALY_COLUMNS = {
  case: 'text',
  key: 'text',
  supervised_category: 'text',
  supervised_case: 'text',
  organ: 'text',
  kind: 'text',
  colour: 'text',
  rule: 'text',
  due: 'text',
  provisional: 'integer',
  status: 'text',
  since: 'text',
  standing: 'json',
} as const satisfies Question['columns'];

/** The columns of an anomaly `a`. */
export const anomalyCells = `a."case", a.anomaly AS key, a.supervised_category, a.supervised_case, a.holder AS organ, a.kind, a.colour,
  a.rule, a.due, a.provisional, a.status, a.since, a.standing`;

/** What is asked of an anomaly `a` beside its days. */
export const asAsked = (
  { organ, kind, colour, rule }: AnomalyQuery,
  sql: QuestionSql,
): readonly (string | undefined)[] => [
  // What is for neither side alone is found by either.
  organ && `(${is('a.holder', organ, sql)} OR (a.holder IS NULL AND ${sql.bound(organ)} IN (a.organ, a.other)))`,
  is('a.kind', kind, sql),
  is('a.colour', colour, sql),
  is('a.rule', rule, sql),
];

/** The anomaly that the view put there, as part of its file's state. */
export const anomalyIn = (row: Row): Anomaly | undefined => fileIn(row).anomalies[0];

const fileIn = ({ standing }: Row): SupervisionFile => ({
  ...noFile,
  ...(standing as unknown as Pick<SupervisionFile, 'issued' | 'anomalies'>),
});

/** One anomaly with its sentence; what it rests on are facts of the supervised case, what was done about it those of the file. */
export function anomalyShown(row: Row, names: Names) {
  const { key, supervised_category: category, supervised_case: supervised, organ, kind, colour, rule, due } = row;
  const anomaly = anomalyIn(row);
  return present({
    anomaly: key,
    supervised: { category, case: supervised },
    organ,
    kind,
    colour,
    rule,
    due,
    provisional: row.provisional === 1,
    status: row.status,
    since: row.since,
    events: [key, ...(anomaly?.steps ?? []).map(({ event }) => event)],
    evidence: anomaly?.evidence ?? [],
    says: anomaly ? anomalyText(fileIn(row), anomaly, names) : '',
  });
}

export const ANOMALY_ANSWERS = {
  properties: {
    anomaly: id,
    supervised: { type: 'object', description: '被监察的案件：系统和案件' },
    organ: { ...id, description: '所涉机关；同时涉及双方的，不写' },
    kind: text,
    colour: text,
    rule: text,
    due: day,
    provisional: { ...yesNo, description: '届满日跨入尚未公布节假日安排的年份，为暂定' },
    status: text,
    since: { ...day, description: '发现之日' },
    events: { ...ids, description: '监察档案中的发现和其后的处理' },
    evidence: { ...ids, description: '被监察案件中据以得出的事实' },
  },
  required: ['anomaly', 'supervised', 'kind', 'rule', 'provisional', 'status', 'since', 'events', 'evidence'],
} as const satisfies Question['answers'];
