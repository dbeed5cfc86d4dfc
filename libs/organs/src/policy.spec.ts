import { registerFacts, emptyLawBook } from '#libs/law';
import { organs, RegisterStory } from '../../testing/src/specification/register-story.js';
import { policy, relation, seesAllChanges } from './policy.js';
import { RegisterState } from './register-state.js';

const law = { ...emptyLawBook, organs: RegisterStory.begin().register };
const standing = (organ: keyof typeof organs, role: string) =>
  relation(RegisterState.empty, { organ: organs[organ], roles: [role] }, law);

it('lets a registrar of a staffing office keep the register, and shows it to everybody in it', () => {
  expect(standing('cityOffice', 'registrar')).toBe('keeping');
  expect(standing('districtOffice', 'registrar')).toBe('keeping');
  expect(standing('bureau', 'registrar')).toBe('registered');
  expect(standing('cityOffice', 'supervisor')).toBe('registered');
});

it('lets nobody record an entry: entries come by an approval', () => {
  const recordable = Object.entries(policy).filter(([, { record }]) => record.roles.length > 0);
  expect(recordable.map(([type]) => type)).toEqual([
    'RegisterChangeRequested',
    'DelegationChangeRequested',
    'RegisterChangeApproved',
    'RegisterChangeRefused',
  ]);
  expect(Object.keys(policy).toSorted()).toEqual(Object.keys(registerFacts).toSorted());
});

it.each([
  ['cityOffice', 'registrar', true],
  ['cityOffice', 'supervisor', true],
  ['bureau', 'auditor', true],
  ['bureau', 'supervisor', false],
  ['bureau', 'registrar', false],
  ['bureau', 'head', false],
] as const)('shows all changes to %s %s: %s', (organ, role, sees) => {
  const viewer = { organ: organs[organ], roles: [role] };
  expect(seesAllChanges(standing(organ, role), viewer, law.organs)).toBe(sees);
});
