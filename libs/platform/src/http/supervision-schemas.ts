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
const provisional = { type: 'boolean', description: '届满日跨入尚未公布节假日安排的年份，为暂定' };
const issuedOn = { ...day, description: '发出之日；晚于应当发出之日的，为补发' };
const card = object({ event: id, colour, turnedAt: moment, issuedOn, withdrawn, ...says }, ['withdrawn']);
const warning = object(
  {
    event: id,
    clock: text,
    rule: text,
    ...article,
    due: day,
    provisional,
    turnedAt: moment,
    issuedOn,
    withdrawn,
    ...says,
  },
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
    provisional,
    colour,
    status,
    open: { type: 'boolean' },
    skipped: { ...list(status), description: '没有经过的环节；只作显示' },
    cards: list(card),
    appeals: list(anything),
    orders: list(anything),
    ...says,
  },
  ['article', 'holder', 'code', 'clock', 'due', 'provisional', 'colour'],
);

const frame = object(
  {
    category: text,
    organs: list(id),
    from: day,
    to: day,
    status: text,
    position: { ...text, description: '总体所依据的日志位置' },
    count: number,
    digest: { ...text, description: '案件标识升序排列、每行一个并以换行结尾的 SHA-256' },
  },
  ['status'],
);
const check = object({ on: day, event: id, case: id, outcome: text, rules: list(text), remark: text, replaces: id }, [
  'remark',
  'replaces',
]);

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
            provisional,
            status,
            open: { type: 'boolean' },
            since: day,
            ...says,
          },
          ['colour', 'due', 'provisional'],
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
  SampleList: object(
    {
      ...mode,
      ...position,
      samples: list(
        object(
          {
            sample: id,
            office: { ...id, description: '抽查机关' },
            category: text,
            from: day,
            to: day,
            fixedOn: day,
            drawnOn: day,
            status: { type: 'string', enum: ['fixed', 'drawn', 'checked'] },
            count: { ...number, description: '总体件数' },
            size: { ...number, description: '拟抽取件数' },
            unchecked: { ...number, description: '已抽中而尚未检查的件数' },
            ...says,
          },
          ['drawnOn'],
        ),
      ),
      next: { ...text, description: '下一页的游标' },
    },
    ['mode', 'next'],
  ),
  SampleFile: object(
    {
      ...mode,
      ...asked,
      case: id,
      revision: number,
      pack: nullable(text),
      instrument: { ...text, description: '适用的文件和文号' },
      status: { type: 'string', enum: ['fixed', 'drawn', 'checked'] },
      assessment,
      particulars: object(
        {
          office: id,
          frame,
          size: number,
          algorithm: text,
          fixed: { ...id, description: '确定总体的事实' },
          reason: text,
          salt: { ...text, description: '该事实入账时系统所取的盐值' },
          seed: { ...text, description: '“盐值 空格 总体摘要”一行（以换行结尾）的 SHA-256' },
          drawn: id,
          cases: list(object({ case: id, check }, ['check'])),
          unchecked: number,
          whole: { type: 'boolean', description: '拟抽取的多于总体，已全部抽取' },
          ...says,
        },
        ['reason', 'salt', 'seed', 'drawn', 'whole'],
      ),
    },
    ['mode', 'occurredBy', 'instrument'],
  ),
  SampleFrame: object({ ...mode, ...position, cases: list(id), next: { ...id, description: '下一页自这一案件之后' } }, [
    'mode',
    'next',
  ]),
};
