import { legalDate, type Recorded } from '#libs/kernel';
import { registerFacts, type RegisterFact } from '#libs/law';
import { account, appointment, organs, person, RegisterStory } from '../../testing/src/specification/register-story.js';
import * as commands from './commands.js';
import { clausesOf, namesIn, sentence } from './sentences.js';

const on = legalDate('2026-09-01');
const story = RegisterStory.begin();
const term = { organ: organs.branch, post: '副局长', roles: ['deputyHead'], effectiveOn: on } as const;

/** What the newest request would do, as its page says it. */
const said = (of: RegisterStory): string => {
  const { register, request } = of;
  return clausesOf(register.requests.get(request)?.changes ?? [], namesIn(register));
};

it.each<[string, RegisterStory]>([
  [
    '登记机关市数据局，行政机关，市级，行政区划350200，隶属government，自2026-09-01起',
    story.then('he', commands.RegisterOrgan, {
      ...{ name: '市数据局', kind: 'administrative', region: '350200', level: 'municipal' },
      ...{ superior: organs.government, effectiveOn: on },
    }),
  ],
  [
    '变更branch：区分局，不再有上级机关，自2026-09-01起',
    story.then('he', commands.ChangeOrgan, { organ: organs.branch, name: '区分局', noSuperior: true, effectiveOn: on }),
  ],
  [
    '变更branch：隶属districtGovernment，自2026-09-01起',
    story.then('he', commands.ChangeOrgan, {
      ...{ organ: organs.branch, superior: organs.districtGovernment, effectiveOn: on },
    }),
  ],
  [
    '撤销branch，并入bureau，自2026-09-01起',
    story.then('he', commands.AbolishOrgan, { organ: organs.branch, into: organs.bureau, effectiveOn: on }),
  ],
  [
    '登记人员新同志；为新同志关联账户；新同志任branch副局长（分管负责人），自2026-09-01起',
    story.then('he', commands.RegisterPerson, {
      ...{ name: '新同志', digest: account('new'), appointment: { ...term, roles: ['deputyHead'] } },
    }),
  ],
  ['wu更名为吴', story.then('he', commands.RenamePerson, { person: person('wu'), name: '吴' })],
  ['解除wu的账户关联', story.then('he', commands.UnlinkAccount, { person: person('wu'), digest: account('wu') })],
  [
    'bureau示例职务xu的任职自2026-09-01起终止',
    story.then('he', commands.EndAppointment, { appointment: appointment('xu'), effectiveOn: on }),
  ],
  [
    'bureau示例职务xu授权wu以其名义办理（主要负责人），自2026-09-01起，至2026-10-01前',
    story.then('xu', commands.MakeDelegation, {
      ...{ appointment: appointment('xu'), person: person('wu'), roles: ['head'] },
      ...{ effectiveOn: on, endsOn: legalDate('2026-10-01') },
    }),
  ],
])('%s', (says, of) => {
  expect(said(of)).toBe(says);
});

it('says every kind of fact, to somebody who knows names but no appointments', () => {
  const refused = story.then('he', commands.RenamePerson, { person: person('wu'), name: '吴', reason: '笔误。' });
  const facts: readonly Recorded<RegisterFact>[] = refused.then('fang', commands.RefuseRegisterChange, {
    request: refused.request,
    reason: '无误。',
  }).facts;
  const names = { organ: () => '某机关', person: () => '某人' };
  const told = facts.map((fact) => sentence(fact, names));
  expect(told.slice(-2)).toEqual(['申请某人更名为吴，理由是笔误。', '不予变更，理由是无误。']);
  expect(told[0]).toBe('登记机关government，行政机关，市级，行政区划350200，自2020-01-01起。');
  for (const text of told) expect(text).toMatch(/^[^。]+。$/);
  expect(Object.keys(registerFacts)).toHaveLength(15);
});
