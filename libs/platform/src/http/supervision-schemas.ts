import { asked, assessment } from './case-schemas.js';
import {
  anything,
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
const card = object({ event: id, colour, turnedAt: moment, withdrawn: { ...text, description: '为何撤回' } }, [
  'withdrawn',
]);
const anomaly = object(
  {
    anomaly: id,
    kind,
    kindName: text,
    rule: text,
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
  ['holder', 'code', 'clock', 'due', 'colour'],
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
      pack: nullable(text),
      instrument: { ...text, description: '适用的文件和文号' },
      status: { type: 'string', enum: ['open', 'closed'] },
      openCount: number,
      assessment,
      particulars: object({ supervised, warnings: list(anything), anomalies: list(anomaly) }),
    },
    ['mode', 'occurredBy', 'instrument'],
  ),
};
