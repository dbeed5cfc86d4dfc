import { legalDate, type LegalDate } from '#libs/kernel';
import { appointmentsOf, organOn } from '#libs/law';
import {
  account,
  appointment,
  NOW,
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

const newOrgan = {
  ...{ name: '市数据局', kind: 'administrative', region: '350200', level: 'municipal' },
  ...{ superior: organs.government, effectiveOn: day('2026-09-01') },
} satisfies Partial<commands.RegisterOrgan>;
const wuAtBranch = {
  ...{ person: person('wu'), organ: organs.branch, post: '副局长', roles: ['deputyHead'] },
  effectiveOn: day('2026-09-01'),
} satisfies Partial<commands.MakeAppointment>;
const delegation = {
  ...{ appointment: appointment('xu'), person: person('wu'), roles: ['head'] },
  ...{ effectiveOn: day('2026-09-10'), endsOn: day('2026-10-10') },
} satisfies Partial<commands.MakeDelegation>;
const delegated = story.then('xu', commands.MakeDelegation, delegation);
describe('a change', () => {
  const asked = story.then('he', commands.MakeAppointment, wuAtBranch);

  it('has no effect when it is asked for', () => {
    expect(appointmentsOf(asked.register, person('wu'), day('2026-09-18'))).toHaveLength(1);
  });

  it('has its effect, from its own day on, when another person approves it', () => {
    const { register } = asked.then('fang', commands.ApproveRegisterChange, approval(asked));
    expect(appointmentsOf(register, person('wu'), day('2026-08-31'))).toHaveLength(1);
    expect(appointmentsOf(register, person('wu'), day('2026-09-01')).map(({ post }) => post)).toEqual([
      '示例职务',
      '副局长',
    ]);
  });

  it('never has an effect once it was refused', () => {
    const refused = asked.then('fang', commands.RefuseRegisterChange, { ...approval(asked), reason: '编制已满' });
    expect(appointmentsOf(refused.register, person('wu'), day('2026-09-18'))).toHaveLength(1);
    refused.when('fang', commands.ApproveRegisterChange, approval(asked)).refuses('CHANGE_DECIDED', '/request');
  });

  it('is approved once', () => {
    const approved = asked.then('fang', commands.ApproveRegisterChange, approval(asked));
    approved.when('fang', commands.ApproveRegisterChange, approval(asked)).refuses('CHANGE_DECIDED', '/request');
    approved
      .when('fang', commands.RefuseRegisterChange, { ...approval(asked), reason: '迟了' })
      .refuses('CHANGE_DECIDED', '/request');
  });

  it('that nobody asked for is not decided', () => {
    story.when('fang', commands.ApproveRegisterChange, { request: person('wu') }).refuses('CHANGE_UNKNOWN', '/request');
  });

  it('is looked at once more when it is approved: the register may have moved on', () => {
    const twice = asked.then('he', commands.MakeAppointment, wuAtBranch);
    const [first, second] = [...twice.register.requests.keys()];
    const once = twice.then('fang', commands.ApproveRegisterChange, { request: first! });
    once.when('fang', commands.ApproveRegisterChange, { request: second! }).refuses('APPOINTMENT_OVERLAPS', '/request');
  });
});

describe('four eyes, by person', () => {
  it('nobody approves or refuses what they asked for, whatever appointment they use', () => {
    const asked = story.then('he', commands.RegisterOrgan, newOrgan);
    const elsewhere = recorder('he', { client: 'another', subjectDigest: 'a second account' });
    for (const who of ['he', elsewhere] as const) {
      asked.when(who, commands.ApproveRegisterChange, approval(asked)).refuses('APPROVER_IS_REQUESTER', '/request');
      asked
        .when(who, commands.RefuseRegisterChange, { ...approval(asked), reason: '不妥' })
        .refuses('APPROVER_IS_REQUESTER', '/request');
    }
  });

  it('nor does whoever acts for the one who asked, or by whose delegation it was asked', () => {
    const lent = RegisterStory.begin({
      type: 'DelegationMade',
      data: {
        ...{ delegation: person('xu'), appointment: appointment('he'), person: person('wu') },
        ...{ roles: ['registrar'], to: day('2027-01-01') },
      },
      occurredAt: { on: day('2026-01-01') },
    });
    const wuForHe = recorder('wu', { appointment: appointment('he'), delegation: person('xu') });
    const byHe = lent.then('he', commands.RegisterOrgan, newOrgan);
    byHe.when(wuForHe, commands.ApproveRegisterChange, approval(byHe)).refuses('APPROVER_IS_REQUESTER', '/request');
    const byWu = lent.then(wuForHe, commands.RegisterOrgan, newOrgan);
    byWu.when('he', commands.ApproveRegisterChange, approval(byWu)).refuses('APPROVER_IS_REQUESTER', '/request');
    byWu.when('fang', commands.ApproveRegisterChange, approval(byWu)).records('RegisterChangeApproved');
  });

  const fangs: readonly (readonly [string, (from: RegisterStory) => RegisterStory])[] = [
    ['appointment', (from) => from.then('he', commands.MakeAppointment, { ...wuAtBranch, person: person('fang') })],
    ['account', (from) => from.then('he', commands.LinkAccount, { person: person('fang'), digest: account('second') })],
    ['name', (from) => from.then('he', commands.RenamePerson, { person: person('fang'), name: '方' })],
    ['delegation', (from) => from.then('xu', commands.MakeDelegation, { ...delegation, person: person('fang') })],
  ];
  it.each(fangs)('nobody approves what concerns their own %s', (_what, ask) => {
    const asked = ask(story);
    asked.when('fang', commands.ApproveRegisterChange, approval(asked)).refuses('APPROVER_BENEFITS', '/request');
  });
});

describe('who keeps the register', () => {
  it.each<[Who]>([['xu'], ['wu']])('not %s, who is no registrar of a staffing office', (who) => {
    story.when(who, commands.RegisterOrgan, newOrgan).refuses('NOT_REGISTRAR');
    const asked = story.then('he', commands.RegisterOrgan, newOrgan);
    asked.when(who, commands.ApproveRegisterChange, approval(asked)).refuses('NOT_REGISTRAR');
  });

  it('a district’s registrar in the district, the city’s everywhere in the city', () => {
    story.when('qiu', commands.RegisterOrgan, { ...newOrgan, region: '350203' }).records('RegisterChangeRequested');
    story.when('qiu', commands.RegisterOrgan, newOrgan).refuses('OUT_OF_AREA');
    story.when('qiu', commands.LinkAccount, { person: person('xu'), digest: account('x') }).refuses('OUT_OF_AREA');
    story
      .when('qiu', commands.EndAppointment, { appointment: appointment('he'), effectiveOn: day('2026-09-18') })
      .refuses('OUT_OF_AREA');
    delegated.when('qiu', commands.ApproveRegisterChange, approval(delegated)).refuses('OUT_OF_AREA');
    const asked = story.then('he', commands.RegisterOrgan, newOrgan);
    asked.when('qiu', commands.ApproveRegisterChange, approval(asked)).refuses('OUT_OF_AREA');
  });

  it('not whose appointment the register itself has ended, though the service still let them in', () => {
    const third = story.then('he', commands.MakeAppointment, {
      ...{ person: person('wu'), organ: organs.cityOffice, post: '科员', roles: ['registrar'] },
      effectiveOn: day('2026-09-01'),
    });
    const three = third.then('fang', commands.ApproveRegisterChange, approval(third));
    const end = three.then('fang', commands.EndAppointment, {
      ...{ appointment: appointment('he'), effectiveOn: day('2026-09-18') },
    });
    const wu = [...end.register.appointments.values()].find(({ post }) => post === '科员')!;
    const acting = recorder('wu', { appointment: wu.id, organ: organs.cityOffice });
    const ended = end.then(acting, commands.ApproveRegisterChange, approval(end));
    ended.when('he', commands.RegisterOrgan, newOrgan).refuses('NOT_REGISTRAR');
  });

  it('at least two persons: nobody ends what would leave one', () => {
    const without = RegisterStory.begin({
      type: 'AppointmentEnded',
      data: { appointment: appointment('qiu') },
      occurredAt: { on: day('2026-01-01') },
    });
    const last = { effectiveOn: day('2026-09-18'), appointment: appointment('fang') };
    without.when('he', commands.EndAppointment, last).refuses('REGISTRARS_TOO_FEW');
    without
      .when('he', commands.UnlinkAccount, { person: person('fang'), digest: account('fang') })
      .refuses('REGISTRARS_TOO_FEW');
    without
      .when('he', commands.AbolishOrgan, { organ: organs.cityOffice, effectiveOn: day('2026-09-18') })
      .refuses('REGISTRARS_TOO_FEW');
    story.when('he', commands.EndAppointment, last).records('RegisterChangeRequested');
  });
});

describe('what cannot be entered', () => {
  const on = day('2026-09-01');
  const nobody = organs.bureau;
  const nowhere = person('xu');
  const asking = <C extends commands.Change>(type: new () => C, fields: Partial<C>) => [type, fields] as const;

  it.each<[string, string | undefined, readonly [new () => commands.Change, object]]>([
    [
      'NOT_YET_IN_EFFECT',
      '/effectiveOn',
      asking(commands.RegisterOrgan, { ...newOrgan, effectiveOn: day('2026-09-19') }),
    ],
    ['ORGAN_NAME_TAKEN', '/name', asking(commands.RegisterOrgan, { ...newOrgan, name: 'bureau' })],
    ['UNKNOWN_ORGAN', '/superior', asking(commands.RegisterOrgan, { ...newOrgan, superior: nowhere })],
    ['UNKNOWN_ORGAN', '/organ', asking(commands.ChangeOrgan, { organ: nowhere, name: '新名', effectiveOn: on })],
    [
      'NOT_YET_IN_EFFECT',
      '/effectiveOn',
      asking(commands.ChangeOrgan, { organ: organs.bureau, name: '新名', effectiveOn: day('2026-12-01') }),
    ],
    ['CHANGE_EMPTY', undefined, asking(commands.ChangeOrgan, { organ: organs.bureau, effectiveOn: on })],
    [
      'CHANGE_EMPTY',
      undefined,
      asking(commands.ChangeOrgan, { organ: organs.bureau, name: 'bureau', level: 'municipal', effectiveOn: on }),
    ],
    [
      'CHANGE_EMPTY',
      undefined,
      asking(commands.ChangeOrgan, { organ: organs.government, noSuperior: true, effectiveOn: on }),
    ],
    [
      'ORGAN_NAME_TAKEN',
      '/name',
      asking(commands.ChangeOrgan, { organ: organs.bureau, name: 'branch', effectiveOn: on }),
    ],
    [
      'SUPERIOR_CIRCLE',
      '/superior',
      asking(commands.ChangeOrgan, { organ: organs.bureau, superior: organs.bureau, effectiveOn: on }),
    ],
    [
      'SUPERIOR_CIRCLE',
      '/superior',
      asking(commands.ChangeOrgan, { organ: organs.government, superior: organs.branch, effectiveOn: on }),
    ],
    [
      'SUPERIOR_AND_NONE',
      '/noSuperior',
      asking(commands.ChangeOrgan, {
        organ: organs.branch,
        superior: organs.government,
        noSuperior: true,
        effectiveOn: on,
      }),
    ],
    ['ORGAN_HAS_SUBORDINATES', '/organ', asking(commands.AbolishOrgan, { organ: organs.bureau, effectiveOn: on })],
    ['UNKNOWN_ORGAN', '/into', asking(commands.AbolishOrgan, { organ: organs.branch, into: nowhere, effectiveOn: on })],
    [
      'ORGAN_NOT_THERE',
      '/into',
      asking(commands.AbolishOrgan, { organ: organs.branch, into: organs.branch, effectiveOn: on }),
    ],
    [
      'NOT_YET_IN_EFFECT',
      '/effectiveOn',
      asking(commands.AbolishOrgan, { organ: organs.branch, effectiveOn: day('2026-10-01') }),
    ],
    ['ACCOUNT_TAKEN', '/account', asking(commands.RegisterPerson, { name: '新', digest: account('wu') })],
    [
      'UNKNOWN_ORGAN',
      '/appointment/organ',
      asking(commands.RegisterPerson, { name: '新', appointment: { ...wuAtBranch, organ: nowhere } }),
    ],
    [
      'DATES_REVERSED',
      '/appointment/endsOn',
      asking(commands.RegisterPerson, { name: '新', appointment: { ...wuAtBranch, endsOn: on } }),
    ],
    ['UNKNOWN_PERSON', '/person', asking(commands.RenamePerson, { person: nobody, name: '新' })],
    ['CHANGE_EMPTY', '/name', asking(commands.RenamePerson, { person: person('wu'), name: 'wu' })],
    ['UNKNOWN_PERSON', '/person', asking(commands.LinkAccount, { person: nobody, digest: account('x') })],
    ['ACCOUNT_TAKEN', '/account', asking(commands.LinkAccount, { person: person('wu'), digest: account('xu') })],
    ['ACCOUNT_NOT_LINKED', '/account', asking(commands.UnlinkAccount, { person: person('wu'), digest: account('xu') })],
    ['UNKNOWN_PERSON', '/person', asking(commands.MakeAppointment, { ...wuAtBranch, person: nobody })],
    ['UNKNOWN_ORGAN', '/organ', asking(commands.MakeAppointment, { ...wuAtBranch, organ: nowhere })],
    ['DATES_REVERSED', '/endsOn', asking(commands.MakeAppointment, { ...wuAtBranch, endsOn: day('2026-08-31') })],
    [
      'APPOINTMENT_OVERLAPS',
      '/effectiveOn',
      asking(commands.MakeAppointment, { ...wuAtBranch, organ: organs.bureau, post: '示例职务' }),
    ],
    ['UNKNOWN_APPOINTMENT', '/appointment', asking(commands.EndAppointment, { appointment: nobody, effectiveOn: on })],
    [
      'DATES_REVERSED',
      '/effectiveOn',
      asking(commands.EndAppointment, { appointment: appointment('wu'), effectiveOn: day('2019-12-31') }),
    ],
  ])('%s at %s', (code, pointer, [type, fields]) => {
    story.when('he', type, fields).refuses(code, pointer);
  });

  it('an end of what has ended already, unless it moves the end forward', () => {
    const term = story.then('he', commands.MakeAppointment, { ...wuAtBranch, endsOn: day('2026-12-01') });
    const made = term.then('fang', commands.ApproveRegisterChange, approval(term));
    const { id } = [...made.register.appointments.values()].find(({ post }) => post === '副局长')!;
    const end = (effectiveOn: string) =>
      made.when('he', commands.EndAppointment, { appointment: id, effectiveOn: day(effectiveOn) });
    end('2026-12-01').refuses('APPOINTMENT_ENDED', '/effectiveOn');
    end('2026-11-30').records('RegisterChangeRequested');
  });

  it('anything of an organ on a day it was not there', () => {
    const asked = story.then('he', commands.RegisterOrgan, newOrgan);
    const there = asked.then('fang', commands.ApproveRegisterChange, approval(asked));
    const organ = [...there.register.organs.keys()].at(-1)!;
    const early = { organ, effectiveOn: day('2026-08-31') };
    there.when('he', commands.ChangeOrgan, { ...early, name: '新名' }).refuses('ORGAN_NOT_THERE', '/organ');
    there.when('he', commands.MakeAppointment, { ...wuAtBranch, ...early }).refuses('ORGAN_NOT_THERE', '/organ');
    const gone = there.then('he', commands.AbolishOrgan, { organ, effectiveOn: day('2026-09-10') });
    const after = gone.then('fang', commands.ApproveRegisterChange, approval(gone));
    const late = { organ, effectiveOn: day('2026-09-10') };
    after.when('he', commands.MakeAppointment, { ...wuAtBranch, ...late }).refuses('ORGAN_NOT_THERE', '/organ');
    after
      .when('he', commands.AbolishOrgan, { organ, effectiveOn: day('2026-09-05') })
      .refuses('ORGAN_NOT_THERE', '/organ');
    after.when('he', commands.RegisterOrgan, newOrgan).records('RegisterChangeRequested');
  });
});

describe('a person registered with account and appointment', () => {
  it('is one change: all of it holds, or none', () => {
    const asked = story.then('he', commands.RegisterPerson, {
      ...{ name: '新同志', digest: account('new') },
      appointment: { ...wuAtBranch, endsOn: day('2027-01-01') },
    });
    expect(asked.register.persons.size).toBe(story.register.persons.size);
    const { register } = asked.then('fang', commands.ApproveRegisterChange, approval(asked));
    const [id] = [...register.persons.values()].filter(({ name }) => name === '新同志').map((found) => found.id);
    expect(appointmentsOf(register, id!, day('2026-09-18'))).toMatchObject([
      { to: '2027-01-01', roles: ['deputyHead'] },
    ]);
    expect([...register.accounts.values()].at(-1)).toBe(id);
  });
});

it('keeps what an organ was: changed, moved and abolished, on any day', () => {
  const steps: readonly [new () => commands.Change, object][] = [
    [
      commands.ChangeOrgan,
      { organ: organs.branch, superior: organs.districtGovernment, effectiveOn: day('2026-05-01') },
    ],
    [commands.ChangeOrgan, { organ: organs.branch, name: '区分局（更名）', effectiveOn: day('2026-03-01') }],
    [commands.AbolishOrgan, { organ: organs.branch, into: organs.bureau, effectiveOn: day('2026-09-01') }],
  ];
  const { register } = steps.reduce((at, [type, fields]) => {
    const asked = at.then('he', type, fields);
    return asked.then('fang', commands.ApproveRegisterChange, approval(asked));
  }, story);
  const on = (text: string) => {
    const organ = organOn(register, organs.branch, day(text));
    return organ && [organ.name, organ.superior];
  };
  expect(on('2026-02-28')).toEqual(['branch', organs.bureau]);
  expect(on('2026-04-30')).toEqual(['区分局（更名）', organs.bureau]);
  expect(on('2026-08-31')).toEqual(['区分局（更名）', organs.districtGovernment]);
  expect(on('2026-09-01')).toBeUndefined();
  expect(register.organs.get(organs.branch)).toMatchObject({ mergedInto: organs.bureau });
  expect(appointmentsOf(register, person('liu'), day('2026-08-31'))).toHaveLength(1);
  expect(appointmentsOf(register, person('liu'), day('2026-09-01'))).toHaveLength(0);
});

it('stores what was asked for as the entries it will make, with the paper it rests on', () => {
  story
    .when('he', commands.ChangeOrgan, {
      ...{ organ: organs.branch, noSuperior: true, effectiveOn: day('2026-09-01') },
      ...{ documentNumber: '示例编〔2026〕3号', reason: '改革' },
    })
    .records('RegisterChangeRequested', {
      changes: [
        {
          type: 'OrganChanged',
          version: 1,
          occurredAt: { on: '2026-09-01' },
          data: { organ: organs.branch, noSuperior: true },
        },
      ],
      documentNumber: '示例编〔2026〕3号',
      reason: '改革',
    });
  expect(NOW).toMatch(/^2026-09-18/);
});
