import { legalDate, type LegalDate } from '#libs/kernel';
import { capacitiesOf, type OrganRegister } from '#libs/law';
import {
  appointment,
  organs,
  person,
  recorder,
  RegisterStory,
  type Who,
} from '../../testing/src/specification/register-story.js';
import * as commands from './commands.js';

const day = (text: string): LegalDate => legalDate(text);
const story = RegisterStory.begin();
const approval = (of: RegisterStory) => ({ request: of.request });
const delegation = {
  ...{ appointment: appointment('xu'), person: person('wu'), roles: ['head'] },
  ...{ effectiveOn: day('2026-09-10'), endsOn: day('2026-10-10') },
} satisfies Partial<commands.MakeDelegation>;
const delegated = story.then('xu', commands.MakeDelegation, delegation);
const delegationIn = ({ delegations }: OrganRegister) => [...delegations.keys()].at(-1)!;

describe('授权委托', () => {
  it('lets another act under the appointment, for its time and in its roles only', () => {
    const { register } = delegated.then('fang', commands.ApproveRegisterChange, approval(delegated));
    const on = (text: string) => capacitiesOf(register, person('wu'), day(text)).map(({ roles }) => roles);
    expect(on('2026-09-09')).toEqual([['handler']]);
    expect(on('2026-09-10')).toEqual([['handler'], ['head']]);
    expect(on('2026-10-10')).toEqual([['handler']]);
  });

  it.each<[string, string, Who, Partial<commands.MakeDelegation>]>([
    ['DELEGATION_NOT_HELD', '/appointment', 'wu', { person: person('liu') }],
    ['DELEGATION_NOT_HELD', '/appointment', 'he', {}],
    ['UNKNOWN_APPOINTMENT', '/appointment', 'xu', { appointment: person('xu') }],
    ['UNKNOWN_PERSON', '/person', 'xu', { person: organs.bureau }],
    ['DELEGATION_TO_ONESELF', '/person', 'xu', { person: person('xu') }],
    ['ROLE_NOT_HELD', '/roles', 'xu', { roles: ['head', 'auditor'] }],
    ['DATES_REVERSED', '/endsOn', 'xu', { endsOn: day('2026-09-10') }],
    ['DELEGATION_TOO_LONG', '/effectiveOn', 'xu', { effectiveOn: day('2019-12-31') }],
  ])('%s at %s', (code, pointer, who, fields) => {
    story.when(who, commands.MakeDelegation, { ...delegation, ...fields }).refuses(code, pointer);
  });

  it('never outlasts the appointment, and lapses with one that ends earlier', () => {
    const end = story.then('he', commands.EndAppointment, {
      ...{ appointment: appointment('xu'), effectiveOn: day('2026-10-01') },
    });
    const ending = end.then('fang', commands.ApproveRegisterChange, approval(end));
    ending.when('xu', commands.MakeDelegation, delegation).refuses('DELEGATION_TOO_LONG', '/endsOn');
    const [both] = [end.then('xu', commands.MakeDelegation, delegation)];
    const given = both.then('fang', commands.ApproveRegisterChange, approval(both));
    const { register } = given.then('fang', commands.ApproveRegisterChange, approval(end));
    expect(capacitiesOf(register, person('wu'), day('2026-09-30'))).toHaveLength(2);
    expect(capacitiesOf(register, person('wu'), day('2026-10-01'))).toHaveLength(1);
  });

  it('makes no chain, and no second one beside it', () => {
    const given = delegated.then('fang', commands.ApproveRegisterChange, approval(delegated));
    const wu = recorder('wu', { appointment: appointment('xu'), delegation: delegationIn(given.register) });
    given
      .when(wu, commands.MakeDelegation, { ...delegation, person: person('liu') })
      .refuses('DELEGATION_CHAIN', '/appointment');
    given
      .when('xu', commands.MakeDelegation, { ...delegation, roles: ['head'] })
      .refuses('DELEGATION_OVERLAPS', '/effectiveOn');
  });

  it('is ended by its giver, its receiver or a registrar, once another approves', () => {
    const given = delegated.then('fang', commands.ApproveRegisterChange, approval(delegated));
    const end = { delegation: delegationIn(given.register), effectiveOn: day('2026-09-18') };
    for (const who of ['xu', 'wu', 'he'] as const)
      given.when(who, commands.EndDelegation, end).records('DelegationChangeRequested');
    given.when('liu', commands.EndDelegation, end).refuses('DELEGATION_NOT_YOURS', '/delegation');
    given
      .when('xu', commands.EndDelegation, { ...end, delegation: person('xu') })
      .refuses('UNKNOWN_DELEGATION', '/delegation');
    given
      .when('xu', commands.EndDelegation, { ...end, effectiveOn: day('2026-09-09') })
      .refuses('DATES_REVERSED', '/effectiveOn');
    given
      .when('xu', commands.EndDelegation, { ...end, effectiveOn: day('2026-10-10') })
      .refuses('DELEGATION_ENDED', '/effectiveOn');
    const asked = given.then('xu', commands.EndDelegation, end);
    const { register } = asked.then('fang', commands.ApproveRegisterChange, approval(asked));
    expect(capacitiesOf(register, person('wu'), day('2026-09-17'))).toHaveLength(2);
    expect(capacitiesOf(register, person('wu'), day('2026-09-18'))).toHaveLength(1);
  });

  it('is asked for by nobody whose appointment the register has ended', () => {
    const gone = RegisterStory.begin({
      type: 'AppointmentEnded',
      data: { appointment: appointment('xu') },
      occurredAt: { on: day('2026-09-18') },
    });
    gone.when('xu', commands.MakeDelegation, delegation).refuses('APPOINTMENT_NOT_HELD');
  });
});
