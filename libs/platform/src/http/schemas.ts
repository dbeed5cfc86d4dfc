import { REGISTER_SCHEMAS } from './register-schemas.js';
import { anything, day, id, list, mode, moment, number, object, occurrence, says, text } from './schema-parts.js';

/** The schemas of answers (JSON Schema 2020-12). Bodies are described by the commands themselves. */
const mark = object({ on: day, event: id });

const clock = object(
  {
    clock: text,
    rule: text,
    holder: id,
    from: mark,
    due: day,
    lateFrom: moment,
    stopped: mark,
    stoppedBy: { ...text, description: '哪一种行为使它截止' },
    extendedBy: id,
    notApplicable: { ...text, description: '为何不适用于本案' },
    provisional: { type: 'boolean', description: '跨入尚未公布节假日安排的年份，日期为暂定' },
    verdict: { type: 'string', enum: ['running', 'onTime', 'late', 'cannotJudge', 'notApplicable'] },
    daysLate: number,
    ...says,
  },
  ['from', 'due', 'lateFrom', 'stopped', 'stoppedBy', 'extendedBy', 'notApplicable', 'daysLate'],
);
const flag = object(
  {
    rule: text,
    code: text,
    about: list(id),
    values: anything,
    finding: { type: 'boolean', description: '认定，不是疑点' },
    assessedBy: { ...list(id), description: '就此作出的认定' },
    ...says,
  },
  ['values', 'finding', 'assessedBy'],
);
const duty = object({ rule: text, code: text, since: mark, holder: id, ageDays: number, ...says });

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

const nullable = (schema: { readonly type: string }): object => ({ ...schema, type: [schema.type, 'null'] });

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
  lateFrom: nullable(moment),
  fedBack: { ...number, description: '1 为已书面反馈' },
  assessment: object({ asOf: moment, clocks: list(clock), flags: list(flag), duties: list(duty) }),
};
const quarantine = {
  ...object({ code: text, lastGoodRevision: number }),
  description: '案件有事件无法解读，已隔离；此行止于可靠的最后版本',
};

export const SCHEMAS = {
  Reckoned: object({
    due: { ...text, description: '届满日；以小时计的为时刻' },
    provisional: { type: 'boolean', description: '跨入尚未公布节假日安排的年份，日期为暂定' },
    days: list(
      object(
        {
          day,
          counted: { type: 'boolean' },
          provisional: { type: 'boolean' },
          why: { type: 'string', enum: ['firstDay', 'weekday', 'weekend', 'holiday', 'worked', 'suspended'] },
          name: { ...text, description: '节日' },
          part: { ...number, description: '0 为期限本身，其后每次延长加一' },
        },
        ['name'],
      ),
    ),
    says: list(text),
    calendar: object({ version: text, source: text }),
  }),
  ...REGISTER_SCHEMAS,
  Problem: object(
    {
      type: text,
      title: text,
      status: number,
      code: { ...text, description: '稳定的错误代码' },
      detail: { ...text, description: '中文说明' },
      errors: list(object({ pointer: text, code: text, message: text })),
      rule: { ...text, description: '所依据的规则编号' },
      article: { ...text, description: '规则出处' },
      statusUrl: { ...text, description: '查询命令结果的地址' },
      lastGoodRevision: { ...number, description: '案件被隔离时，可靠的最后版本；−1 为没有' },
      traceId: text,
    },
    ['errors', 'rule', 'article', 'statusUrl', 'lastGoodRevision'],
  ),
  Answer: object(
    {
      ...mode,
      case: id,
      commandId: id,
      revision: number,
      events: list(
        object(
          { id, type: text, revision: number, occurredAt: occurrence, recordedAt: moment, judged: list(anything) },
          ['judged'],
        ),
      ),
    },
    ['mode'],
  ),
  DepositedDocument: object(
    {
      ...mode,
      digest: { ...text, pattern: '^[0-9a-f]{64}$', description: '内容的 SHA-256，事实据此引用' },
      size: { ...number, description: '字节数' },
      type: { ...text, description: '按内容认定的媒体类型' },
    },
    ['mode'],
  ),
  CaseFile: object({ ...mode, ...row, particulars: anything }, ['mode']),
  CaseList: object(
    {
      ...mode,
      cases: list(object({ ...row, quarantine }, ['quarantine'])),
      withheld: {
        ...list(object({ case: id, code: text })),
        description: '在此页中但因事件流曾被改动或已损坏而不予提供的案件',
      },
      next: { ...text, description: '下一页的游标' },
    },
    ['mode', 'withheld', 'next'],
  ),
  Timeline: object(
    {
      ...mode,
      case: id,
      revision: number,
      entries: list(
        object(
          {
            revision: number,
            event: id,
            type: text,
            occurredAt: occurrence,
            recordedAt: moment,
            recordedLate: { type: 'boolean', description: '补录' },
            sentence: text,
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
    ['mode'],
  ),
  AttemptList: object(
    {
      ...mode,
      attempts: list(
        object(
          {
            at: moment,
            route: { ...text, description: '方法和路由模板' },
            code: text,
            pointer: text,
            person: id,
            personName: text,
            appointment: id,
            organ: id,
            organName: text,
            case: { ...id, description: '命令所指的案件；不一定存在' },
            command: id,
          },
          ['pointer', 'appointment', 'organ', 'organName'],
        ),
      ),
      next: { ...text, description: '下一页的游标' },
    },
    ['mode', 'next'],
  ),
  CommandStatus: object(
    {
      ...mode,
      status: { type: 'string', enum: ['recorded', 'refused', 'unknown'] },
      answer: { $ref: '#/components/schemas/Answer' },
      refusals: { ...list(object({ code: text, pointer: text, at: moment }, ['pointer'])), description: '拒绝的原因' },
    },
    ['mode', 'answer', 'refusals'],
  ),
};
