import { instant, legalDate, startOfDay } from '#libs/kernel';
import {
  accepted,
  by,
  closed,
  delivered,
  EXTENSION,
  extended,
  fedBack,
  filed,
  happened,
  obstacle,
  names,
  organs,
  provided,
  requested,
  scene,
  step,
  unable,
} from '../../../testing/src/specification/assistance-cases.js';
import { ruleTests, specification, type Happened } from '../../../testing/src/specification/index.js';
import * as commands from '../commands/index.js';
import type { AssistanceFact } from '../facts/index.js';
import { flagText } from '../flag-texts.js';
import { assistance } from '../system.js';

/** 第十六、十七条: the limits, what extends them, and when they give way. */
const { given } = specification(assistance, scene);
const { flagging, owing } = ruleTests<AssistanceFact>(given);

const asked = requested('2026-09-17');
const running = [asked, delivered('2026-09-18')] as const;
const helped = [...running, provided('2026-09-28')] as const;
const opinion = requested('2026-09-17', { matterClasses: ['opinion'] });
const recordedOn = (day: string) => ({ recordedAt: startOfDay(legalDate(day)) });
/** Its delivery was on record from that day on, so that the limit was seen to run. */
const seen = [asked, { ...running[1], ...recordedOn('2026-09-18') }] as const;
const forgone = happened('AssistanceRequestForgone', '2026-09-16', { reason: '自行办理' });

describe('请求期限 (XM-16-1)', () => {
  it('XM-16-1 gives ten working days from the obstacle to the request', () => {
    given(obstacle('2026-09-04')).clock('request', { rule: 'XM-16-1', due: '2026-09-18', verdict: 'late' });
    given(obstacle('2026-09-04'), requested('2026-09-18')).clock('request', { rule: 'XM-16-1', verdict: 'onTime' });
    given(obstacle('2026-09-04'), requested('2026-09-21')).clock('request', {
      rule: 'XM-16-1',
      verdict: 'late',
      daysLate: 3,
    });
  });

  it('XM-16-1 is silent where no obstacle is on record', () => {
    given(asked).silent('XM-16-1').clock('request', { verdict: 'notApplicable', due: undefined });
  });
  it('XM-16-1 is silent once it was decided not to ask', () => {
    given(obstacle('2026-09-04'), forgone).silent('XM-16-1').clock('request', { verdict: 'notApplicable' });
  });
  it('XM-16-1 is silent, and never on time, where the day of the obstacle is not known', () => {
    given(obstacle('2026-09-04', { dateUnknown: true }), asked)
      .silent('XM-16-1')
      .clock('request', { verdict: 'cannotJudge' });
  });
  it('XM-16-1 calls nothing on time beside an obstacle of an unknown day, whichever was noted first', () => {
    // Noted on the first working day after 国庆; had it been met by then, the limit would have ended on 21 October.
    const undated = obstacle('2026-10-08', { dateUnknown: true });
    for (const dated of ['2026-10-10', '2026-10-20']) {
      const story = given(undated, obstacle(dated), requested('2026-10-23')).flagged('XM-16-1', 'startUnknown');
      story.clock('request', { verdict: 'cannotJudge', due: undefined });
    }
    given(undated, requested('2026-11-02'), obstacle('2026-10-28')).clock('request', { verdict: 'cannotJudge' });
    given(undated, obstacle('2026-10-10')).clock('request', { verdict: 'late', due: '2026-10-23' });
  });
  it('XM-16-1 is late all the more, where it is by a later obstacle of a known day', () => {
    given(obstacle('2026-10-08', { dateUnknown: true }), obstacle('2026-10-10'), requested('2026-10-26'))
      .flagged('XM-16-1', 'startUnknown')
      .clock('request', { rule: 'XM-16-1', verdict: 'late', daysLate: 3 });
  });
  it('XM-16-1 is judged where the obstacle of an unknown day came after the request', () => {
    given(obstacle('2026-09-04'), asked, obstacle('2026-10-08', { dateUnknown: true }))
      .clock('request', { rule: 'XM-16-1', verdict: 'onTime' })
      .raises();
  });
  const met = { ...obstacle('2026-09-04'), ...recordedOn('2026-09-04') };
  flagging('XM-16-1', 'stopRecordedLate')
    .when('the request was recorded after its last day', met, {
      ...requested('2026-09-18'),
      ...recordedOn('2026-09-19'),
    })
    .butNot('no obstacle is on record', { ...requested('2026-09-18'), ...recordedOn('2026-09-19') });
  it('XM-16-1 asks nobody about a request that was recorded on its last day', () => {
    given(met, { ...requested('2026-09-18'), ...recordedOn('2026-09-18') })
      .clock('request', { rule: 'XM-16-1' })
      .raises();
  });
  it('XM-16-1 runs on where a ground of 第十条 binds to ask', () => {
    given(obstacle('2026-09-04', { grounds: [{ code: 'XM-10-2' }] }), forgone).clock('request', {
      rule: 'XM-16-1',
      due: '2026-09-18',
    });
  });
});

describe('当场、受理 (第十六条第二款)', () => {
  const possible = happened('AssistanceAccepted', '2026-09-18', { by: by.handler, onSpotPossible: true });
  flagging('XM-16-2', 'onSpotLater')
    .when('help said to be on the spot came another day', ...running, provided('2026-09-21', { onSpot: true }))
    .butNot('it came on the day of delivery', ...running, possible, provided('2026-09-18', { onSpot: true }));
  flagging('XM-16-2', 'onSpotMissed')
    .when('it was possible and not done', ...running, possible, provided('2026-09-18'))
    .butNot('nobody says that it was possible', ...helped);

  owing('XM-16-3', 'takingUp')
    .when('a delivered request was not taken up', ...running)
    .butNot('it was accepted', ...running, accepted('2026-09-21'))
    .butNot('it was refused', ...running, unable('2026-09-21'))
    .butNot('nothing was delivered', asked);
  flagging('XM-16-3', 'acceptorNotNamed')
    .when('the acceptance names nobody', ...running, happened('AssistanceAccepted', '2026-09-21', {}))
    .butNot('it names somebody', ...running, accepted('2026-09-21'));
});

describe('提供期限 (XM-16-4, XM-16-5)', () => {
  const refused = [...running, unable('2026-09-21')] as const;
  it('XM-16-4 gives ten working days from the delivery', () => {
    given(...running).clock('provide', { rule: 'XM-16-4', due: '2026-10-09', holder: organs.ecology });
    given(...running, provided('2026-10-10')).clock('provide', { rule: 'XM-16-4', verdict: 'late', daysLate: 1 });
    given(...running, provided('2026-10-09')).clock('provide', { rule: 'XM-16-4', verdict: 'onTime' });
  });
  it('XM-16-4 is silent where one class of the request has the longer limit', () => {
    given(requested('2026-09-17', { matterClasses: ['ordinary', 'opinion'] }), delivered('2026-09-18')).silent(
      'XM-16-4',
    );
  });
  it('XM-16-4 is silent as long as nothing was delivered', () => {
    given(asked).silent('XM-16-4').clock('provide', { verdict: 'cannotJudge' });
  });
  flagging('XM-16-4', 'startContested').when(
    'deliveries of two days are on record',
    ...running,
    delivered('2026-09-21'),
  );
  flagging('XM-16-4', 'stoppedInParts').when('help came in two parts', ...helped, provided('2026-09-29'));
  flagging('XM-16-4', 'providedAfterRefusal').when(
    'help came after the due day, though a notice had stopped the clock',
    ...refused,
    provided('2026-10-10'),
  );
  it('XM-16-4 takes help that came by the due day after a notice as it is', () => {
    expect(given(...refused, provided('2026-10-09')).schedule.flags).toEqual([]);
  });

  it.each(['execution', 'investigation', 'opinion'])('XM-16-5 gives %s twenty working days', (matterClass) => {
    given(requested('2026-09-17', { matterClasses: [matterClass] }), delivered('2026-09-18')).clock('provide', {
      rule: 'XM-16-5',
      due: '2026-10-22',
    });
  });
  it('XM-16-5 is silent on an ordinary matter', () => {
    given(...running).silent('XM-16-5');
  });

  const disputed = happened('AssistanceClassDisputed', '2026-09-21', {
    matterClasses: ['opinion'],
    reason: '须出具意见',
  });
  const decided = (...deciders: readonly (keyof typeof organs)[]) =>
    happened('AssistanceClassDecided', '2026-09-22', {
      matterClasses: ['opinion'],
      deciders: deciders.map((name) => organs[name]),
    });
  flagging('XM-16-5', 'classDisputed').when('the class is disputed', ...running, disputed);
  flagging('XM-16-5', 'classDecided').when(
    'another class was decided',
    ...running,
    disputed,
    decided('market', 'ecology'),
  );
  flagging('XM-16-5', 'classDecidedAlone')
    .when('the organ that is timed decided it', ...running, disputed, decided('ecology'))
    .when('the organ that asked decided it', ...running, disputed, decided('market'))
    .when('a third organ without a say did', ...running, disputed, decided('ecology', 'audit'))
    .when('the office of a district did, though neither side is of it', ...running, decided('districtOffice'))
    .butNot('nobody disputes it', ...running);
  it('XM-16-5 asks nobody about a decision of one side that both replaced', () => {
    given(...running, disputed, decided('ecology'), decided('market', 'ecology')).raises('classDecided');
  });
  it.each<[string, readonly (keyof typeof organs)[], string]>([
    ['leaves the due day as it was when the organ that is timed decides alone', ['ecology'], '2026-10-09'],
    ['leaves it when an organ without a say joins it', ['ecology', 'audit'], '2026-10-09'],
    ['moves it when both sides decide', ['market', 'ecology'], '2026-10-22'],
    ['moves it when an organ above the requested one decides (第二十三条)', ['government'], '2026-10-22'],
    ['moves it when the staffing office of both decides (第二十三条)', ['cityOffice'], '2026-10-22'],
  ])('XM-16-5 %s', (_name, deciders, due) => {
    given(...running, disputed, decided(...deciders)).clock('provide', { due });
  });
  it('XM-16-5 holds help late that only a decision of the organ that is timed would make timely', () => {
    given(...running, provided('2026-10-12'), decided('ecology'))
      .flagged('XM-16-5', 'classDecidedAlone')
      .clock('provide', { rule: 'XM-16-4', verdict: 'late', daysLate: 3 });
  });
  flagging('XM-16-5', 'limitShortenedPast').when(
    'the decision makes a limit that is past already',
    opinion,
    delivered('2026-08-18'),
    happened('AssistanceClassDecided', '2026-09-22', {
      matterClasses: ['ordinary'],
      deciders: [organs.market, organs.ecology],
    }),
  );
});

describe('延长与备案 (XM-16-6, XM-16-7)', () => {
  it('XM-16-6 moves the due day by ten working days, counted on from it', () => {
    given(...running, extended('2026-09-28')).clock('provide', {
      rule: 'XM-16-6',
      due: '2026-10-22',
      extendedBy: EXTENSION,
    });
    given(opinion, delivered('2026-09-18'), extended('2026-09-28')).clock('provide', {
      rule: 'XM-16-6',
      due: '2026-11-05',
    });
  });
  const elsewhere = { ...by.head, organ: organs.audit };
  it('XM-16-6 is not moved by an approval in another organ’s name', () => {
    given(...running, extended('2026-09-28', { by: elsewhere })).clock('provide', {
      rule: 'XM-16-4',
      due: '2026-10-09',
    });
  });
  flagging('XM-16-6', 'extensionNotEntitled')
    .when('a handler approved it', ...running, extended('2026-09-28', { by: by.handler }))
    .when('a handler approved it before there was a delivery', asked, extended('2026-09-18', { by: by.handler }))
    .when('its 局长 approved it in another organ’s name', ...running, extended('2026-09-28', { by: elsewhere }))
    .butNot('nobody extended anything', ...running)
    .butNot('who is in charge approved it before there was a delivery', asked, extended('2026-09-18'));
  flagging('XM-16-6', 'extensionRecordedLate')
    .when('it is dated on the due day, and was recorded after it', ...seen, {
      ...extended('2026-10-09'),
      ...recordedOn('2026-10-12'),
    })
    .butNot('nobody extended anything', ...seen);
  it('XM-16-6 moves the due day all the same, and both days are told', () => {
    const story = given(...seen, { ...extended('2026-10-09'), ...recordedOn('2026-10-12') });
    story.clock('provide', { rule: 'XM-16-6', due: '2026-10-22' }).raises('extensionRecordedLate');
    expect(story.schedule.flags.map((flag) => flagText(flag, names))).toEqual([
      '延长记为2026-10-09批准，到2026-10-12才登记，当时原期限（2026-10-09届满）已过；延长暂计入，是否当日批准须由人核定。',
    ]);
  });
  flagging('XM-16-4', 'stopRecordedLate')
    .when('help is dated on the due day, and was recorded after it', ...seen, {
      ...provided('2026-10-09'),
      ...recordedOn('2026-10-12'),
    })
    .when('so is a close without an answer', ...seen, { ...closed('2026-10-09'), ...recordedOn('2026-10-12') })
    .butNot('the longer limit was not out', opinion, delivered('2026-09-18'), {
      ...provided('2026-10-09'),
      ...recordedOn('2026-10-12'),
    });
  it.each<[string, readonly string[], Happened<AssistanceFact>]>([
    ['an extension recorded on the due day', [], { ...extended('2026-09-28'), ...recordedOn('2026-10-09') }],
    ['one that came late', ['extensionLate'], { ...extended('2026-10-12'), ...recordedOn('2026-10-13') }],
    ['help recorded on the due day', [], { ...provided('2026-09-28'), ...recordedOn('2026-10-09') }],
    ['help that came late', [], { ...provided('2026-10-12'), ...recordedOn('2026-10-13') }],
  ])('XM-16-4, XM-16-6: nobody doubts when %s was recorded', (_what, codes, fact) => {
    given(...seen, fact).raises(...codes);
  });
  it('XM-16-4, XM-16-6: nor in a case that was entered as a whole afterwards', () => {
    given(...running, extended('2026-10-09'), provided('2026-10-09')).raises();
  });
  flagging('XM-16-6', 'extensionLate').when('it came after the due day', ...running, extended('2026-10-10'));

  owing('XM-16-7', 'extensionFiling')
    .when('an extension was not filed', ...running, extended('2026-09-28'))
    .when('one that came too late was not filed either', ...running, extended('2026-10-10'))
    .butNot('it was', ...running, extended('2026-09-28'), filed('2026-09-29'))
    .butNot('no 负责人 approved it', ...running, extended('2026-09-28', { by: by.handler }));
  flagging('XM-16-7', 'filedElsewhere')
    .when(
      'another district’s office got it',
      ...running,
      extended('2026-09-28'),
      filed('2026-09-29', { office: organs.otherDistrictOffice }),
    )
    .when(
      'an organ that is no such office got it',
      ...running,
      extended('2026-09-28'),
      filed('2026-09-29', { office: organs.audit }),
    )
    .butNot('the office of its own level did', ...running, extended('2026-09-28'), filed('2026-09-29'))
    .butNot(
      'the office of the level it had on that day did, whatever became of it later',
      requested('2026-09-17', { requested: organs.reformed }),
      delivered('2026-09-18'),
      filed('2026-09-29'),
    );
  flagging('XM-16-7', 'filingOfficeUnknown')
    .when(
      'the organ asked applies the measure by reference',
      requested('2026-09-17', { requested: organs.centralUnit }),
      delivered('2026-09-18'),
      filed('2026-09-29'),
    )
    .butNot('it is an organ of the city', ...running, extended('2026-09-28'), filed('2026-09-29'));
  flagging('XM-16-7', 'closedUnfiled')
    .when('the case was closed before', ...running, extended('2026-09-28'), closed('2026-09-30'))
    .when('it came too late to move anything', ...running, extended('2026-10-10'), closed('2026-10-12'))
    .butNot(
      'nobody in charge approved it',
      ...running,
      extended('2026-09-28', { by: by.handler }),
      closed('2026-09-30'),
    )
    .butNot('it was filed by then', ...running, extended('2026-09-28'), filed('2026-09-29'), closed('2026-09-30'));

  it('XM-16-7: what is filed is an extension of the case', () => {
    given(...running)
      .when(commands.FileExtension, {
        occurredAt: { on: legalDate('2026-09-29') },
        extension: EXTENSION,
        filingNumber: '备7',
      })
      .refuses('EXTENSION_UNKNOWN', '/extension', 'XM-16-7');
  });
});

describe('应急处置 (XM-17-1)', () => {
  const activated = (plan?: string) =>
    happened('AssistanceEmergencyRegimeActivated', '2026-09-21', {
      activationDocument: '厦应急〔2026〕3号',
      ...(plan && { plan }),
    });
  const ended = happened('AssistanceEmergencyRegimeEnded', '2026-09-24', {});
  flagging('XM-17-1', 'regimeApplies')
    .when('an emergency is in force', ...running, activated('防台风应急预案'))
    .butNot('there is none', ...running);
  flagging('XM-17-1', 'regimeEndUnmatched')
    .when('its end lies before its beginning', ...running, happened('AssistanceEmergencyRegimeEnded', '2026-09-18', {}))
    .butNot('no emergency was told of', ...running);
  it('XM-17-1: an end that ends something is not flagged', () => {
    const codes = given(...running, activated('防台风应急预案'), ended).schedule.flags.map(({ code }) => code);
    expect(codes).not.toContain('regimeEndUnmatched');
  });
  flagging('XM-17-1', 'regimePlanUnknown').when('the plan is not named', ...running, activated());

  it('XM-17-1: whose clock it favours is said, with both days, whoever recorded it', () => {
    const told = (...facts: readonly Happened<AssistanceFact>[]) =>
      given(...facts)
        .flagged('XM-17-1', 'regimeApplies')
        .schedule.flags.filter(({ code }) => code === 'regimeApplies');
    const plan = activated('防台风应急预案');
    expect(told(...running, plan, ended)).toMatchObject([
      {
        holder: organs.ecology,
        item: 'provide',
        values: { side: '被请求机关', before: '2026-10-09', after: '2026-10-13' },
      },
    ]);
    const [open] = told(...running, plan);
    expect(open && flagText(open, names)).toContain(
      '被请求机关承担的期限因此由2026-10-09届满变为中止，有利于被请求机关，须由人核定',
    );
    expect(told(obstacle('2026-09-18'), plan, ended)).toMatchObject([
      { holder: organs.market, item: 'request', values: { side: '请求机关' } },
    ]);
    const [idle] = told(...running, provided('2026-09-18'), plan);
    expect(idle).not.toHaveProperty('holder');
  });

  it('XM-17-1: the limit stands still while it lasts, as the pack has it', () => {
    given(...running, activated('防台风应急预案'), ended)
      .flagged('XM-17-1', 'regimeApplies')
      .clock('provide', { due: '2026-10-13' }, instant('2026-09-30T00:00:00Z'));
    given(...running, activated('防台风应急预案')).clock('provide', { verdict: 'notApplicable', due: undefined });
  });
});

describe('产品提示', () => {
  const received = delivered('2026-09-18');
  const onTheDay = provided('2026-09-18');
  const at = <T extends object>(act: T, hour: string) => ({
    ...act,
    occurredAt: { at: instant(`2026-09-18T${hour}:00Z`) },
  });
  const decidedNot = (on: string) => happened('AssistanceRequestForgone', on, { reason: '自行办理' });
  flagging('KESU-1', 'outOfOrder')
    .when('help is dated before the delivery', ...running, provided('2026-09-17'))
    .when('a request is dated before the obstacle', obstacle('2026-09-18'), asked)
    .when('help is dated an hour before the delivery of that day', asked, at(received, '02:00'), at(onTheDay, '01:00'))
    .when('it was decided not to ask, after it had been asked', obstacle('2026-09-14'), asked, decidedNot('2026-09-18'))
    .butNot('everything can be true', obstacle('2026-09-16'), ...helped, fedBack('2026-09-29'))
    .butNot('the hours of the day can be true', asked, at(received, '01:00'), at(onTheDay, '02:00'))
    .butNot('only one hour of the day is known', asked, at(received, '02:00'), onTheDay)
    .butNot('it was decided not to ask before', obstacle('2026-09-14'), decidedNot('2026-09-16'), asked);
  it('KESU-1: a decision not to ask is recorded also after the request it came before', () => {
    const reason = '已自行取得';
    given(obstacle('2026-09-14'), asked)
      .when(commands.ForgoRequest, { occurredAt: { on: legalDate('2026-09-16') }, reason })
      .records('AssistanceRequestForgone', { reason });
  });
  const hour = <T extends object>(act: T, of: string) => ({
    ...act,
    occurredAt: { at: instant(`2026-09-30T${of}:00:00+08:00`) },
  });
  flagging('KESU-2', 'afterClosure')
    .when('a step is dated after the close', ...helped, closed('2026-09-30'), step('2026-10-08'))
    .when('it is dated later on that day', ...helped, hour(closed('2026-09-30'), '10'), hour(step('2026-09-30'), '11'))
    .butNot('it is dated before and recorded later', ...helped, closed('2026-09-30'), step('2026-09-30'))
    .butNot('it is earlier on that day', ...helped, hour(closed('2026-09-30'), '10'), hour(step('2026-09-30'), '09'))
    .butNot('only the hour of the close is known', ...helped, hour(closed('2026-09-30'), '10'), step('2026-09-30'));
});
