import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { isUuid, type Command } from '#libs/kernel';
import { CALENDAR_ID, type CalendarShelf } from '#libs/law';
import { Desk, Fault, Http, LawShelf, ReadingRoom, Reads, Records, StateRoom } from '#libs/platform';
import type { Disclosed, Exchange, Told } from '#libs/platform';
import * as commands from './commands.js';
import { calendarPage, noticePage, noticesPage, yearPage } from './pages.js';
import { lawCalendar } from './system.js';

const place = (): string => '/v1/law/calendar';

/** 工作日历 over HTTP: a notice is proposed by one person, another approves or refuses it. */
@ApiTags('law 法律数据')
@Controller('v1/law/calendar')
export class CalendarController {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(StateRoom) private readonly room: StateRoom,
    @Inject(ReadingRoom) private readonly reading: ReadingRoom,
    @Inject(LawShelf) private readonly law: LawShelf,
  ) {}

  @Records({
    path: 'notices',
    command: commands.ProposeCalendarNotice,
    fact: 'CalendarNoticeRequested',
    says: '申请将放假通知入账',
  })
  propose(@Body() command: commands.ProposeCalendarNotice, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({
    path: 'approvals',
    command: commands.ApproveCalendarNotice,
    fact: 'CalendarNoticeApproved',
    says: '准予放假通知入账（须由另一人决定）',
    seen: true,
  })
  approve(@Body() command: commands.ApproveCalendarNotice, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Records({
    path: 'refusals',
    command: commands.RefuseCalendarNotice,
    fact: 'CalendarNoticeRefused',
    says: '放假通知不予入账（须由另一人决定）',
    seen: true,
  })
  refuse(@Body() command: commands.RefuseCalendarNotice, @Http() http: Exchange): Promise<Told> {
    return this.record(command, http);
  }

  @Reads({ path: '', name: 'getCalendar', says: '工作日历各年及其依据', answers: 'LawCalendar' })
  calendar(@Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, calendarPage);
  }

  @Reads({ path: 'years/:year', name: 'getCalendarYear', says: '一年的放假和调休上班', answers: 'LawCalendarYear' })
  year(@Param('year') year: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, ({ calendar }) => {
      if (!/^(19|2\d)\d\d$/.test(year)) throw new Fault('ENTRY_NOT_FOUND');
      return yearPage(calendar, Number(year));
    });
  }

  @Reads({
    path: 'notices',
    name: 'listCalendarNotices',
    says: '放假通知的申请及其结果，最近的在前',
    answers: 'CalendarNoticeList',
  })
  notices(@Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, (shelf) => noticesPage(shelf, this.law.book.organs));
  }

  @Reads({ path: 'notices/:id', name: 'getCalendarNotice', says: '一项放假通知的申请', answers: 'CalendarNotice' })
  notice(@Param('id') id: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, ({ requests }) => {
      const asked = isUuid(id) ? requests.get(id) : undefined;
      if (!asked) throw new Fault('ENTRY_NOT_FOUND');
      return noticePage(asked, this.law.book.organs);
    });
  }

  @Reads({ path: 'commands/:command', name: 'getCalendarCommand', says: '命令是否已入账', answers: 'CommandStatus' })
  command(@Param('command') command: string, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.reading.command(lawCalendar, CALENDAR_ID, command, http);
  }

  private page(http: Exchange, build: (shelf: CalendarShelf) => object): Promise<Disclosed<object>> {
    return this.room.page(lawCalendar, CALENDAR_ID, http, { build });
  }

  private record(command: Command, http: Exchange): Promise<Told> {
    return this.desk.record(command, http, place, CALENDAR_ID);
  }
}
