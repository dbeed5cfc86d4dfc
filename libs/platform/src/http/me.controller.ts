import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dayOf, type Clock } from '#libs/kernel';
import { capacitiesOf, type Capacity, type OrganRegister } from '#libs/law';
import { LawShelf, newestIn } from '../ledger/index.js';
import { Reads } from './acts.js';
import { Http, single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';

/** The present moment, for routes. */
export abstract class PresentMoment implements Clock {
  abstract now: Clock['now'];
}

/** 我是谁: the person a token leads to, and what they may act as today. */
@ApiTags('me 本人')
@Controller('v1')
export class MeController {
  constructor(
    @Inject(LawShelf) private readonly law: LawShelf,
    @Inject(PresentMoment) private readonly clock: PresentMoment,
  ) {}

  @Reads({ path: 'me', name: 'getMe', says: '我是谁，今日有哪些任职和授权', answers: 'Me' })
  me(@Http() { caller, request, reply }: Exchange): Promise<Disclosed<object>> {
    const { recorder } = caller;
    const purpose = purposeFrom(single(request.headers['kesu-purpose'])) ?? 'handling';
    return disclose({ recorder, purpose, what: 'me' }, () => {
      const { book, places } = this.law.inHand;
      const position = newestIn(places);
      void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
      const register = book.organs;
      const { person, appointment, delegation } = recorder;
      const held = capacitiesOf(register, person, dayOf(this.clock.now()));
      return Promise.resolve({
        position,
        person,
        name: register.persons.get(person)?.name,
        actingAs: delegation ?? appointment,
        appointments: held.filter((capacity) => !capacity.delegation).map(described(register)),
        delegations: held.flatMap((capacity) => (capacity.delegation ? [delegated(register, capacity)] : [])),
      });
    });
  }
}

const described =
  (register: OrganRegister) =>
  ({ appointment: { id, person, organ, post, from }, roles }: Capacity): object => ({
    appointment: id,
    person,
    name: register.persons.get(person)?.name,
    organ,
    post,
    roles,
    from,
  });

const delegated = (register: OrganRegister, capacity: Capacity): object => ({
  ...described(register)(capacity),
  delegation: capacity.delegation?.id,
  from: capacity.delegation?.from,
  to: capacity.delegation?.to,
});
