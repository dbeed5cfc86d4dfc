import { fold, isGranted, type CommonFact, type Grant, type Relation } from '#libs/kernel';
import { law, obstacle, organs, requested, scene } from '../../testing/src/specification/assistance-cases.js';
import { recordedAs } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { policy, relation } from './policy.js';
import { assistance } from './system.js';

/**
 * Written by hand, not derived from the table: who may record each kind of fact, and who may read it.
 * R requesting, Q requested, S supervising, ! the service itself, n none; H head, D deputy head, h handler, c clerk; s, a, o, k may never:
 * supervisor, auditor, operator, clock keeper.
 */
const cells: Readonly<Record<AssistanceFact['type'], readonly [record: string, read: string]>> = {
  AssistanceObstacleNoted: ['R:H R:D R:h R:c', 'parties'],
  AssistanceRequestForgone: ['R:H R:D R:h', 'parties'],
  AssistanceRequested: ['R:H R:D R:h R:c', 'parties'],
  AssistanceFormalitiesMadeUp: ['R:H R:D R:h R:c', 'parties'],
  AssistanceMaterialsHandedOver: ['R:H R:D R:h R:c', 'parties'],
  AssistanceReceiptConfirmed: ['Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceClassDisputed: ['Q:H Q:D Q:h', 'parties'],
  AssistanceClassDecided: ['R:H R:D R:h Q:H Q:D Q:h', 'parties'],
  AssistanceInabilityNotified: ['Q:H Q:D Q:h', 'parties'],
  AssistanceMaterialsReturned: ['Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceReviewRequested: ['!:!', 'parties'],
  AssistanceNoMaterialsDeclared: ['Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceRegisterEntryMade: ['R:H R:D R:h R:c Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceArchived: ['R:H R:D R:h R:c Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceEmergencyRegimeActivated: ['R:H R:D R:h Q:H Q:D Q:h', 'parties'],
  AssistanceEmergencyRegimeEnded: ['R:H R:D R:h Q:H Q:D Q:h', 'parties'],
  AssistanceRuleAssessed: ['R:H R:D R:s R:a Q:H Q:D Q:s Q:a S:H S:D S:s S:a', 'parties'],
  AssistanceRequestDelivered: ['R:H R:D R:h R:c Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceAccepted: ['Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceStepRecorded: ['Q:H Q:D Q:h', 'ownUntilFeedback'],
  AssistanceExtensionApproved: ['Q:H Q:D Q:h', 'parties'],
  AssistanceExtensionFiled: ['Q:H Q:D Q:h Q:c', 'parties'],
  AssistanceProvided: ['Q:H Q:D Q:h', 'parties'],
  AssistanceFeedbackGiven: ['Q:H Q:D Q:h', 'parties'],
  AssistanceClosed: ['R:H R:D R:h Q:H Q:D Q:h', 'parties'],
};

/** And of the facts common to all systems, which are read by who may read what they are about. */
const commonCells: Readonly<Record<CommonFact['type'], string>> = {
  CorrectionRequested: 'R:H R:D R:h R:c Q:H Q:D Q:h Q:c S:s',
  FactCorrected: 'R:H R:D Q:H Q:D S:s',
  CorrectionRefused: 'R:H R:D Q:H Q:D S:s',
  ErasureRequested: 'R:H R:D R:h R:c Q:H Q:D Q:h Q:c S:s',
  SubjectErased: 'R:H R:D Q:H Q:D S:s',
  ErasureRefused: 'R:H R:D Q:H Q:D S:s',
  ClocksRecomputed: '!:!',
};

const RELATIONS: readonly (readonly [string, Relation])[] = [
  ['R', 'requesting'],
  ['Q', 'requested'],
  ['S', 'supervising'],
  ['!', 'service'],
  ['n', 'none'],
];
const ROLES: readonly (readonly [string, string])[] = [
  ['H', 'head'],
  ['D', 'deputyHead'],
  ['h', 'handler'],
  ['c', 'clerk'],
  ['s', 'supervisor'],
  ['a', 'auditor'],
  ['o', 'operator'],
  ['k', 'clockKeeper'],
  ['!', 'service'],
];

it.each(Object.entries(cells))('%s may be recorded by %j', (type, [record, read]) => {
  const row = policy[type as AssistanceFact['type']];
  expect(allowed([row.record])).toBe(record);
  expect(row.read).toBe(read);
});

it.each(Object.entries(commonCells))('%s may be recorded by %s', (type, record) => {
  expect(allowed(assistance.common?.grants[type as CommonFact['type']] ?? [])).toBe(record);
});

const allowed = (grants: readonly Grant[]): string =>
  RELATIONS.flatMap(([r, relation]) =>
    ROLES.filter(([, role]) => isGranted(grants, relation, [role])).map(([letter]) => `${r}:${letter}`),
  ).join(' ');

describe('案件关系', () => {
  it('is the requesting organ’s alone before a request, also to supervision', () => {
    const noted = fold(assistance.decider, recordedAs<AssistanceFact>([obstacle('2026-09-10')], scene));
    const seen = (organ: keyof typeof organs, role: string): Relation =>
      relation(noted, { organ: organs[organ], roles: [role] }, law);
    expect([seen('market', 'handler'), seen('ecology', 'head')]).toEqual(['requesting', 'none']);
    expect([seen('cityOffice', 'supervisor'), seen('audit', 'auditor')]).toEqual(['none', 'none']);
  });

  const city = fold(assistance.decider, recordedAs<AssistanceFact>([requested('2026-09-17')], scene));
  const withDistrict = fold(
    assistance.decider,
    recordedAs<AssistanceFact>([requested('2026-09-17', { requested: organs.districtPolice })], scene),
  );

  it.each<[string, keyof typeof organs, string, readonly [Relation, Relation]]>([
    ['the asking organ', 'market', 'handler', ['requesting', 'requesting']],
    ['the asked organ', 'ecology', 'clerk', ['requested', 'none']],
    ['a third organ', 'districtPolice', 'head', ['none', 'requested']],
    ['the superior of both', 'government', 'head', ['none', 'none']],
    ['the city establishment office', 'cityOffice', 'supervisor', ['supervising', 'supervising']],
    ['its district office', 'districtOffice', 'supervisor', ['none', 'supervising']],
    ['another district’s office', 'otherDistrictOffice', 'supervisor', ['none', 'none']],
    ['that office without the role', 'cityOffice', 'handler', ['none', 'none']],
    ['a supervisor of another kind of organ', 'audit', 'supervisor', ['none', 'none']],
    ['an auditor of the city', 'audit', 'auditor', ['supervising', 'supervising']],
    ['an auditor from elsewhere', 'elsewhere', 'auditor', ['none', 'none']],
    ['the head of the asking organ', 'market', 'head', ['requesting', 'requesting']],
    ['a deputy head of the asked organ', 'ecology', 'deputyHead', ['requested', 'none']],
    ['the operator of the asking organ', 'market', 'operator', ['none', 'none']],
    ['the clock keeper of the asked organ', 'ecology', 'clockKeeper', ['none', 'none']],
    ['the asking organ’s auditor, who supervises', 'market', 'auditor', ['supervising', 'supervising']],
    [
      'a party that is no establishment office, with the role of a supervisor',
      'market',
      'supervisor',
      ['none', 'none'],
    ],
  ])('%s (%s, %s): %j, in a case of the city and in one with a district', (_who, organ, role, expected) => {
    const viewer = { organ: organs[organ], roles: [role] };
    expect([relation(city, viewer, law), relation(withDistrict, viewer, law)]).toEqual(expected);
  });

  it('lets the city’s office see a case between two organs of one of its districts', () => {
    const within = fold(
      assistance.decider,
      recordedAs<AssistanceFact>(
        [requested('2026-09-17', { requesting: organs.ecologyBranch, requested: organs.districtPolice })],
        scene,
      ),
    );
    expect(relation(within, { organ: organs.cityOffice, roles: ['supervisor'] }, law)).toBe('supervising');
    expect(relation(within, { organ: organs.otherDistrictOffice, roles: ['supervisor'] }, law)).toBe('none');
  });

  it('goes by any role of the appointment that works on cases', () => {
    expect(relation(city, { organ: organs.market, roles: ['operator', 'handler'] }, law)).toBe('requesting');
    expect(relation(city, { organ: organs.market, roles: [] }, law)).toBe('none');
  });

  it('is none before a request, and for an organ that is not registered', () => {
    expect(relation(assistance.decider.initial, { organ: organs.market, roles: ['handler'] }, law)).toBe('none');
    const organsEmpty = { ...law, organs: { ...law.organs, organs: new Map() } };
    expect(relation(city, { organ: organs.cityOffice, roles: ['supervisor'] }, organsEmpty)).toBe('none');
    expect(
      relation(
        city,
        { organ: organs.cityOffice, roles: ['supervisor'] },
        {
          ...law,
          organs: { ...law.organs, organs: new Map([...law.organs.organs].filter(([id]) => id === organs.cityOffice)) },
        },
      ),
    ).toBe('none');
  });
});
