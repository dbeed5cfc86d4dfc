import { Controller, Inject, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dayOf, isUuid, type LegalDate, type Relation } from '#libs/kernel';
import { REGISTER_ID, type OrganRegister } from '#libs/law';
import { Fault, Http, PresentMoment, StateRoom, Reads, type Disclosed, type Exchange } from '#libs/platform';
import { appointmentsPage, organPage, organsPage, personsPage } from './pages.js';
import { NoSuchItem } from './paging.js';
import { AppointmentsQuery, DayQuery, PersonsQuery } from './queries.js';
import { organRegister } from './system.js';

/** 机关、人员、任职 as the register has them, on any day and at any of its revisions. */
@ApiTags('organs 机关登记')
@Controller('v1')
export class OrgansController {
  constructor(
    @Inject(StateRoom) private readonly room: StateRoom,
    @Inject(PresentMoment) private readonly clock: PresentMoment,
  ) {}

  @Reads({ path: 'organs', name: 'listOrgans', says: '某日的机关及其任职人员', answers: 'OrganList', query: DayQuery })
  organs(@Query() query: DayQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, query.revision, (register) => organsPage(register, this.day(query)));
  }

  @Reads({ path: 'organs/:id', name: 'getOrgan', says: '一个机关及其沿革', answers: 'Organ', query: DayQuery })
  organ(@Param('id') id: string, @Query() query: DayQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    return this.page(http, query.revision, (register) => {
      const page = isUuid(id) ? organPage(register, id, this.day(query)) : undefined;
      if (!page) throw new Fault('ENTRY_NOT_FOUND');
      return page;
    });
  }

  @Reads({ path: 'persons', name: 'listPersons', says: '人员', answers: 'PersonList', query: PersonsQuery })
  persons(@Query() query: PersonsQuery, @Http() http: Exchange): Promise<Disclosed<object>> {
    const { name, revision, ...paging } = query;
    return this.page(http, revision, (register, relation) =>
      personsPage(register, name, relation === 'keeping', paging),
    );
  }

  @Reads({
    path: 'appointments',
    name: 'listAppointments',
    says: '任职及其授权',
    answers: 'AppointmentList',
    query: AppointmentsQuery,
  })
  appointments(
    @Query() { revision, ...filter }: AppointmentsQuery,
    @Http() http: Exchange,
  ): Promise<Disclosed<object>> {
    return this.page(http, revision, (register) => appointmentsPage(register, filter));
  }

  private day({ on }: DayQuery): LegalDate {
    return on ?? dayOf(this.clock.now());
  }

  private page(
    http: Exchange,
    revision: number | undefined,
    build: (register: OrganRegister, relation: Relation) => object,
  ): Promise<Disclosed<object>> {
    return this.room.page(organRegister, REGISTER_ID, http, {
      revision,
      build: ({ register }, relation) => orCursorFault(() => build(register, relation)),
    });
  }
}

/** A list that is to go on behind what is not in it. */
export function orCursorFault(build: () => object): object {
  try {
    return build();
  } catch (error) {
    throw error instanceof NoSuchItem ? new Fault('CURSOR_MALFORMED') : error;
  }
}
