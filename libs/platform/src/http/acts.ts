import { applyDecorators, Get, HttpCode, Post, UseInterceptors, type Type } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiHeader, ApiOperation, ApiQuery, ApiResponse } from '@nestjs/swagger';
import { DisclosureInterceptor } from './disclosed.js';
import { schemaOf } from '#libs/kernel';
import type { AppointmentRole } from '#libs/law';
import { NoQueryInterceptor } from './no-query.js';
import { Policy } from './route-policy.js';

interface Act {
  /** Below the controller's path; empty for its root. */
  readonly path: string;
  readonly command: Type;
  /** Kind of fact it records. */
  readonly fact: string;
  readonly says: string;
  /** A decision: If-Match is required. */
  readonly seen?: true;
  /** Roles of which one must be held for the route to be there at all. */
  readonly roles?: readonly AppointmentRole[];
  /** Its operation's name, where several routes take the command; the command's own otherwise. */
  readonly name?: string;
}

export const problem = (status: number, description: string): MethodDecorator =>
  ApiResponse({
    status,
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  });

export const ACTING_AS = ApiHeader({
  name: 'Kesu-Acting-As',
  required: false,
  description: '以哪一项任职或授权办理（任职或授权的标识）；有多项有效任职时必填，以他人授权办理时必填',
  schema: { type: 'string', format: 'uuid' },
});

export const PURPOSE = ApiHeader({
  name: 'Kesu-Purpose',
  required: false,
  description: '查阅目的；非当事机关必填',
  schema: { type: 'string', enum: ['handling', 'supervision', 'audit', 'inquiry'] },
});

/** A route that records one kind of fact: `POST …/extensions`. The body is the command. */
export const Records = ({ path, command, fact, says, seen, roles, name }: Act): MethodDecorator =>
  applyDecorators(
    Policy({ does: 'record', fact, ...(roles ? { roles } : {}) }),
    Post(path),
    HttpCode(201),
    ApiOperation({ operationId: name ?? operationId(command.name), summary: says }),
    ApiBearerAuth(),
    ApiBody({ schema: { $ref: `#/components/schemas/${command.name}` } }),
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description: '同一命令重发时使用同一个值',
      schema: { type: 'string', minLength: 1, maxLength: 128 },
    }),
    ApiHeader({
      name: 'If-Match',
      required: seen === true,
      description: '所看到的版本（ETag），例如 "3"',
      schema: { type: 'string' },
    }),
    ApiHeader({
      name: 'Prefer',
      required: false,
      description: 'respond-when=visible, wait=5：等读模型可见后再应答',
      schema: { type: 'string' },
    }),
    ACTING_AS,
    ApiResponse({
      status: 201,
      description: '已入账；重发同一命令得到相同的应答',
      headers: {
        ETag: { description: '案件版本', schema: { type: 'string' } },
        'Preference-Applied': { description: '读模型已可见时为 respond-when=visible', schema: { type: 'string' } },
        Location: { description: '案件地址', schema: { type: 'string' } },
      },
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Answer' } } },
    }),
    problem(400, '请求有误'),
    problem(401, '未认证'),
    problem(403, '无权办理'),
    problem(404, '没有这个案件，或者无权知悉'),
    problem(409, '与案件现状冲突'),
    problem(412, '版本已过时'),
    problem(413, '请求内容过大'),
    problem(415, '请求内容的类型不支持'),
    problem(422, '内容不能接受'),
    problem(428, '须带 If-Match'),
    problem(429, '一分钟内被拒绝的次数过多'),
    problem(503, '暂不可用，可用同一 Idempotency-Key 重发'),
  );

export const POSITION_HEADER = {
  'Kesu-Position': {
    description: '本应答所依据的日志位置；查询命令结果时，只有已入账的命令才有',
    schema: { type: 'string' },
  },
} as const;

interface Reading {
  readonly path: string;
  readonly name: string;
  readonly says: string;
  /** Name of the answer's schema. */
  readonly answers: string;
  /** What may be asked in the query, declared with the kernel's fields. */
  readonly query?: new () => object;
  /** Roles of which one must be held for the route to be there at all. */
  readonly roles?: readonly AppointmentRole[];
  /** Its answers speak for no place of the log. */
  readonly placeless?: true;
}

/** A route that reads protected data. Its handler may return only what was disclosed. */
export const Reads = ({ path, name, says, answers, query, roles, placeless }: Reading): MethodDecorator =>
  applyDecorators(
    Policy({ does: 'read', ...(roles ? { roles } : {}) }),
    UseInterceptors(DisclosureInterceptor, ...(query ? [] : [NoQueryInterceptor])),
    Get(path),
    ApiOperation({ operationId: name, summary: says }),
    ApiBearerAuth(),
    ACTING_AS,
    PURPOSE,
    ApiResponse({
      status: 200,
      description: '成功',
      headers: {
        ...(placeless ? {} : POSITION_HEADER),
        'Content-Location': {
          description: '问及某一时刻时：日后再问这一地址，得到同样的应答（已删除的内容除外）',
          schema: { type: 'string' },
        },
        Link: { description: '目录还有下一页时：rel="next"', schema: { type: 'string' } },
      },
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${answers}` } } },
    }),
    ...queryParameters(query),
    problem(400, '请求有误'),
    problem(401, '未认证'),
    problem(403, '无权查阅'),
    problem(404, '没有这个案件，或者无权知悉'),
    problem(503, '暂不可用'),
  );

function queryParameters(query: (new () => object) | undefined): MethodDecorator[] {
  if (!query) return [];
  const { properties, required = [] } = schemaOf(query) as {
    readonly properties: Readonly<Record<string, Record<string, unknown>>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) =>
    ApiQuery({ name, required: required.includes(name), schema }),
  );
}

const operationId = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
