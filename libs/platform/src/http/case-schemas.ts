import { explainedOf } from './clocks-schema.js';
import { custodyOf } from './custody-schema.js';
import {
  anything,
  article,
  day,
  id,
  list,
  mode,
  moment,
  nullable,
  number,
  object,
  occurrence,
  position,
  says,
  text,
} from './schema-parts.js';

const mark = object({ on: day, event: id, at: moment }, ['at']);
const clockCells = {
  clock: text,
  rule: text,
  holder: id,
  from: mark,
  due: day,
  lateFrom: moment,
  dueAt: { ...moment, description: '以小时计的期限届满时刻' },
  opens: { ...day, description: '窗口期的第一日' },
  count: { ...object({ least: number, found: number }), description: '期间内应有和已有的次数' },
  personFinds: { type: 'boolean', description: '立即、当场、及时：是否及时由人认定' },
  stopped: mark,
  stoppedBy: { ...text, description: '哪一种行为使它截止' },
  extendedBy: id,
  notApplicable: { ...text, description: '为何不适用于本案' },
  provisional: { type: 'boolean', description: '跨入尚未公布节假日安排的年份，日期为暂定' },
  verdict: { type: 'string', enum: ['running', 'onTime', 'late', 'cannotJudge', 'notApplicable'] },
  daysLate: number,
  ageDays: { ...number, description: '已过的自然日' },
  ...article,
  ...says,
};
const clockOptional = [
  ...['from', 'due', 'lateFrom', 'dueAt', 'opens', 'count', 'personFinds', 'stopped', 'stoppedBy', 'extendedBy'],
  ...['notApplicable', 'daysLate', 'ageDays', 'article'],
];
const clock = object(clockCells, clockOptional);
const flag = object(
  {
    rule: text,
    code: text,
    about: list(id),
    values: anything,
    holder: { ...id, description: '所指的机关，仅凭事实看不出来的' },
    item: { ...text, description: '同一事实上的哪一项' },
    finding: { type: 'boolean', description: '认定，不是疑点' },
    informs: { type: 'boolean', description: '提示：条文本身允许、留待人判断的，不作为异常' },
    assessedBy: { ...list(id), description: '就此作出的认定' },
    ...article,
    ...says,
  },
  ['values', 'holder', 'item', 'finding', 'informs', 'assessedBy', 'article'],
);
const duty = object({ rule: text, code: text, since: mark, holder: id, ageDays: number, ...article, ...says }, [
  'article',
]);

const correction = object(
  {
    request: id,
    correctedBy: { ...id, description: '准予更正的事实' },
    pointer: text,
    field: { ...text, description: '字段名称' },
    before: { description: '更正前的值' },
    after: { description: '更正后的值' },
  },
  ['before', 'after'],
);

export const assessment = object({
  asOf: moment,
  clocks: list(clock),
  flags: list(flag),
  duties: list(duty),
});

const row = {
  case: id,
  revision: number,
  requesting: { ...id, description: '请求机关' },
  requested: { ...nullable(id), description: '被请求机关；尚未请求的案件没有' },
  status: { ...text, description: '办理状态' },
  documentNumber: nullable(text),
  pack: { ...nullable(text), description: '适用的规则包版本' },
  requestedOn: nullable(day),
  flagCount: number,
  dueOn: { ...nullable(day), description: '尚在计算的期限的届满日' },
  dueProvisional: { ...nullable(number), description: '1 为 dueOn 跨入尚未公布节假日安排的年份，为暂定' },
  lateFrom: nullable(moment),
  fedBack: { ...number, description: '1 为已书面反馈' },
  assessment,
};
const sides = {
  requestingName: { ...nullable(text), description: '请求机关的名称' },
  requestedName: { ...nullable(text), description: '被请求机关的名称；尚未请求的案件没有' },
};
const quarantine = {
  ...object({ code: text, lastGoodRevision: number }),
  description: '案件有事件无法解读，已隔离；此行止于可靠的最后版本',
};
export const asked = {
  ...position,
  asOf: { ...moment, description: '判断期限所依据的时刻' },
  occurredBy: { ...moment, description: '只计此时以前发生的行为' },
  settled: { type: 'boolean', description: '为 false 时，判断时刻离现在不足 15 秒或尚未到来，届时所知可能还有增加' },
};

const cameOrLeft = object({
  event: id,
  revision: number,
  type: text,
  occurredAt: occurrence,
  recordedAt: moment,
  ...says,
});
const correctedFact = object({
  event: id,
  revision: number,
  type: text,
  changes: list(object({ pointer: text, before: {}, after: {} }, ['before', 'after'])),
  ...says,
});
const changed = object({ before: anything, after: anything, ...says }, ['before', 'after']);
const hit = object({
  revision: number,
  pointer: { ...text, description: '在事实内容中的位置；/recorder/person、/recorder/organ 为记录人及其机关' },
  before: text,
  match: { ...text, description: '找到的文字；按名称找到的，为机关或人员名称中的文字' },
  after: text,
});

/** What is answered of cases: as they are and as they were. */
export const CASE_SCHEMAS = {
  CaseFile: object(
    {
      ...mode,
      ...asked,
      ...row,
      instrument: { ...text, description: '适用的文件和文号' },
      particulars: anything,
      supervision: { ...anything, description: '电子监察：本案的预警、亮牌和异常，详见 href 所指的监察档案' },
    },
    ['mode', 'occurredBy', 'instrument', 'supervision'],
  ),
  CaseList: object(
    {
      ...mode,
      ...position,
      cases: list(object({ ...row, ...sides, quarantine, hits: list(hit) }, ['quarantine', 'hits'])),
      withheld: {
        ...list(object({ case: id, code: text })),
        description: '在此页中但因事件流曾被改动或已损坏而不予提供的案件',
      },
      next: { ...text, description: '下一页的游标' },
    },
    ['mode', 'withheld', 'next'],
  ),
  Difference: object(
    {
      ...mode,
      ...position,
      case: id,
      from: object({ ...asked, revision: number }, ['occurredBy']),
      to: object({ ...asked, revision: number }, ['occurredBy']),
      facts: object({ came: list(cameOrLeft), left: list(cameOrLeft), corrected: list(correctedFact) }),
      status: object({ before: text, after: text, ...says }),
      clocks: list(changed),
      flags: list(changed),
      duties: list(changed),
      particulars: list(object({ pointer: text, before: {}, after: {}, ...says }, ['before', 'after'])),
    },
    ['mode', 'status'],
  ),
  ClocksExplained: explainedOf({ ...mode, ...asked }, clockCells, clockOptional),
  Custody: custodyOf({ ...mode, ...asked }, duty),
  Timeline: object(
    {
      ...mode,
      ...asked,
      case: id,
      revision: number,
      entries: list(
        object(
          {
            revision: { ...number, description: '案件版本，自 0 起；句子里的“第几项”自 1 起' },
            event: id,
            type: text,
            occurredAt: occurrence,
            recordedAt: moment,
            recordedLate: { type: 'boolean', description: '补录' },
            sentence: text,
            judgedThen: { ...list(text), description: '记录当时的判断，每项一句；现在如何，见案卷' },
            recordedBy: object(
              {
                person: text,
                organ: { type: ['string', 'null'] },
                delegatedBy: { ...text, description: '以何人的授权办理' },
              },
              ['delegatedBy'],
            ),
            documents: list(
              object({ name: text, digest: text, href: { ...text, description: '附件地址，相对于时间线的地址' } }),
            ),
            fact: anything,
            corrections: list(correction),
            nowReads: { ...object({ occurredAt: occurrence, sentence: text }), description: '更正后现在的内容' },
          },
          ['corrections', 'nowReads'],
        ),
      ),
    },
    ['mode', 'occurredBy'],
  ),
};
