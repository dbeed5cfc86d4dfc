import { asked, assessment } from './case-schemas.js';
import {
  anything,
  article,
  day,
  id,
  list,
  mode,
  number,
  nullable,
  object,
  position,
  says,
  text,
  moment,
} from './schema-parts.js';

const kind = { type: 'string', enum: ['lateness', 'process', 'completeness', 'other'] };
const colour = { type: 'string', enum: ['yellow', 'red'] };
const status = {
  type: 'string',
  enum: ['detected', 'reminded', 'ordered', 'handled', 'assessed', 'dismissed', 'withdrawn'],
};
const supervised = object({ category: text, case: id, parties: list(id) });
const withdrawn = { ...text, description: '为何撤回' };
const card = object({ event: id, colour, turnedAt: moment, withdrawn, ...says }, ['withdrawn']);
const warning = object(
  { event: id, clock: text, rule: text, ...article, due: day, turnedAt: moment, withdrawn, ...says },
  ['article', 'withdrawn'],
);
const anomaly = object(
  {
    anomaly: id,
    kind,
    kindName: text,
    rule: text,
    ...article,
    holder: id,
    since: day,
    code: text,
    clock: text,
    due: day,
    colour,
    status,
    open: { type: 'boolean' },
    skipped: { ...list(status), description: '没有经过的环节；只作显示' },
    cards: list(card),
    appeals: list(anything),
    orders: list(anything),
    ...says,
  },
  ['article', 'holder', 'code', 'clock', 'due', 'colour'],
);

/** What is answered of electronic supervision. */
export const SUPERVISION_SCHEMAS = {
  AnomalyList: object(
    {
      ...mode,
      ...position,
      anomalies: list(
        object(
          {
            file: { ...id, description: '监察档案' },
            anomaly: id,
            supervised: object({ category: text, case: id }),
            organ: nullable({ type: 'string' }),
            kind,
            colour,
            rule: text,
            due: day,
            status,
            open: { type: 'boolean' },
            since: day,
            ...says,
          },
          ['colour', 'due'],
        ),
      ),
      next: { ...text, description: '下一页的游标' },
    },
    ['mode', 'next'],
  ),
  SupervisionFile: object(
    {
      ...mode,
      ...asked,
      case: id,
      revision: number,
      supervisedCategory: text,
      supervisedCase: id,
      requesting: { ...id, description: '被监察案件的当事机关' },
      requested: { ...id, description: '另一当事机关；只有一个当事机关的，同前' },
      pack: nullable(text),
      instrument: { ...text, description: '适用的文件和文号' },
      status: { type: 'string', enum: ['open', 'closed'] },
      openCount: number,
      assessment,
      particulars: object({ supervised, warnings: list(warning), anomalies: list(anomaly) }),
    },
    ['mode', 'occurredBy', 'instrument'],
  ),
};
