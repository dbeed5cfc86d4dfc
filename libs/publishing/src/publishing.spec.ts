import { derivedId, instant, legalDate, Refusal, type CaseSystem, type Command, type Recorder } from '#libs/kernel';
import {
  calendarFacts,
  editionFacts,
  editionFaults,
  emptyCalendarShelf,
  emptyEditionShelf,
  emptyLawBook,
  shippedCalendar,
  shippedPacks,
  statutoryDays,
  type CalendarFact,
  type CalendarNotice,
  type CalendarShelf,
  type EditionFact,
  type EditionShelf,
  type LawBook,
  type RulePack,
} from '#libs/law';
import { organs, recorder, RegisterStory } from '../../testing/src/specification/register-story.js';
import { specification, type Happened } from '../../testing/src/specification/specification.js';
import * as commands from './commands.js';
import { unknownTo } from './edition-case.js';
import { calendarPolicy, editionPolicy, relation } from './policy.js';
import { calendarSentence, editionSentence } from './sentences.js';
import { lawCalendar, rulePacks } from './system.js';

const law: LawBook = { ...emptyLawBook, organs: RegisterStory.begin().register };
const now = instant('2026-11-10T01:00:00Z');
const on = { occurredAt: { on: legalDate('2026-11-10') } };
const [he, fang, qiu] = [recorder('he'), recorder('fang'), recorder('qiu')];
const pack = shippedPacks()[0]?.pack as RulePack;
const UNKNOWN_TO_US = 'unknown to this program';
const packs = rulePacks({
  assistance: ({ governedBy }) => (governedBy === 'Nothing' ? [{ at: '/governedBy', says: UNKNOWN_TO_US }] : []),
});

const { statute } = shippedCalendar().calendar;
/** What no notice may leave out. */
const statutoryIn = (year: number): CalendarNotice['holidays'] =>
  [...(statute ? statutoryDays(statute, year) : [])].map(([day, { name }]) => ({ on: day, name }));

const notice: CalendarNotice = {
  source: '国务院办公厅',
  title: '示例通知',
  documentNumber: '示例〔2026〕1号',
  date: legalDate('2026-11-05'),
  year: 2027,
  holidays: statutoryIn(2027),
  worked: [],
};

/** What comes of a command of `who`, after what happened. */
const calendarAfter = (...facts: readonly Happened<CalendarFact>[]) =>
  deciding<CalendarShelf, CalendarFact>(lawCalendar, [
    { type: 'CalendarPublished', data: shippedCalendar(), ...on },
    ...facts,
  ]);
const packAfter = (...facts: readonly Happened<EditionFact>[]) =>
  deciding<EditionShelf, EditionFact>(packs, [
    { type: 'RulePackPublished', data: { pack, digest: 'd' }, ...on },
    ...facts,
  ]);

function deciding<State, F extends CalendarFact | EditionFact>(
  system: CaseSystem<State, F, LawBook>,
  facts: readonly Happened<F>[],
) {
  return <C extends Command>(who: Recorder, type: new () => C, fields: Partial<C>) =>
    specification(system, { law, now, recorder: who })
      .given(...(facts as readonly never[]))
      .when(type, { ...on, ...fields });
}

/** The refusal with everything it names, of what `system` is asked with nothing but what it begins with. */
function refused<State, F extends CalendarFact | EditionFact>(
  { decider }: CaseSystem<State, F, LawBook>,
  type: new () => Command,
  [state, fields, book = law]: readonly [State, object, LawBook?],
): Refusal {
  const context = { law: book, now, recorder: he, subjectAt: (pointer: string) => derivedId([pointer]) };
  const command = Object.assign(new type(), on, fields);
  try {
    decider.decisions.find((row) => row.command === type)?.decide(command, state, context);
  } catch (error) {
    if (error instanceof Refusal) return error;
  }
  throw new Error('it was not refused');
}

const asked = (what: CalendarNotice, id = 'asked', by = he): Happened<CalendarFact> => ({
  ...{ type: 'CalendarNoticeRequested', data: { notice: what }, id: derivedId([id]), recorder: by, ...on },
});
const approved = (id = 'asked'): Happened<CalendarFact> => ({
  ...{ type: 'CalendarNoticeApproved', data: { request: derivedId([id]) }, recorder: fang, ...on },
});
const request = derivedId(['asked']);

describe('放假通知', () => {
  it('is asked for by one person and approved by another', () => {
    calendarAfter()(he, commands.ProposeCalendarNotice, { notice, reason: '依原件' }).records(
      'CalendarNoticeRequested',
      {
        notice,
        reason: '依原件',
      },
    );
    const decide = calendarAfter(asked(notice));
    decide(fang, commands.ApproveCalendarNotice, { request }).records('CalendarNoticeApproved', { request });
    decide(fang, commands.RefuseCalendarNotice, { request, reason: '不符' }).records('CalendarNoticeRefused');
  });

  it('is decided by nobody who asked for it, whatever account they use or whom they act for', () => {
    const decide = calendarAfter(asked(notice));
    const another = recorder('he', { subjectDigest: 'a second account' });
    const forHe = recorder('fang', { ...he, person: fang.person });
    for (const who of [he, another, forHe]) {
      decide(who, commands.ApproveCalendarNotice, { request }).refuses('LAW_APPROVER_IS_REQUESTER', '/request');
      decide(who, commands.RefuseCalendarNotice, { request, reason: '不符' }).refuses(
        'LAW_APPROVER_IS_REQUESTER',
        '/request',
      );
    }
  });

  it('is decided once, and only when it was asked for', () => {
    const decide = calendarAfter(asked(notice), approved());
    decide(fang, commands.ApproveCalendarNotice, { request }).refuses('LAW_REQUEST_DECIDED', '/request');
    decide(fang, commands.RefuseCalendarNotice, { request, reason: '迟' }).refuses('LAW_REQUEST_DECIDED', '/request');
    calendarAfter()(fang, commands.ApproveCalendarNotice, { request }).refuses('LAW_REQUEST_UNKNOWN', '/request');
  });

  it('is refused whole with every fault', () => {
    const faulty = { ...notice, year: 2027, worked: [{ on: '2027-01-01', weekday: '周六' }], title: '' };
    const { code, detail } = refused(lawCalendar, commands.ProposeCalendarNotice, [
      emptyCalendarShelf,
      { notice: faulty },
    ]);
    expect([code, detail.kind, detail.values]).toEqual(['NOTICE_FAULTY', 'malformed', { count: 4 }]);
    expect(detail.faults?.map(({ pointer }) => pointer)).toEqual([
      '/notice/title',
      '/notice/worked/0/weekday',
      '/notice/worked/0/on',
      '/notice/worked/0/on',
    ]);
  });

  it('is refused when it takes a statutory day off from nobody', () => {
    const holidays = notice.holidays.filter(({ on: day }) => day !== '2027-10-01');
    calendarAfter()(he, commands.ProposeCalendarNotice, { notice: { ...notice, holidays } }).refuses(
      'NOTICE_FAULTY',
      '/notice',
    );
  });

  it('takes the place of the one of its year only when it says so, at the request and at the approval', () => {
    const other = { ...notice, documentNumber: '示例〔2027〕2号' };
    const replacing = { ...other, replaces: notice.documentNumber };
    const propose = calendarAfter(asked(notice), approved());
    propose(he, commands.ProposeCalendarNotice, { notice: other }).refuses('NOTICE_NOT_LATEST', '/notice/replaces');
    propose(he, commands.ProposeCalendarNotice, { notice: replacing }).records('CalendarNoticeRequested');
    const rivals = calendarAfter(asked(notice), asked(other, 'rival'), approved());
    rivals(fang, commands.ApproveCalendarNotice, { request: derivedId(['rival']) }).refuses(
      'NOTICE_NOT_LATEST',
      '/request',
    );
  });

  it('reaches back into a listed year only', () => {
    const back = {
      ...notice,
      year: 2030,
      holidays: [...statutoryIn(2030), { on: legalDate('2029-12-31'), name: '元旦' }],
    };
    calendarAfter()(he, commands.ProposeCalendarNotice, { notice: back }).refuses(
      'NOTICE_REACHES_BACK',
      '/notice/year',
    );
  });
});

describe('规则包版次', () => {
  const next: RulePack = { ...pack, edition: pack.edition + 1 };
  const edition = (of: RulePack, id = 'asked'): Happened<EditionFact> => ({
    ...{ type: 'RulePackEditionRequested', data: { pack: of, digest: 'n' }, id: derivedId([id]), recorder: he, ...on },
  });
  const decided = (id = 'asked'): Happened<EditionFact> => ({
    ...{ type: 'RulePackEditionApproved', data: { request: derivedId([id]) }, recorder: fang, ...on },
  });

  it('is asked for by one person and approved by another', () => {
    packAfter()(he, commands.ProposePackEdition, { code: pack.pack, pack: next }).records('RulePackEditionRequested', {
      pack: next,
    });
    const decide = packAfter(edition(next));
    decide(fang, commands.ApprovePackEdition, { request }).records('RulePackEditionApproved', { request });
    decide(he, commands.ApprovePackEdition, { request }).refuses('LAW_APPROVER_IS_REQUESTER', '/request');
    decide(fang, commands.RefusePackEdition, { request, reason: '不符' }).records('RulePackEditionRefused');
  });

  it('is refused whole with every fault, those of what this program cannot do among them', () => {
    const systems = { ...pack.systems, assistance: { ...pack.systems.assistance, governedBy: 'Nothing' } };
    const { code, detail } = refused(packs, commands.ProposePackEdition, [
      { ...emptyEditionShelf, editions: [{ pack, digest: 'd' }] },
      { code: pack.pack, pack: { ...pack, systems } },
    ]);
    expect(code).toBe('PACK_FAULTY');
    expect(detail.faults).toEqual([
      { pointer: '/pack/edition', message: `版次须为 ${next.edition}，现为 ${pack.edition}` },
      { pointer: '/pack/systems/assistance/governedBy', message: UNKNOWN_TO_US },
    ]);
  });

  it('names what this program does not have beside a rule that the catalogue does not have, and not in what is malformed', () => {
    const { assistance } = pack.systems;
    const faultsOf = (changes: object) => {
      const systems = { ...pack.systems, assistance: { ...assistance, governedBy: 'Nothing', ...changes } };
      const candidate = { ...next, systems };
      return unknownTo(
        { assistance: () => [{ at: '/governedBy', says: UNKNOWN_TO_US }] },
        candidate,
        editionFaults(candidate, pack.pack, [{ pack, digest: '' }]),
      );
    };
    const unknown = { at: '/systems/assistance/governedBy', says: UNKNOWN_TO_US };
    expect(faultsOf({ checks: [{ check: 'acceptedInTime', rule: 'XM-99-9' }] })).toEqual([unknown]);
    expect(faultsOf({ checks: 'none' })).toEqual([]);
  });

  it('is looked at once more when it is approved: another may have been published meanwhile', () => {
    const decide = packAfter(edition(next), edition(next, 'rival'), decided());
    decide(fang, commands.ApprovePackEdition, { request: derivedId(['rival']) }).refuses('PACK_FAULTY', '/request');
  });

  it('adopts a text in a place for those systems only that no other text there has, whichever gives way', () => {
    const sample = shippedPacks().find((held) => held.pack.pack === 'PW')!.pack;
    const adopting = { ...sample, regions: ['3502'], effectiveFrom: legalDate('2026-12-01'), edition: 1 };
    const standing = { ...law, editions: shippedPacks() };
    const without = (of: RulePack, ...left: readonly string[]): RulePack => ({
      ...of,
      systems: Object.fromEntries(Object.entries(of.systems).filter(([system]) => !left.includes(system))),
    });
    const propose = (what: RulePack, book: LawBook = standing) =>
      specification(packs, { law: book, now, recorder: he })
        .given()
        .when(commands.ProposePackEdition, { ...on, code: 'PW', pack: what });
    const shared = ['catalogue', 'accountability', 'supervision'];
    const { detail } = refused(packs, commands.ProposePackEdition, [
      emptyEditionShelf,
      { code: 'PW', pack: adopting },
      standing,
    ]);
    expect(detail.faults?.map(({ pointer }) => pointer).sort()).toEqual(
      shared.map((system) => `/pack/systems/${system}`).sort(),
    );
    expect(detail.faults?.[0]?.message).toMatch(/^XM 已就行政区划 3502 同一时期的 .+须由人确定：本版次不写/);
    propose(without(adopting, 'catalogue', 'accountability')).refuses('PACK_FAULTY', '/pack');
    propose(without(adopting, ...shared)).records('RulePackEditionRequested');
    const gaveWay = { pack: without(next, ...shared), digest: 'gave way' };
    propose(adopting, { ...standing, editions: [...shippedPacks(), gaveWay] }).records('RulePackEditionRequested');
  });

  it('of the city is not for an office of a district', () => {
    packAfter()(qiu, commands.ProposePackEdition, { code: pack.pack, pack: next }).refuses('LAW_OUT_OF_AREA');
    const decide = packAfter(edition(next));
    decide(qiu, commands.ApprovePackEdition, { request }).refuses('LAW_OUT_OF_AREA');
    decide(qiu, commands.RefusePackEdition, { request, reason: '不符' }).refuses('LAW_OUT_OF_AREA');
  });

  it('that two persons decided on is not changed by what a program ships', () => {
    const shippedLater: Happened<EditionFact> = {
      type: 'RulePackPublished',
      data: { pack: { ...next, notes: ['另'] }, digest: 'x' },
      ...on,
    };
    const standing = (...facts: readonly Happened<EditionFact>[]) =>
      specification(packs, { law, now, recorder: he })
        .given(...(facts as readonly never[]))
        .state.editions.map(({ digest }) => digest);
    expect(standing(edition(next), decided(), shippedLater)).toEqual(['n']);
    expect(standing(edition(next), shippedLater)).toEqual(['x']);
  });
});

it.each([
  ['cityOffice', 'lawKeeper', 'keeping'],
  ['districtOffice', 'lawKeeper', 'keeping'],
  ['cityOffice', 'registrar', 'registered'],
  ['bureau', 'lawKeeper', 'registered'],
] as const)('%s %s stands to law data as %s', (organ, role, stands) => {
  expect(relation(undefined, { organ: organs[organ], roles: [role] }, law)).toBe(stands);
});

it('lets keepers record every step, and nobody what the service records', () => {
  const cells = Object.entries({ ...calendarPolicy, ...editionPolicy }).map(([type, { record }]) => [
    type,
    record.roles.join(),
    record.relations.join(),
  ]);
  expect(cells).toEqual([
    ['CalendarPublished', '', ''],
    ['CalendarNoticeRequested', 'lawKeeper', 'keeping'],
    ['CalendarNoticeApproved', 'lawKeeper', 'keeping'],
    ['CalendarNoticeRefused', 'lawKeeper', 'keeping'],
    ['RulePackPublished', '', ''],
    ['RulePackEditionRequested', 'lawKeeper', 'keeping'],
    ['RulePackEditionApproved', 'lawKeeper', 'keeping'],
    ['RulePackEditionRefused', 'lawKeeper', 'keeping'],
  ]);
  expect(cells.map(([type]) => type)).toEqual(Object.keys({ ...calendarFacts, ...editionFacts }));
});

it('says every fact in a sentence', () => {
  const say = (fact: object): string => {
    const { type } = fact as { type: string };
    return Object.hasOwn(calendarFacts, type) ? calendarSentence(fact as never) : editionSentence(fact as never);
  };
  expect(
    [
      { type: 'CalendarPublished', data: { calendar: { version: '1' } } },
      { type: 'CalendarNoticeRequested', data: { notice: { ...notice, replaces: '旧号' }, reason: '依原件。' } },
      { type: 'CalendarNoticeApproved', data: {} },
      { type: 'CalendarNoticeRefused', data: { reason: '不符' } },
      { type: 'RulePackPublished', data: { pack } },
      { type: 'RulePackEditionRequested', data: { pack: { ...pack, effectiveTo: '2026-12-31' } } },
      { type: 'RulePackEditionApproved', data: {} },
      { type: 'RulePackEditionRefused', data: { reason: '不符' } },
    ].map(say),
  ).toEqual([
    '随程序发布工作日历（1）。',
    '申请将《示例通知》（示例〔2026〕1号，2026-11-05；放假13天，调休上班0天；替代旧号）入账，理由是依原件。',
    '准予放假通知入账。',
    '放假通知不予入账，理由是不符。',
    `随程序发布规则包 XM《${pack.instrument}》自2020-04-10起施行的第${pack.edition}版。`,
    `申请发布规则包 XM《${pack.instrument}》自2020-04-10起施行、至2026-12-31止的第${pack.edition}版。`,
    '准予发布。',
    '不予发布，理由是不符。',
  ]);
});
