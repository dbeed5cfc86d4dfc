import { derivedId, DRAWING, instant, legalDate, type Names, type Recorded, type Uuid } from '#libs/kernel';
import { shippedPacks, type PackEdition } from '#libs/law';
import { law, organs } from '../../../testing/src/specification/assistance-cases.js';
import { specification } from '../../../testing/src/specification/index.js';
import { checked, drawing, drawn, fixed, frame, members } from '../../../testing/src/specification/sampling-cases.js';
import { by, citySupervisor, officers } from '../../../testing/src/specification/supervision-cases.js';
import * as commands from './commands.js';
import type { SamplingDataOf, SamplingFact } from './facts.js';
import { checkOf, statusOf } from './sample-state.js';
import { sentence } from './sentences.js';
import { sampling } from './system.js';

const { given } = specification(sampling, citySupervisor);
const as = (person: Uuid, organ: Uuid) => specification(sampling, by(citySupervisor, person, organ, ['supervisor']));
const on = { on: legalDate('2026-10-10') };
const at = { at: instant('2026-10-10T02:00:00Z') };
const asked = { occurredAt: on, category: 'assistance', from: frame.from, to: frame.to, size: 2, frame };

const names: Names = { organ: () => '某局', person: () => '某人' };
/** What is told of the sample, and of the fact that fixed its frame. */
const told = ({ state, facts: [first] }: ReturnType<typeof given>) => [
  sampling.particulars(state, names, law),
  // Nothing but the frame was given first.
  sentence(first as Recorded<SamplingFact>, names),
];

describe('抽查立项, by a supervisor of the office', () => {
  it('fixes what is to be drawn from, how many, and by which steps', () => {
    given().when(commands.FixSampleFrame, asked).records('SampleFrameFixed', { frame, size: 2, algorithm: DRAWING });
    given()
      .when(commands.FixSampleFrame, { ...asked, reason: '季度抽查' })
      .records('SampleFrameFixed', { reason: '季度抽查' });
  });

  it('takes no frame of organs whose own office it is not: 本级优先', () => {
    const refused = as(officers.district, organs.districtOffice).given().when(commands.FixSampleFrame, asked);
    refused.refuses('SAMPLE_NOT_OWN_LEVEL');
    given()
      .when(commands.FixSampleFrame, { ...asked, organ: organs.districtOffice })
      .refuses('SAMPLE_NOT_OWN_LEVEL', '/organ');
    as(officers.city, organs.market).given().when(commands.FixSampleFrame, asked).refuses('SAMPLE_OFFICE_ONLY');
  });

  it('takes no days in reverse, no system there is none of, and nothing to draw from', () => {
    const reversed = { ...asked, to: legalDate('2026-06-30') };
    given().when(commands.FixSampleFrame, reversed).refuses('SAMPLE_PERIOD_REVERSED', '/to');
    const { frame: _frame, ...unknown } = asked;
    given().when(commands.FixSampleFrame, unknown).refuses('SAMPLE_SYSTEM_UNKNOWN', '/category');
    given()
      .when(commands.FixSampleFrame, { ...asked, frame: { ...frame, count: 0 } })
      .refuses('SAMPLE_EMPTY');
  });
});

describe('抽取, by the service', () => {
  it('is recorded once, and only as it follows from the frame', () => {
    given(fixed()).when(commands.DrawSample, { occurredAt: at, drawn: drawing() }).records('SampleDrawn', drawing());
    given(fixed(), drawn())
      .when(commands.DrawSample, { occurredAt: at, drawn: drawing() })
      .refuses('SAMPLE_DRAWN_ALREADY');
  });

  it.each([
    ['another seed', { seed: 'f'.repeat(64) }],
    ['another salt', { salt: 'other' }],
    ['another frame', { fixed: members[0] }],
    ['too few', { cases: members.slice(0, 1) }],
    ['one twice', { cases: [members[0]!, members[0]!] }],
    ['other steps', { algorithm: 'by hand' }],
  ])('is refused with %s', (_what, changes) => {
    const drew = { ...drawing(), ...changes } as SamplingDataOf['SampleDrawn'];
    given(fixed()).when(commands.DrawSample, { occurredAt: at, drawn: drew }).refuses('SAMPLE_NOT_REPRODUCED');
  });

  it('draws all where there are no more', () => {
    const all = fixed({ size: 500 });
    given(all)
      .when(commands.DrawSample, { occurredAt: at, drawn: drawing(members) })
      .records('SampleDrawn', {});
    const says = '抽取5件（拟抽取500件，总体不足，全部抽取）';
    expect(told(given(all))).toMatchObject([
      { whole: true, says: expect.stringContaining(says) },
      expect.stringContaining(says),
    ]);
    expect(told(given(fixed()))).toMatchObject([
      { says: expect.stringMatching(/抽取2件。$/) },
      expect.stringMatching(/抽取2件。$/),
    ]);
  });
});

describe('抽查结果, by a person', () => {
  const found = { occurredAt: on, case: members[0]!, outcome: 'inOrder' as const };

  it('is said once of a case that was drawn', () => {
    given(fixed(), drawn()).when(commands.CheckSampledCase, found).records('SampleChecked', { outcome: 'inOrder' });
    given(fixed()).when(commands.CheckSampledCase, found).refuses('SAMPLE_NOT_DRAWN');
    given(fixed(), drawn())
      .when(commands.CheckSampledCase, { ...found, case: members[4]! })
      .refuses('CASE_NOT_SAMPLED', '/case');
  });

  it('is corrected by another person, who names the result that stands and says why; both stay', () => {
    const standing = { ...checked(0), id: derivedId(['the first result']) };
    const bad = { ...found, outcome: 'notInOrder' as const, rules: ['XM-6-1'], remark: '没有写明依据' };
    const replaces = standing.id;
    const { recorder } = citySupervisor;
    const byMe = { ...standing, recorder };
    const another = { ...standing, recorder: { ...recorder, person: officers.cityChief } };
    const check = (before: typeof another, fields: Partial<commands.CheckSampledCase>) =>
      given(fixed(), drawn(), before).when(commands.CheckSampledCase, { ...bad, ...fields });
    check(another, {}).refuses('CHECK_STANDS', '/case');
    check(another, { replaces: members[4]! }).refuses('CHECK_REPLACES_OTHER', '/replaces');
    check(byMe, { replaces }).refuses('CHECK_CORRECTOR_SAME', '/replaces');
    const onPaper = { person: officers.cityChief, organ: organs.cityOffice, post: '科长' };
    check(another, { replaces, by: onPaper }).refuses('CHECK_CORRECTOR_SAME', '/replaces');
    given(fixed(), drawn(), another)
      .when(commands.CheckSampledCase, { ...found, replaces })
      .refuses('CHECK_CORRECTION_UNREASONED', '/remark');
    check(another, { replaces }).records('SampleChecked', { rules: ['XM-6-1'], replaces });
    given(fixed(), drawn())
      .when(commands.CheckSampledCase, { ...bad, replaces })
      .refuses('CHECK_REPLACES_OTHER', '/replaces');
    const { state } = given(fixed(), drawn(), another, checked(0, '2026-10-13', { outcome: 'notInOrder', replaces }));
    expect([state.checks.length, checkOf(state, members[0]!)?.outcome]).toEqual([2, 'notInOrder']);
  });

  it('names rules, or says in words, what is not in order, and rules of the catalogue alone', () => {
    const bad = { ...found, outcome: 'notInOrder' as const };
    const check = (fields: Partial<commands.CheckSampledCase>) =>
      given(fixed(), drawn()).when(commands.CheckSampledCase, fields);
    check(bad).refuses('CHECK_UNFOUNDED', '/rules');
    check({ ...bad, remark: '处理不规范' }).records('SampleChecked', { rules: [], remark: '处理不规范' });
    check({ ...bad, rules: ['XM-6-1', 'XX-1'] }).refuses('CHECK_RULE_UNKNOWN', '/rules/1');
    check({ ...found, rules: ['XM-6-1'] }).refuses('CHECK_RULES_MISPLACED', '/rules');
  });

  it('brings the sample from its frame to its end', () => {
    const statuses = [[], [drawn()], [drawn(), checked(0)], [drawn(), checked(0), checked(1)]].map((more) =>
      statusOf(given(fixed(), ...more).state),
    );
    expect(statuses).toEqual(['fixed', 'drawn', 'drawn', 'checked']);
  });
});

const found = (pack: PackEdition['pack']): PackEdition => ({ digest: '', pack });
const shipped = (name: string): PackEdition['pack'] => shippedPacks().find(({ pack }) => pack.pack === name)!.pack;

it('XM-25-1 第二十五条 监督检查: what an inspection drew is to be looked at by a person, case by case', () => {
  given(fixed()).silent('XM-25-1');
  given(fixed(), drawn()).owed('XM-25-1', 'checking');
  given(fixed(), drawn(), checked(0)).owed('XM-25-1', 'checking');
  given(fixed(), drawn(), checked(0), checked(0)).owed('XM-25-1', 'checking');
  given(fixed(), drawn(), checked(1), checked(0)).silent('XM-25-1');
});

describe('PW, adopted with a day and places', () => {
  const pack = shipped('PW');
  const adopted = found({ ...pack, regions: ['3502'], effectiveFrom: legalDate('2026-01-01') });
  const under = (edition: PackEdition) =>
    specification(sampling, { ...citySupervisor, law: { ...law, editions: [edition] } });

  it('PW-10-2-5-3 十（二）5 随机抽查: a sample drawn that nobody has looked through', () => {
    const { given: adoptedGiven } = under(adopted);
    adoptedGiven(fixed(), drawn(), checked(1)).owed('PW-10-2-5-3', 'checking');
    adoptedGiven(fixed(), drawn(), checked(1), checked(0, '2026-10-13')).silent('PW-10-2-5-3');
    adoptedGiven(fixed()).silent('PW-10-2-5-3');
  });

  it('owes nothing as it ships, without a day', () => {
    under(found(pack)).given(fixed(), drawn()).owesNothing();
  });
});
