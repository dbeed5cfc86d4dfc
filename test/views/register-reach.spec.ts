import { legalDate, type Uuid } from '#libs/kernel';
import { registerWith, type RegisterChange, type RegisterEntry, type RegisterFact } from '#libs/law';
import { registerReach } from '../../libs/platform/src/views/register-reach.js';
import {
  appointment,
  account,
  organs,
  person,
  RegisterStory,
} from '../../libs/testing/src/specification/register-story.js';
import * as commands from '../../libs/organs/src/commands.js';

const story = RegisterStory.begin();
const day = legalDate('2026-09-01');
const sorted = (ids: Iterable<Uuid>): Uuid[] => [...ids].toSorted();
const reached = (fact: RegisterFact): Uuid[] => {
  const change = { ...fact, version: 1, occurredAt: { on: day } } as RegisterChange;
  return sorted(registerReach(fact, registerWith(story.register, [change])));
};
const { bureau, branch, government, districtGovernment, cityOffice } = organs;

it.each<[string, RegisterEntry, readonly Uuid[]]>([
  ['an account: nobody', { type: 'AccountLinked', data: { person: person('wu'), ...account('x') } }, []],
  ['a person: themselves', { type: 'PersonRenamed', data: { person: person('wu'), name: '吴' } }, [person('wu')]],
  [
    'an appointment: it, its person and its organ',
    { type: 'AppointmentEnded', data: { appointment: appointment('wu') } },
    [appointment('wu'), person('wu'), bureau],
  ],
  [
    'a delegation: it, both persons, the appointment and its organ',
    {
      type: 'DelegationMade',
      data: { delegation: cityOffice, appointment: appointment('xu'), person: person('wu'), roles: ['head'], to: day },
    },
    [cityOffice, person('wu'), appointment('xu'), person('xu'), bureau],
  ],
  ['an organ: it and those below it', { type: 'OrganChanged', data: { organ: bureau, name: '局' } }, [bureau, branch]],
  [
    'an organ that was moved: also those that were below it before',
    { type: 'OrganChanged', data: { organ: branch, superior: districtGovernment } },
    [branch],
  ],
  [
    'a staffing office: every organ of its region, and those below them',
    { type: 'OrganAbolished', data: { organ: cityOffice } },
    [cityOffice, government, bureau, branch, districtGovernment],
  ],
])('%s', (_what, entry, ids) => {
  expect(reached(entry)).toEqual(sorted(ids));
});

it('what was below an organ on an earlier day is reached by it still', () => {
  const moved = story
    .then('he', commands.ChangeOrgan, { organ: branch, superior: districtGovernment, effectiveOn: day })
    .facts.at(-1);
  const register = registerWith(story.register, moved?.type === 'RegisterChangeRequested' ? moved.data.changes : []);
  const fact: RegisterFact = { type: 'OrganChanged', data: { organ: bureau, name: '局' } };
  expect(sorted(registerReach(fact, register))).toEqual(sorted([bureau, branch]));
});

it('a change reaches what its entries reach, from its approval on', () => {
  const asked = story.then('he', commands.RenamePerson, { person: person('wu'), name: '吴' });
  const approved = asked.then('fang', commands.ApproveRegisterChange, { request: asked.request });
  const refused = asked.then('fang', commands.RefuseRegisterChange, { request: asked.request, reason: '不妥' });
  const reach = (of: RegisterStory) => {
    const fact = of.facts.at(-1);
    return fact && [...registerReach(fact, of.register)];
  };
  expect([reach(asked), reach(approved), reach(refused)]).toEqual([[], [person('wu')], []]);
});
