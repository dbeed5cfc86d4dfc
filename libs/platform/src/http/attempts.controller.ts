import { Controller, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Code, Day, endOfDay, Id, Integer, Optional, startOfDay, Text, type LegalDate, type Uuid } from '#libs/kernel';
import { Reads } from './acts.js';
import { AttemptRegister } from './attempt-register.js';
import { Http, type Exchange } from './caller.js';
import type { Disclosed } from './disclosed.js';
import { assertPeriod } from './period.js';

/** 尝试日志 query. Days are those of Asia/Shanghai, both included. */
export class AttemptQuery {
  @Optional() @Text('路由', 200) route?: string;
  @Optional() @Code('错误代码') code?: string;
  @Optional() @Id('人员') person?: Uuid;
  @Optional() @Id('案件') case?: Uuid;
  @Optional() @Day('起始日期') from?: LegalDate;
  @Optional() @Day('截止日期') to?: LegalDate;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional()
  @Transform(({ value }: { value: unknown }) => (/^\d+$/.test(String(value)) ? Number(value) : value))
  @Integer('每页条数', 1, 200)
  limit?: number;
}

/** 尝试日志, for supervision and audit: who was refused what. */
@ApiTags('attempts 尝试日志')
@Controller('v1')
export class AttemptsController {
  constructor(@Inject(AttemptRegister) private readonly register: AttemptRegister) {}

  @Reads({
    path: 'attempts',
    name: 'listAttempts',
    says: '被拒绝的命令，最近的在前',
    answers: 'AttemptList',
    query: AttemptQuery,
    roles: ['supervisor', 'auditor'],
    placeless: true,
  })
  list(@Query() query: AttemptQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    assertPeriod(query);
    const { from, to, case: about, ...rest } = query;
    const period = {
      ...(from === undefined ? {} : { from: startOfDay(from) }),
      ...(to === undefined ? {} : { before: endOfDay(to) }),
    };
    return this.register.list({ ...rest, about, period }, http);
  }
}
