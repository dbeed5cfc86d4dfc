import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dayOf, type Clock } from '#libs/kernel';
import { isHeldOn, type Appointment, type OrganRegister } from '#libs/law';
import { LawShelf, newestIn } from '../ledger/index.js';
import { Http, single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';
import { Reads } from './acts.js';

/** The present moment, for routes. */
export abstract class PresentMoment implements Clock {
  abstract now: Clock['now'];
}

/** 机关登记册, as today: whom a request can be sent to, and under which appointment one may act. */
@ApiTags('organs 机关登记')
@Controller('v1')
export class RegisterController {
  constructor(
    @Inject(LawShelf) private readonly law: LawShelf,
    @Inject(PresentMoment) private readonly clock: PresentMoment,
  ) {}

  @Reads({ path: 'organs', name: 'listOrgans', says: '机关及其今日任职人员', answers: 'OrganList' })
  organs(@Http() http: Exchange): Promise<Disclosed<object>> {
    return this.disclosed(http, 'organs', (register, held) => ({
      organs: [...register.organs.values()].map((organ) => ({
        ...organ,
        appointments: held.filter((appointment) => appointment.organ === organ.id).map(described(register)),
      })),
    }));
  }

  @Reads({ path: 'me', name: 'getMe', says: '我是谁，今日有哪些任职', answers: 'Me' })
  me(@Http() http: Exchange): Promise<Disclosed<object>> {
    const { person, appointment } = http.caller.recorder;
    return this.disclosed(http, 'me', (register, held) => ({
      person,
      name: register.persons.get(person)?.name,
      actingAs: appointment,
      appointments: held.filter((candidate) => candidate.person === person).map(described(register)),
    }));
  }

  private disclosed(
    { caller, request, reply }: Exchange,
    what: string,
    build: (register: OrganRegister, held: readonly Appointment[]) => object,
  ): Promise<Disclosed<object>> {
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    return disclose({ recorder: caller.recorder, purpose, what }, () => {
      const { book, places } = this.law.inHand;
      const position = newestIn(places);
      void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
      const register = book.organs;
      const today = dayOf(this.clock.now());
      const held = [...register.appointments.values()].filter((a) => isHeldOn(a, today));
      return Promise.resolve({ position, ...build(register, held) });
    });
  }
}

const described =
  (register: OrganRegister) =>
  ({ id, person, organ, post, roles, from }: Appointment): object => ({
    appointment: id,
    person,
    name: register.persons.get(person)?.name,
    organ,
    post,
    roles,
    from,
  });
