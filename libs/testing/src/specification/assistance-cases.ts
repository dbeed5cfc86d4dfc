import type { AssistanceFact, Side } from '#libs/assistance';
import {
  derivedId,
  instant,
  legalDate,
  type By,
  type LegalDate,
  type Marked,
  type Names,
  type Recorder,
  type Uuid,
} from '#libs/kernel';
import {
  emptyRegister,
  registerAfter,
  shippedCalendar,
  shippedPacks,
  type AppointmentRole,
  type LawBook,
  type OrganKind,
  type RegisterFact,
} from '#libs/law';
import { CHECKS } from '../../../assistance/src/schedule.js';
import { recordedAs, type Happened, type Scene } from './specification.js';
import { watchChecks, watchedPack } from './watched.js';

/** A small Xiamen with the organs and persons that rules of 行政协助 tell apart. The law is the one this program ships. */
const id = (name: string): Uuid => derivedId(['a test names', name]);
const day = (text: string): LegalDate => legalDate(text);

export const organs = {
  government: id('市政府'),
  market: id('市市场监管局'),
  ecology: id('市生态环境局'),
  ecologyBranch: id('市生态环境局思明分局'),
  cityOffice: id('市委编办'),
  districtOffice: id('思明区委编办'),
  districtPolice: id('思明公安分局'),
  otherDistrictOffice: id('湖里区委编办'),
  audit: id('市审计局'),
  entrusted: id('受委托的事务中心'),
  centralUnit: id('中央驻厦单位'),
  elsewhere: id('外地机关'),
  abolished: id('已撤销的机关'),
  reformed: id('改制的机关'),
} as const;

export const people = {
  asker: id('市场局承办人'),
  handler: id('生态局承办人'),
  head: id('生态局局长'),
  deputy: id('生态局副局长'),
  formerHead: id('生态局前局长'),
  otherHead: id('市场局局长'),
} as const;

const organ = (
  of: Uuid,
  name: string,
  [kind, region]: readonly [OrganKind, string],
  superior?: Uuid,
): Happened<RegisterFact> => ({
  type: 'OrganRegistered',
  data: { organ: of, name, kind, region, ...(superior && { superior }) },
  occurredAt: { on: day('2020-01-01') },
});

const person = (of: Uuid, name: string): Happened<RegisterFact> => ({
  type: 'PersonRegistered',
  data: { person: of, name },
  occurredAt: { on: day('2020-01-01') },
});

const appointed = (who: Uuid, where: Uuid, post: string, role: AppointmentRole): Happened<RegisterFact> => ({
  type: 'AppointmentMade',
  data: { appointment: derivedId([who, post]), person: who, organ: where, post, roles: [role] },
  occurredAt: { on: day('2020-01-01') },
});

const register: readonly Happened<RegisterFact>[] = [
  organ(organs.government, '厦门市人民政府', ['administrative', '350200']),
  organ(organs.market, '厦门市市场监督管理局', ['administrative', '350200'], organs.government),
  organ(organs.ecology, '厦门市生态环境局', ['administrative', '350200'], organs.government),
  organ(organs.ecologyBranch, '厦门市思明生态环境局', ['administrative', '350203'], organs.ecology),
  organ(organs.cityOffice, '中共厦门市委机构编制委员会办公室', ['staffingOffice', '350200']),
  organ(organs.districtOffice, '中共厦门市思明区委机构编制委员会办公室', ['staffingOffice', '350203']),
  organ(organs.districtPolice, '厦门市公安局思明分局', ['administrative', '350203']),
  organ(organs.otherDistrictOffice, '中共厦门市湖里区委机构编制委员会办公室', ['staffingOffice', '350206']),
  organ(organs.audit, '厦门市审计局', ['administrative', '350200'], organs.government),
  organ(organs.entrusted, '厦门市示例事务中心', ['entrusted', '350200']),
  organ(organs.centralUnit, '中央驻厦示例单位', ['byReference', '350200']),
  organ(organs.elsewhere, '外地示例机关', ['administrative', '500100']),
  organ(organs.abolished, '厦门市已撤销示例局', ['administrative', '350200'], organs.government),
  { type: 'OrganAbolished', data: { organ: organs.abolished }, occurredAt: { on: day('2026-08-01') } },
  organ(organs.reformed, '厦门市改制示例局', ['administrative', '350200'], organs.government),
  {
    type: 'OrganChanged',
    data: { organ: organs.reformed, name: '思明区改制示例中心', kind: 'entrusted', region: '350203' },
    occurredAt: { on: day('2026-10-12') },
  },
  person(people.asker, '陈承办'),
  person(people.handler, '吴承办'),
  person(people.head, '许局长'),
  person(people.deputy, '郑副局长'),
  person(people.formerHead, '前任局长'),
  person(people.otherHead, '黄局长'),
  appointed(people.asker, organs.market, '科员', 'handler'),
  appointed(people.handler, organs.ecology, '科员', 'handler'),
  appointed(people.head, organs.ecology, '局长', 'head'),
  appointed(people.deputy, organs.ecology, '副局长', 'deputyHead'),
  appointed(people.formerHead, organs.ecology, '原局长', 'head'),
  appointed(people.otherHead, organs.market, '局长', 'head'),
  {
    type: 'AppointmentEnded',
    data: { appointment: derivedId([people.formerHead, '原局长']) },
    occurredAt: { on: day('2026-09-01') },
  },
];

export const recorder: Recorder = {
  person: people.asker,
  appointment: derivedId([people.asker, '科员']),
  organ: organs.market,
  issuer: 'https://issuer.test',
  subjectDigest: 'digest',
  client: 'specification',
};

const now = instant('2026-12-31T00:00:00Z');

export const law: LawBook = {
  editions: shippedPacks().flatMap(({ pack, digest }) => {
    const { assistance, supervision } = pack.systems;
    // Of a pack, what it says to systems that run is watched: no case asks about the rest.
    const watched = assistance && watchedPack({ systems: { assistance, ...(supervision && { supervision }) } });
    return watched ? [{ digest, pack: { ...pack, systems: { ...pack.systems, ...watched.systems } } }] : [];
  }),
  calendar: shippedCalendar().calendar,
  organs: registerAfter(emptyRegister, recordedAs<RegisterFact>(register, { now, recorder })),
};

// The table's functions are wrapped in place, by what hands on to them whatever it is given.
watchChecks(CHECKS as { -readonly [name in keyof typeof CHECKS]: (typeof CHECKS)[name] });

type CodedData = Partial<DataOf<'AssistanceRequested'> & DataOf<'AssistanceInabilityNotified'>>;

/** The codes of a fact, by the list of the pack they are taken from. */
const codesIn = (data: CodedData): readonly (readonly [string, string | undefined])[] => [
  ...(data.grounds ?? []).map(({ code }) => ['grounds', code] as const),
  ...(data.matterClasses ?? []).map((code) => ['matterClasses', code] as const),
  ...(data.emergency?.grounds ?? []).map(({ code }) => ['emergencyGrounds', code] as const),
  ['emergencyChannels', data.emergency?.channel],
  ['durations', data.duration],
  ['forms', data.form],
  ['inabilityCauses', data.cause],
];

const citedBy = (data: object, { editions }: LawBook): readonly string[] => {
  const codes = editions.at(-1)?.pack.systems['assistance']?.codes ?? {};
  return codesIn(data).flatMap(([list, code]) => codes[list]?.find((entry) => entry.code === code)?.rule ?? []);
};

export const scene: Scene<LawBook> = { law, now, recorder, citedBy };

/** Names as the register has them. */
export const names: Names = {
  organ: (id) => law.organs.organs.get(id)?.name ?? id,
  person: (id) => law.organs.persons.get(id)?.name ?? id,
};

export const by = {
  asker: { person: people.asker, organ: organs.market, post: '科员' },
  handler: { person: people.handler, organ: organs.ecology, post: '科员' },
  head: { person: people.head, organ: organs.ecology, post: '局长' },
  deputy: { person: people.deputy, organ: organs.ecology, post: '副局长' },
  formerHead: { person: people.formerHead, organ: organs.ecology, post: '局长' },
  otherHead: { person: people.otherHead, organ: organs.market, post: '局长' },
} as const satisfies Readonly<Record<string, By>>;

type DataOf<T extends AssistanceFact['type']> = Extract<AssistanceFact, { type: T }>['data'];
type Fact<T extends AssistanceFact['type']> = Extract<Happened<AssistanceFact>, { type: T }>;

/** Facts with nothing wrong about them; a test overrides what it is about. `null` leaves a field out. */
type Overrides<D> = { readonly [K in keyof D]?: D[K] | null };

function overridden<D extends object>(data: D, overrides: Overrides<D>): D {
  const members = Object.entries({ ...data, ...overrides }).filter(([, value]) => value !== null);
  // The same members as before with values of their types; those left out are optional ones.
  return Object.fromEntries(members) as D;
}

export const EXTENSION = id('the first extension');

/** 情形 with everything it asks to be told. */
export const GROUND = {
  code: 'XM-9-2',
  particulars: [
    { name: 'neededMaterials', text: '排污许可档案' },
    { name: 'whyNotHeld', text: '许可由对方核发' },
    { name: 'holder', text: '市生态环境局' },
  ],
} as const;

export const requested = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceRequested'>> = {},
): Fact<'AssistanceRequested'> => ({
  type: 'AssistanceRequested',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceRequested'>>(
    {
      requesting: organs.market,
      requested: organs.ecology,
      matter: '请协助核查某企业的排污许可',
      legalBasis: '有关行政处罚的法律规定',
      functionMatch: '排污许可由生态环境部门管理',
      grounds: [GROUND],
      matterClasses: ['ordinary'],
      duration: 'temporary',
      form: 'written',
      documentNumber: '厦市监函〔2026〕88号',
    },
    overrides,
  ),
});

export const delivered = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceRequestDelivered'>> = {},
): Fact<'AssistanceRequestDelivered'> => ({
  type: 'AssistanceRequestDelivered',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceRequestDelivered'>>({ proof: { kind: 'stamp' } }, overrides),
});

export const accepted = (on: string): Fact<'AssistanceAccepted'> => ({
  type: 'AssistanceAccepted',
  occurredAt: { on: day(on) },
  data: { by: by.handler },
});

export const step = (on: string): Fact<'AssistanceStepRecorded'> => ({
  type: 'AssistanceStepRecorded',
  occurredAt: { on: day(on) },
  data: { step: '到现场核查', by: by.handler },
});

export const extended = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceExtensionApproved'>> = {},
  named: Uuid = EXTENSION,
): Fact<'AssistanceExtensionApproved'> => ({
  type: 'AssistanceExtensionApproved',
  id: named,
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceExtensionApproved'>>(
    { circumstance: '样品检测尚未完成', unit: 'workingDay', by: by.head },
    overrides,
  ),
});

export const filed = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceExtensionFiled'>> = {},
): Fact<'AssistanceExtensionFiled'> => ({
  type: 'AssistanceExtensionFiled',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceExtensionFiled'>>(
    { extension: EXTENSION, filingNumber: '备2026-7', office: organs.cityOffice },
    overrides,
  ),
});

export const provided = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceProvided'>> = {},
): Fact<'AssistanceProvided'> => ({
  type: 'AssistanceProvided',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceProvided'>>(
    { onSpot: false, performedScope: '提供排污许可档案', signedInNameOf: organs.ecology, by: by.handler },
    overrides,
  ),
});

export const fedBack = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceFeedbackGiven'>> = {},
): Fact<'AssistanceFeedbackGiven'> => ({
  type: 'AssistanceFeedbackGiven',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceFeedbackGiven'>>(
    { matter: '排污许可核查', course: '调档并到现场核查', result: '许可有效', documentNumber: '厦环函〔2026〕12号' },
    overrides,
  ),
});

export const urgent = (on: string, overrides: Overrides<DataOf<'AssistanceRequested'>> = {}) =>
  requested(on, {
    form: 'emergency',
    documentNumber: null,
    emergency: { grounds: [{ code: 'publicSafety' }], channel: 'phone', caller: by.asker, receiver: by.handler },
    ...overrides,
  });

export const obstacle = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceObstacleNoted'>> = {},
): Fact<'AssistanceObstacleNoted'> => ({
  type: 'AssistanceObstacleNoted',
  occurredAt: { on: day(on) },
  data: overridden<DataOf<'AssistanceObstacleNoted'>>(
    { requesting: organs.market, obstacle: '无法取得许可档案' },
    overrides,
  ),
});

/** Any other fact, with the data that make it one. */
export const happened = <T extends AssistanceFact['type']>(type: T, on: string, data: DataOf<T>, named?: Uuid) =>
  ({ type, occurredAt: { on: day(on) }, data, ...(named && { id: named }) }) as unknown as Fact<T>;

export const NOTICE = id('the first notice of inability');

export const unable = (
  on: string,
  overrides: Overrides<DataOf<'AssistanceInabilityNotified'>> = {},
): Fact<'AssistanceInabilityNotified'> =>
  happened(
    'AssistanceInabilityNotified',
    on,
    overridden<DataOf<'AssistanceInabilityNotified'>>(
      {
        kind: 'cannotProvide',
        cause: 'XM-12-5',
        particulars: [{ name: 'resources', text: '须停用全部检测设备' }],
        reason: '设备不足',
        documentNumber: '厦环函〔2026〕13号',
      },
      overrides,
    ),
    NOTICE,
  );

/** A register entry with everything a case without counterparties, materials and feedback asks for. */
export const entered = (
  on: string,
  side: Side,
  overrides: Overrides<DataOf<'AssistanceRegisterEntryMade'>> = {},
): Fact<'AssistanceRegisterEntryMade'> =>
  happened(
    'AssistanceRegisterEntryMade',
    on,
    overridden<DataOf<'AssistanceRegisterEntryMade'>>(
      {
        side,
        entryNumber: `台账2026-${side === 'requesting' ? 1 : 2}`,
        requestMadeOn: day('2026-09-17'),
        documentName: '协助函',
        documentNumber: '厦市监函〔2026〕88号',
        supervised: false,
        responsible: [{ ...(side === 'requesting' ? by.asker : by.handler), contact: '0592-0000000' }],
      },
      overrides,
    ),
  );

export const archivedBy = (on: string, side: Side): Fact<'AssistanceArchived'> =>
  happened('AssistanceArchived', on, { side, location: '档案室', archiveNumber: `卷${side}` });

export const closed = (on: string, note?: Marked): Fact<'AssistanceClosed'> => ({
  type: 'AssistanceClosed',
  occurredAt: { on: day(on) },
  data: { ...(note !== undefined && { note }) },
});
