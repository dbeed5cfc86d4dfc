import { applyDecorators, Get, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { KEPT_TYPES, MEDIA_NAMES } from '../documents/index.js';
import { ACTING_AS, POSITION_HEADER, problem, PURPOSE } from './acts.js';
import { DisclosureInterceptor } from './disclosed.js';
import { NoQueryInterceptor } from './no-query.js';
import { Policy } from './route-policy.js';

const FILE = { type: 'string', format: 'binary' } as const;

/** The route that takes a file in: for whoever works on cases, of whichever organ. */
export const Deposits = (): MethodDecorator =>
  applyDecorators(
    Policy({ does: 'deposit', roles: ['head', 'deputyHead', 'handler', 'clerk'] }),
    UseInterceptors(NoQueryInterceptor),
    Post(),
    HttpCode(201),
    ApiOperation({
      operationId: 'depositDocument',
      summary: '上传附件：内容即请求体；同样的内容再次上传得到同样的应答。上传后由本机关的事实按摘要引用',
    }),
    ApiBearerAuth(),
    ACTING_AS,
    ApiHeader({
      name: 'Content-Digest',
      required: false,
      description: '内容的摘要（RFC 9530），不符则不收',
      schema: { type: 'string', examples: ['sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:'] },
    }),
    ApiConsumes(...MEDIA_NAMES),
    ApiBody({ schema: FILE }),
    ApiResponse({
      status: 201,
      description: '已收存并落盘',
      content: { 'application/json': { schema: { $ref: '#/components/schemas/DepositedDocument' } } },
    }),
    problem(400, '请求有误'),
    problem(401, '未认证'),
    problem(403, '无权上传'),
    problem(408, '上传中断'),
    problem(410, '同样的内容已按规定删除'),
    problem(413, '文件过大'),
    problem(415, '不收这种文件'),
    problem(422, '文件是空的、与所称类型不符或与所附摘要不符'),
    problem(503, '文件库不可用'),
  );

/** A route that sends a document a fact of the case cites. Its handler may return only what was disclosed. */
export const ReadsDocument = (path: string): MethodDecorator =>
  applyDecorators(
    Policy({ does: 'read' }),
    UseInterceptors(DisclosureInterceptor, NoQueryInterceptor),
    Get(path),
    ApiOperation({ operationId: 'getDocument', summary: '附件的内容：须有本人可见的事实引用它' }),
    ApiBearerAuth(),
    ACTING_AS,
    PURPOSE,
    ApiHeader({
      name: 'Range',
      required: false,
      description: '只取一段（RFC 9110），例如 bytes=0-1023',
      schema: { type: 'string' },
    }),
    ...[200, 206].map((status) =>
      ApiResponse({
        status,
        description: status === 200 ? '整份附件，已与摘要核对' : '所要的一段',
        headers: {
          ...POSITION_HEADER,
          'Repr-Digest': { description: '整份附件的 SHA-256（RFC 9530）', schema: { type: 'string' } },
          'Content-Disposition': { description: '文件名称', schema: { type: 'string' } },
          'Accept-Ranges': { description: '可以只取一段', schema: { type: 'string', enum: ['bytes'] } },
          ...(status === 206 && {
            'Content-Range': { description: '所取的一段和整份的字节数', schema: { type: 'string' } },
          }),
        },
        content: Object.fromEntries(KEPT_TYPES.map((type) => [type, { schema: FILE }])),
      }),
    ),
    problem(400, '请求有误'),
    problem(401, '未认证'),
    problem(403, '无权查阅'),
    problem(404, '没有这个案件或这份附件，或者无权知悉'),
    problem(410, '附件已按规定删除'),
    problem(416, '范围不符'),
    problem(503, '附件已损坏，或暂不可用'),
  );
