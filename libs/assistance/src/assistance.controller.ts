import { Body, Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Code, Integer, Optional, Text } from '#libs/kernel';
import { Desk, Http, ReadingRoom, Reads, Records, type Disclosed, type Exchange, type Told } from '#libs/platform';
import { Transform } from 'class-transformer';
import * as commands from './commands.js';
import { assistance } from './system.js';

const ROOT = '/v1/assistance';

/** 案件目录 query. */
export class CaseListQuery {
  @Optional() @Code('状态') status?: string;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional()
  @Transform(({ value }: { value: unknown }) => (/^\d+$/.test(String(value)) ? Number(value) : value))
  @Integer('每页件数', 1, 200)
  limit?: number;
}

/** 行政协助 over HTTP: what was done is a noun, one line a route. README.md has the table act × place. */
@ApiTags('assistance 行政协助')
@Controller('v1/assistance')
export class AssistanceController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(ReadingRoom) private readonly room: ReadingRoom,
  ) {}

  @Records({ path: '', command: commands.RequestAssistance, fact: 'AssistanceRequested', says: '提出协助请求（立案）' })
  request(@Body() command: commands.RequestAssistance, @Http() http: Exchange): Promise<Told> {
    return this.desk.record(command, http, ROOT);
  }

  @Records({
    path: ':id/receipts',
    command: commands.RecordDelivery,
    fact: 'AssistanceRequestDelivered',
    says: '登记送达',
  })
  receive(@Body() command: commands.RecordDelivery, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({ path: ':id/acceptances', command: commands.AcceptRequest, fact: 'AssistanceAccepted', says: '登记受理' })
  accept(@Body() command: commands.AcceptRequest, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({ path: ':id/steps', command: commands.RecordStep, fact: 'AssistanceStepRecorded', says: '登记办理步骤' })
  step(@Body() command: commands.RecordStep, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({
    path: ':id/extensions',
    command: commands.ApproveExtension,
    fact: 'AssistanceExtensionApproved',
    says: '登记批准延长协助期限',
    seen: true,
  })
  extend(@Body() command: commands.ApproveExtension, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({
    path: ':id/filings',
    command: commands.FileExtension,
    fact: 'AssistanceExtensionFiled',
    says: '登记延长期限备案',
  })
  file(@Body() command: commands.FileExtension, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({
    path: ':id/provisions',
    command: commands.ProvideAssistance,
    fact: 'AssistanceProvided',
    says: '登记提供协助',
  })
  provide(@Body() command: commands.ProvideAssistance, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({
    path: ':id/feedback',
    command: commands.GiveFeedback,
    fact: 'AssistanceFeedbackGiven',
    says: '登记书面反馈',
  })
  feedBack(@Body() command: commands.GiveFeedback, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Records({ path: ':id/closure', command: commands.CloseCase, fact: 'AssistanceClosed', says: '办结', seen: true })
  close(@Body() command: commands.CloseCase, @Http() http: Exchange, @Param('id') id: string): Promise<Told> {
    return this.desk.record(command, http, ROOT, id);
  }

  @Reads({
    path: '',
    name: 'listCases',
    says: '本机关为当事方的案件，最近入账的在前',
    answers: 'CaseList',
    query: CaseListQuery,
  })
  list(@Query() query: CaseListQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.list(assistance, query, http);
  }

  @Reads({ path: ':id', name: 'getCaseFile', says: '案卷：事项、时限、疑点', answers: 'CaseFile' })
  fileOf(@Param('id') id: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.file(assistance, id, http);
  }

  @Reads({ path: ':id/timeline', name: 'getTimeline', says: '时间线：每项事实一句话', answers: 'Timeline' })
  timeline(@Param('id') id: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.timeline(assistance, id, http);
  }

  @Reads({ path: ':id/commands/:command', name: 'getCommand', says: '命令是否已入账', answers: 'CommandStatus' })
  command(
    @Param('id') id: string,
    @Param('command') command: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.room.command(assistance, id, command, http);
  }
}
