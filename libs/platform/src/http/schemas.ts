import { CASE_SCHEMAS } from './case-schemas.js';
import { dayOfCount } from './clocks-schema.js';
import { LAW_SCHEMAS } from './law-schemas.js';
import { QUESTION_LIST } from './question-schemas.js';
import { REGISTER_SCHEMAS } from './register-schemas.js';
import {
  anything,
  day,
  id,
  list,
  mode,
  moment,
  number,
  object,
  occurrence,
  position,
  says,
  text,
} from './schema-parts.js';
import { SUPERVISION_SCHEMAS } from './supervision-schemas.js';

/** A stream, and the case it is of. */
const place = { stream: text, category: text, case: id };
const placeOptional = ['category', 'case'];

const yes = { type: 'boolean', const: true };
const code = object(
  {
    code: text,
    name: text,
    rule: text,
    article: text,
    open: { ...yes, description: '其他情形：须另行写明' },
    asks: { ...list(text), description: '应当一并载明的要素，见代码表 particulars' },
    asksRule: { ...yes, description: '须写明所违反的规则' },
    needsEmergency: { ...yes, description: '须写明紧急情形' },
    forbids: { ...yes, description: '不得提供协助的情形' },
  },
  ['rule', 'article', 'open', 'asks', 'asksRule', 'needsEmergency', 'forbids'],
);

/** The schemas of answers (JSON Schema 2020-12). Bodies are described by the commands themselves. */
export const SCHEMAS = {
  Reckoned: object({
    due: { ...text, description: '届满日；以小时计的为时刻' },
    provisional: { type: 'boolean', description: '跨入尚未公布节假日安排的年份，日期为暂定' },
    days: list(dayOfCount),
    notices: { ...list(text), description: '各年的节假日安排所依据的通知，或者未录有文号' },
    says: list(text),
    ...position,
    calendar: object({ version: text, source: text }),
  }),
  ...LAW_SCHEMAS,
  CodeLists: object({
    ...position,
    on: day,
    region: { ...text, description: '行政区划代码' },
    packs: {
      ...list(
        object(
          {
            system: text,
            edition: { ...text, description: '规则包版本' },
            digest: text,
            instrument: text,
            documentNumber: text,
            codes: { type: 'object', additionalProperties: list(code), description: '代码表，按名称' },
          },
          ['documentNumber'],
        ),
      ),
      description: '该日施行的规则包，每个系统一项；没有的，该系统不能记录',
    },
  }),
  Roles: object({
    ...position,
    on: day,
    region: { ...text, description: '行政区划代码' },
    packs: {
      ...list(
        object({
          edition: { ...text, description: '规则包版本' },
          digest: text,
          instrument: text,
          roles: list(
            object({
              role: text,
              name: { ...text, description: '文本所称的机构' },
              rules: list(object({ rule: text, article: text })),
              organs: {
                ...list(object({ organ: id, name: text })),
                description: '当日承担的机关；空为登记册中没有对应',
              },
            }),
          ),
        }),
      ),
      description: '该日施行于该地的规则包',
    },
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
      commandId: { ...id, description: '被拒绝的，或者结果未知的命令' },
      statusUrl: { ...text, description: '查询命令结果的地址' },
      lastGoodRevision: { ...number, description: '案件被隔离时，可靠的最后版本；−1 为没有' },
      traceId: text,
    },
    ['errors', 'rule', 'article', 'commandId', 'statusUrl', 'lastGoodRevision'],
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
  ...CASE_SCHEMAS,
  ...SUPERVISION_SCHEMAS,
  QuestionList: QUESTION_LIST,
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
  Quarantine: object({
    quarantined: {
      ...list(object({ ...place, lastGoodRevision: number, reason: text }, placeOptional)),
      description: '有事件无法解读的事件流：止于可靠的最后版本，−1 为没有',
    },
    alarms: {
      ...list(object({ ...place, reason: text, detail: text }, placeOptional)),
      description: '曾被改动或已损坏的事件流：不予提供',
    },
  }),
  CommandStatus: object(
    {
      ...mode,
      status: { type: 'string', enum: ['recorded', 'refused', 'unknown'] },
      ...position,
      answer: { $ref: '#/components/schemas/Answer' },
      refusals: {
        ...list(
          object({ code: text, pointer: text, rule: text, article: text, at: moment, ...says }, [
            'pointer',
            'rule',
            'article',
          ]),
        ),
        description: '拒绝的原因；句中的“……”是当时所说、未予留存的值',
      },
    },
    ['mode', 'position', 'answer', 'refusals'],
  ),
};
