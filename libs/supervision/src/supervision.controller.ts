import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Http, MomentQuery, ReadingRoom, Reads, type ActRoute, type Disclosed, type Exchange } from '#libs/platform';
import * as commands from './commands.js';
import { anomaliesWhere, anomalyTold } from './anomaly-list.js';
import { AnomaliesQuery } from './queries.js';
import { supervision } from './system.js';
import { anomalies } from './views/anomalies.js';

/** What was done is a noun below `/v1/supervision`. What the service records by itself has no route. */
export const actRoutes: readonly ActRoute[] = [
  { path: ':id/reminders', command: commands.SendReminder, says: '登记对异常的提醒' },
  { path: ':id/orders', command: commands.OrderHandling, says: '登记督办' },
  { path: ':id/trackings', command: commands.TrackHandling, says: '登记督办的跟踪' },
  { path: ':id/handlings', command: commands.RecordHandling, says: '登记异常的处理' },
  { path: ':id/anomaly-assessments', command: commands.AssessAnomaly, says: '登记异常记入考核' },
  { path: ':id/dismissals', command: commands.DismissAnomaly, says: '将异常销号（异常仍然可见）' },
  { path: ':id/appeals', command: commands.AppealAnomaly, says: '登记对异常的申诉' },
  { path: ':id/appeal-decisions', command: commands.DecideAppeal, says: '登记申诉的决定（须由未参与的人员作出）' },
];

/** What may be read of 电子监察. */
@ApiTags('supervision 电子监察')
@Controller('v1/supervision')
export class SupervisionController {
  constructor(@Inject(ReadingRoom) private readonly room: ReadingRoom) {}

  @Reads({
    path: '',
    name: 'listAnomalies',
    says: '异常目录：本机关案件的异常，注明查阅目的时也包括所监督机关的；最近发现的在前，翻页时不重不漏',
    answers: 'AnomalyList',
    query: AnomaliesQuery,
  })
  list(@Query() query: AnomaliesQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    const { after, limit } = query;
    const asked = {
      view: anomalies.name,
      sides: ['organ', 'other'] as const,
      where: anomaliesWhere(query),
      order: ['since'],
      descending: true,
      ...(after === undefined ? {} : { after }),
      limit,
      member: 'anomalies',
      told: anomalyTold,
    };
    return this.room.rows(supervision, asked, http);
  }

  @Reads({
    path: ':id',
    name: 'getSupervisionFile',
    says: '一个案件的监察档案：预警、亮牌、异常及其处理；现在的，或者任一时刻的',
    answers: 'SupervisionFile',
    query: MomentQuery,
  })
  fileOf(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.file(supervision, id, query, http);
  }

  @Reads({
    path: ':id/timeline',
    name: 'getSupervisionTimeline',
    says: '监察档案的时间线：每项事实一句话；现在的，或者任一时刻的',
    answers: 'Timeline',
    query: MomentQuery,
  })
  timeline(@Param('id') id: string, @Query() query: MomentQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.room.timeline(supervision, id, query, http);
  }

  @Reads({
    path: ':id/commands/:command',
    name: 'getSupervisionCommand',
    says: '命令的结果：已入账、被拒绝或者不知道',
    answers: 'CommandStatus',
  })
  command(
    @Param('id') id: string,
    @Param('command') command: string,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.room.command(supervision, id, command, http);
  }
}
