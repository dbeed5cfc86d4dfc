import { candidatesIn, legalDate, type By, type Occurrence } from '#libs/kernel';
import {
  by,
  closed,
  delivered,
  happened,
  obstacle,
  organs,
  provided,
  requested,
  scene,
  unable,
  urgent,
} from '../../../testing/src/specification/assistance-cases.js';
import { ruleTests, specification, type Happened } from '../../../testing/src/specification/index.js';
import * as commands from '../commands/index.js';
import type { AssistanceFact } from '../facts/index.js';
import { assistance } from '../system.js';

/** 第二、六、七、九至十一条: who may ask whom, for what, and how. */
type Fact = Happened<AssistanceFact>;
const { given } = specification(assistance, scene);
const { flagging, owing } = ruleTests<AssistanceFact>(given);

const ON = '2026-09-17';
const asked = requested(ON);
const running = [asked, delivered('2026-09-18')] as const;
const ground = (code: string, ...names: readonly string[]) => ({
  code,
  particulars: names.map((name) => ({ name, text: '已说明' })),
});
/** The ground of every request here that is about something else. */
const USUAL = ground('XM-9-2', 'neededMaterials', 'whyNotHeld', 'holder');
const another = (code: string) => (code === USUAL.code ? ground('XM-9-3', 'economy') : USUAL);
const onGround = (...grounds: readonly commands.GroundPart[]): Fact => requested(ON, { grounds });

describe('主体 (第二条)', () => {
  flagging('XM-2-1', 'subordinate')
    .when('the asking organ leads the asked one', requested(ON, { requesting: organs.government }))
    .when(
      'the asked organ leads the asking one',
      requested(ON, { requesting: organs.ecologyBranch, requested: organs.ecology }),
    )
    .butNot('both answer to the same government', asked);

  flagging('XM-2-2', 'requestedKind')
    .when('an entrusted organisation is asked', requested(ON, { requested: organs.entrusted }))
    .butNot('an entrusted organisation asks', requested(ON, { requesting: organs.entrusted }))
    .butNot('a central unit is asked, by reference', requested(ON, { requested: organs.centralUnit }))
    .butNot('it was no such organisation yet on that day', requested(ON, { requested: organs.reformed }));
  flagging('XM-2-2', 'partyNotThere')
    .when('an organ is asked that was abolished before', requested(ON, { requested: organs.abolished }))
    .when('an organ asks that was', requested(ON, { requesting: organs.abolished }))
    .butNot('it was there on that day', requested('2026-07-31', { requested: organs.abolished }));
  it('XM-2-2: is held against whoever asked, also where the organ asked was not there', () => {
    const { flags } = given(requested(ON, { requested: organs.abolished })).schedule;
    expect(flags.map(({ code, holder }) => [code, holder])).toEqual([['partyNotThere', organs.market]]);
  });
  it('XM-28-1: the law of the place the organ was in on that day governs, also once it moved or is gone', () => {
    expect(given(requested(ON, { requested: organs.abolished })).schedule.clocks).not.toEqual([]);
    expect(given(requested(ON, { requested: organs.reformed })).schedule.flags).toEqual([]);
  });
});

describe('请求 (第六条)', () => {
  flagging('XM-6-1', 'noLegalBasis')
    .when('the request names no legal basis', requested(ON, { legalBasis: null }))
    .butNot('basis and functions are named', asked);
  flagging('XM-6-1', 'noFunctionMatch')
    .when('nothing says why this organ is the one to ask', requested(ON, { functionMatch: null }))
    .butNot('an item of the catalogue says it', requested(ON, { functionMatch: null, catalogueItem: 'A-1' }));
  flagging('XM-6-2', 'noDuration')
    .when('the request does not say for how long', requested(ON, { duration: null }))
    .butNot('it says that it is phased', requested(ON, { duration: 'phased' }));
  flagging('XM-6-3', 'noGround')
    .when('the request states no ground', onGround())
    .butNot('it states any one ground', onGround(ground('XM-11-4')));

  const wished = requested(ON, { requestedDueOn: legalDate('2026-09-25') });
  flagging('XM-6-6', 'afterRequestedDay')
    .when('help came after the day asked for', wished, delivered('2026-09-18'), provided('2026-09-28'))
    .butNot('it came on that day', wished, delivered('2026-09-18'), provided('2026-09-25'))
    .butNot('no day was asked for', ...running, provided('2026-09-28'));

  it('XM-6-6: the day asked for is no limit of 第十六条', () => {
    given(wished, delivered('2026-09-18'), provided('2026-09-28'))
      .clock('provide', { rule: 'XM-16-4', due: '2026-10-09', verdict: 'onTime' })
      .flagged('XM-6-6', 'afterRequestedDay');
  });
});

describe('形式 (第七条)', () => {
  flagging('XM-7-1', 'notWritten')
    .when('the form is said to be agreed', requested(ON, { form: 'agreed' }))
    .butNot('it was written and numbered', asked)
    .butNot('it was urgent', urgent(ON));
  flagging('XM-7-1', 'noDocumentNumber')
    .when('the writing has no number', requested(ON, { documentNumber: null }))
    .butNot('it has one', asked);

  const emergency = {
    grounds: [{ code: 'publicSafety' }],
    channel: 'phone',
    caller: by.asker,
    receiver: by.handler,
  };
  const { receiver: _receiver, ...unheard } = emergency;
  flagging('XM-7-2', 'emergencyIncomplete')
    .when('nobody is said to have taken the call', urgent(ON, { emergency: unheard }))
    .when('no emergency is stated', urgent(ON, { emergency: { ...emergency, grounds: [] } }))
    .butNot('emergency, caller and receiver are on record', urgent(ON))
    .butNot('the request was not urgent', asked);
  const heardBy = (receiver: By) => urgent(ON, { emergency: { ...emergency, receiver } });
  flagging('XM-7-2', 'receiverNotOfOrgan')
    .when('somebody of another organ took the call', heardBy(by.otherHead))
    .when('somebody took it who held no post there', heardBy({ ...by.asker, organ: organs.ecology }))
    .butNot('somebody of the organ that was asked took it', urgent(ON));
  flagging('XM-7-2', 'receiverIsCaller')
    .when('the caller took the call', heardBy(by.asker))
    .butNot('somebody else did', urgent(ON));
  flagging('XM-7-2', 'openEmergency')
    .when('another emergency is stated', urgent(ON, { emergency: { ...emergency, grounds: [{ code: 'other' }] } }))
    .when('it came by another channel', urgent(ON, { emergency: { ...emergency, channel: 'other' } }))
    .butNot('both are listed in the text', urgent(ON));

  it('XM-7-2: an oral form without the emergency it rests on is refused', () => {
    given()
      .when(commands.RequestAssistance, asking({ form: 'emergency' }))
      .refuses('EMERGENCY_REQUIRED', '/emergency', 'XM-7-2');
  });
  it('XM-7-2: an urgent request by telephone is recorded as one', () => {
    given()
      .when(commands.RequestAssistance, asking({ form: 'emergency', emergency: { ...emergency, grounds: [] } }))
      .cites('XM-7-2');
  });

  const madeUp = happened('AssistanceFormalitiesMadeUp', '2026-09-21', { documentNumber: '厦市监函〔2026〕90号' });
  owing('XM-7-3', 'formalities')
    .when('an urgent request has no formalities yet', urgent(ON))
    .butNot('they were made up', urgent(ON), madeUp)
    .butNot('the request was written', asked);
  flagging('XM-7-3', 'closedWithoutFormalities')
    .when('the case was closed without them', urgent(ON), closed('2026-09-30'))
    .butNot('they were made up before', urgent(ON), madeUp, closed('2026-09-30'));
});

const asking = (over: Partial<commands.RequestAssistance>): Partial<commands.RequestAssistance> => ({
  occurredAt: { on: legalDate(ON) } satisfies Occurrence,
  requested: organs.ecology,
  matter: '请协助核查',
  form: 'written',
  ...over,
});

describe('请求情形 (第九至十一条)', () => {
  const asks: readonly (readonly [code: string, ...particulars: string[]])[] = [
    ['XM-9-1', 'provision', 'whyNotAlone'],
    ['XM-9-2', 'neededMaterials', 'whyNotHeld', 'holder'],
    ['XM-9-3', 'economy'],
    ['XM-9-4', 'measure', 'authorisation'],
    ['XM-9-5', 'opinionSubject'],
    ['XM-10-1', 'interest', 'harm'],
    ['XM-10-2', 'urgency'],
  ];
  for (const [code, ...names] of asks)
    flagging(code, 'groundUnexplained')
      .when('it is stated without what it asks to be told', onGround(ground(code)))
      .when('one thing it asks is left out', onGround(ground(code, ...names.slice(1))))
      .butNot('it is explained', onGround(ground(code, ...names)))
      .butNot('another ground is stated', onGround(another(code)));

  for (const code of ['XM-9-6', 'XM-10-3', 'XM-11-5'])
    flagging(code, 'openGround')
      .when('its open clause is used', onGround({ code, note: '另有原因' }))
      .butNot('a listed ground is', asked);

  it('XM-9-6, a lawful ground, is shown and no anomaly of the organ that asks', () => {
    const { flags } = given(onGround({ code: 'XM-9-6', note: '另有原因' })).schedule;
    expect(flags.map(({ code }) => code)).toContain('openGround');
    expect(candidatesIn({ flags }).map(({ code }) => code)).not.toContain('openGround');
  });

  for (const code of ['XM-10-1', 'XM-10-2', 'XM-10-3'])
    flagging(code, 'mandatoryForgone')
      .when(
        'it was decided not to ask all the same',
        obstacle('2026-09-14', { grounds: [{ code }] }),
        happened('AssistanceRequestForgone', '2026-09-16', { reason: '自行办理' }),
      )
      .butNot(
        'help was asked for after all',
        obstacle('2026-09-14', { grounds: [{ code }] }),
        happened('AssistanceRequestForgone', '2026-09-16', { reason: '自行办理' }),
        asked,
      );

  const grounds = [9, 10, 11].flatMap((article) =>
    [1, 2, 3, 4, 5, 6].map((item) => `XM-${article}-${item}`).slice(0, { 9: 6, 10: 3, 11: 5 }[article]),
  );
  it.each(grounds)('%s is a ground a request may rest on', (code) => {
    given()
      .when(commands.RequestAssistance, asking({ grounds: [{ code, note: '说明' }] }))
      .records('AssistanceRequested')
      .cites(code);
  });
  it.each(grounds)('%s is silent on a request that rests on another', (code) => {
    given()
      .when(commands.RequestAssistance, asking({ grounds: [another(code)] }))
      .silent(code);
  });
  it.each(['XM-9-6', 'XM-10-3', 'XM-11-5'])('%s asks to say what is meant', (code) => {
    given()
      .when(commands.RequestAssistance, asking({ grounds: [{ code }] }))
      .refuses('NOTE_REQUIRED', '/grounds/0/note', code);
  });
});

describe('产品提示', () => {
  const pressing = onGround(ground('XM-10-2', 'urgency'));
  flagging('KESU-3', 'pressingRefused')
    .when('a pressing request is refused', pressing, delivered('2026-09-18'), unable('2026-09-21'))
    .butNot('an ordinary one is', ...running, unable('2026-09-21'))
    .butNot('help was given', pressing, delivered('2026-09-18'), provided('2026-09-21'));
});
