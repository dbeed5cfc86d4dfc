import type { Readable } from 'node:stream';
import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OneOf, Optional } from '#libs/kernel';
import {
  CaseListQuery,
  DifferenceQuery,
  DocumentRoom,
  Http,
  MomentQuery,
  ReadingRoom,
  Reads,
  ReadsDocument,
  type ActRoute,
  type Disclosed,
  type Exchange,
} from '#libs/platform';
import * as commands from './commands/index.js';
import { assistance } from './system.js';

/** What was done is a noun below `/v1/assistance`. README.md has the table act × place. */
export const actRoutes: readonly ActRoute[] = [
  { path: 'obstacles', command: commands.NoteObstacle, says: '记录遇到障碍（可先于请求立案）' },
  {
    path: ':id/obstacles',
    command: commands.NoteObstacle,
    says: '在本案中记录遇到的又一障碍',
    name: 'noteFurtherObstacle',
  },
  { path: ':id/forgoing', command: commands.ForgoRequest, says: '记录决定不提出请求' },
  { path: '', command: commands.RequestAssistance, says: '提出协助请求（立案），紧急请求亦同' },
  {
    path: ':id/requests',
    command: commands.RequestAssistance,
    says: '在已记录障碍的案件中提出协助请求',
    name: 'requestAssistanceInCase',
  },
  { path: ':id/formalities', command: commands.MakeUpFormalities, says: '登记紧急请求补办手续' },
  { path: ':id/materials', command: commands.HandOverMaterials, says: '登记补交辅助和佐证资料' },
  { path: ':id/receipts', command: commands.RecordDelivery, says: '登记送达' },
  { path: ':id/confirmations', command: commands.ConfirmReceipt, says: '确认收到' },
  { path: ':id/acceptances', command: commands.AcceptRequest, says: '登记受理' },
  { path: ':id/class-disputes', command: commands.DisputeClass, says: '登记对事项类别的异议' },
  { path: ':id/class-decisions', command: commands.DecideClass, says: '登记事项类别的确定' },
  { path: ':id/steps', command: commands.RecordStep, says: '登记办理步骤' },
  { path: ':id/extensions', command: commands.ApproveExtension, says: '登记批准延长协助期限' },
  { path: ':id/filings', command: commands.FileExtension, says: '登记延长期限备案' },
  { path: ':id/provisions', command: commands.ProvideAssistance, says: '登记提供协助' },
  { path: ':id/feedback', command: commands.GiveFeedback, says: '登记书面反馈' },
  {
    path: ':id/inability-notices',
    command: commands.NotifyInability,
    says: '登记不能按要求、按期或者不能提供协助的告知',
  },
  { path: ':id/returns', command: commands.ReturnMaterials, says: '登记退回资料' },
  { path: ':id/no-materials', command: commands.DeclareNoMaterials, says: '声明未收到移交的资料' },
  { path: ':id/register-entries', command: commands.EnterRegister, says: '登记协助请求工作台账' },
  { path: ':id/closure', command: commands.CloseCase, says: '办结' },
  { path: ':id/archives', command: commands.ArchiveCase, says: '归档' },
  { path: ':id/emergency-regimes', command: commands.ActivateEmergencyRegime, says: '登记启动应急处置' },
  { path: ':id/emergency-regime-ends', command: commands.EndEmergencyRegime, says: '登记应急处置结束' },
  { path: ':id/assessments', command: commands.AssessRule, says: '登记对须由人判断的规则的认定' },
];

/** 案件目录 query. */
export class AssistanceListQuery extends CaseListQuery {
  @Optional() @OneOf('办理状态', assistance.statuses) override status?: string;
}

/** What may be read of 行政协助. */
@ApiTags('assistance 行政协助')
@Controller('v1/assistance')
export class AssistanceController {
  constructor(
    @Inject(ReadingRoom) private readonly room: ReadingRoom,
    @Inject(DocumentRoom) private readonly documents: DocumentRoom,
  ) {}

  @Reads({
    path: '',
    name: 'listCases',
    says: '案件目录与检索：本机关为当事方的案件，注明查阅目的时也包括所监督的案件；最近立案的在前，翻页时不重不漏',
    answers: 'CaseList',
    query: AssistanceListQuery,
  })
  list(@Query() query: AssistanceListQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.list(assistance, query, http);
  }

  @Reads({
    path: ':id',
    name: 'getCaseFile',
    says: '案卷：事项、时限、疑点；现在的，或者任一时刻的',
    answers: 'CaseFile',
    query: MomentQuery,
  })
  fileOf(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.file(assistance, id, query, http);
  }

  @Reads({
    path: ':id/timeline',
    name: 'getTimeline',
    says: '时间线：每项事实一句话；现在的，或者任一时刻的',
    answers: 'Timeline',
    query: MomentQuery,
  })
  timeline(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.timeline(assistance, id, query, http);
  }

  @Reads({
    path: ':id/clocks',
    name: 'getClocks',
    says: '期限说明：每一期限的结论，逐日的计算，所依据的条款和节假日通知；现在的，或者任一时刻的',
    answers: 'ClocksExplained',
    query: MomentQuery,
  })
  clocks(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.clocks(assistance, id, query, http);
  }

  @Reads({
    path: ':id/custody',
    name: 'getCustody',
    says: '责任链：自首项行为起，每一时刻由哪个机关、哪位承办人、就什么期限承办；各环节之和等于全程',
    answers: 'Custody',
    query: MomentQuery,
  })
  custody(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.custody(assistance, id, query, http);
  }

  @Reads({
    path: ':id/difference',
    name: 'getDifference',
    says: '两个时刻之间的差异：来了哪些事实，更正了什么，期限、疑点、待办和事项因此有何变化',
    answers: 'Difference',
    query: DifferenceQuery,
  })
  difference(
    @Param('id') id: string,
    @Query() query: DifferenceQuery,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.room.difference(assistance, id, query, http);
  }

  @ReadsDocument(':id/documents/:digest')
  document(
    @Param('id') id: string,
    @Param('digest') digest: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<Readable>> {
    return this.documents.document(assistance, { caseId: id, digest }, http);
  }

  @Reads({
    path: ':id/commands/:command',
    name: 'getCommand',
    says: '命令的结果：已入账、被拒绝或者不知道',
    answers: 'CommandStatus',
  })
  command(
    @Param('id') id: string,
    @Param('command') command: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.room.command(assistance, id, command, http);
  }
}
