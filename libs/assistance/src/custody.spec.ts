import { custodyAt, instant, legalDate } from '#libs/kernel';
import {
  accepted,
  archivedBy,
  by,
  closed,
  delivered,
  entered,
  fedBack,
  happened,
  law,
  obstacle,
  organs,
  people,
  provided,
  requested,
  scene,
  step,
  unable,
  urgent,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import { custodyLine } from './custody.js';
import { turnText } from './custody-texts.js';
import type { AssistanceFact } from './facts/index.js';
import { assistance } from './system.js';

const { given } = specification(assistance, scene);
type Facts = readonly Happened<AssistanceFact>[];

const NAMES: Readonly<Record<string, string>> = { [organs.market]: 'market', [organs.ecology]: 'ecology' };
const PEOPLE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(people).map(([name, id]) => [id, name]),
);

const turnsOf = (facts: Facts, asOf = '2026-12-01T00:00:00Z') =>
  custodyAt(custodyLine(given(...facts).state, law), instant(asOf)).turns;
/** Each turn as `day task of whom clock`. */
const told = (...facts: Facts) =>
  turnsOf(facts).map(({ from, task, holders, clock = '', suspended, rule = '' }) =>
    [
      'on' in from ? from.on.slice(5) : from.at,
      task,
      holders.map(({ organ }) => NAMES[organ]).join('+'),
      clock + (suspended ? ' stands' : ''),
      rule,
    ]
      .join(' ')
      .replace(/ +/g, ' ')
      .trim(),
  );

const regime = (on: string) => happened('AssistanceEmergencyRegimeActivated', on, { activationDocument: '应急1号' });
const over = (on: string) => happened('AssistanceEmergencyRegimeEnded', on, {});
const asked = [requested('2026-09-17')] as const;
const received = [...asked, delivered('2026-09-18')] as const;

describe('责任链: whose turn it is', () => {
  it('passes from the obstacle to the request, to the help, its feedback, the close and the archives', () => {
    expect(
      told(
        obstacle('2026-09-10'),
        ...received,
        provided('2026-09-28'),
        fedBack('2026-09-30'),
        closed('2026-10-08'),
        archivedBy('2026-10-10', 'requesting'),
        archivedBy('2026-10-12', 'requested'),
      ),
    ).toEqual([
      '09-10 requesting market request XM-16-1',
      '09-17 delivering market',
      '09-18 providing ecology provide XM-16-4',
      '09-28 feedingBack ecology XM-14-2',
      '09-30 closing market',
      '10-08 archiving market+ecology XM-15-7',
      '10-10 archiving ecology XM-15-7',
      '10-12 nothing XM-15-7',
    ]);
  });

  it.each([
    [
      'help in parts: feedback of before the last part does not cover it',
      [...received, provided('2026-09-21'), fedBack('2026-09-22'), provided('2026-09-23'), fedBack('2026-09-24')],
      [
        '09-21 feedingBack ecology XM-14-2',
        '09-22 closing market',
        '09-23 feedingBack ecology XM-14-2',
        '09-24 closing market',
      ],
    ],
    [
      'a refusal: materials go back before the case is the asker’s to close',
      [
        requested('2026-09-17', { materials: [{ name: '样品', copies: 1 }] }),
        delivered('2026-09-18'),
        unable('2026-09-22'),
      ],
      ['09-18 providing ecology provide XM-16-4', '09-22 returning ecology XM-6-5'],
    ],
    ['a refusal without materials', [...received, unable('2026-09-22')], ['09-22 closing market']],
    [
      'a notice about the manner alone leaves the turn where it is',
      [...received, unable('2026-09-22', { kind: 'manner', cause: null })],
      ['09-18 providing ecology provide XM-16-4'],
    ],
    [
      'without a delivery the other organ’s own act shows the receipt, and no clock runs until there is one',
      [...asked, accepted('2026-09-19'), delivered('2026-09-21')],
      ['09-17 delivering market', '09-19 providing ecology', '09-21 providing ecology provide XM-16-4'],
    ],
    [
      'a delivery that is not counted turns nothing',
      [...asked, delivered('2026-09-18', { proof: null }), delivered('2026-09-21')],
      ['09-17 delivering market', '09-21 providing ecology provide XM-16-4'],
    ],
    ['no step turns anything', [...asked, step('2026-09-18')], ['09-17 delivering market']],
    [
      'a decision not to ask, where nothing binds to',
      [obstacle('2026-09-10'), happened('AssistanceRequestForgone', '2026-09-14', { reason: '已取得' })],
      ['09-10 requesting market', '09-14 closing market'],
    ],
    [
      'a decision not to ask, where article 10 binds: the limit runs on',
      [
        obstacle('2026-09-10', { grounds: [{ code: 'XM-10-1' }] }),
        happened('AssistanceRequestForgone', '2026-09-14', { reason: '已取得' }),
      ],
      ['09-10 requesting market request XM-16-1'],
    ],
    [
      'an obstacle of an unknown day has no clock',
      [obstacle('2026-09-10', { dateUnknown: true })],
      ['09-10 requesting market'],
    ],
  ] as const)('%s', (_name, facts, expected) => {
    const all = told(...facts);
    expect(all.slice(-expected.length)).toEqual(expected);
  });

  it('stands still on the days of an emergency regime, with its holder (XM-17-1)', () => {
    expect(
      told(...received, regime('2026-09-21'), over('2026-09-24'), regime('2026-09-28'), provided('2026-09-29')),
    ).toEqual([
      '09-17 delivering market',
      '09-18 providing ecology provide XM-16-4',
      '09-21 providing ecology provide stands XM-16-4',
      '09-24 providing ecology provide XM-16-4',
      '09-28 providing ecology provide stands XM-16-4',
      '09-29 feedingBack ecology XM-14-2',
    ]);
  });

  it('does not follow the order of recording, and nothing comes before the request', () => {
    expect(told(requested('2026-09-17'), provided('2026-09-15'), delivered('2026-09-18'))[0]).toBe(
      '09-17 feedingBack ecology XM-14-2',
    );
    expect(told(provided('2026-09-22'), delivered('2026-09-18'), ...asked)).toEqual(
      told(...received, provided('2026-09-22')),
    );
  });
});

describe('承办人: who is named for the organ whose turn it is', () => {
  const officers = (...facts: Facts) =>
    turnsOf(facts).map(({ holders }) =>
      holders.flatMap((holder) => holder.officers.map(({ person }) => PEOPLE[person])),
    );

  it('is who asked or called, took it up, worked on it; and nobody where no act says', () => {
    expect(officers(...received)).toEqual([[], []]);
    expect(officers(urgent('2026-09-17'), delivered('2026-09-17'))).toEqual([['asker'], ['handler']]);
    expect(
      officers(requested('2026-09-17', { by: by.asker }), delivered('2026-09-18'), accepted('2026-09-21')),
    ).toEqual([['asker'], ['handler']]);
    expect(officers(...received, step('2026-09-22'))).toEqual([[], ['handler']]);
  });

  it('is the first whom the side’s own register names', () => {
    expect(officers(...received, entered('2026-09-22', 'requested'), entered('2026-09-22', 'requesting'))).toEqual([
      [],
      ['handler'],
    ]);
  });

  it('is nobody who is named as of another organ, approves or signs', () => {
    const accepting = happened('AssistanceAccepted', '2026-09-21', { by: by.otherHead });
    const signing = fedBack('2026-09-29', { by: by.head });
    expect(officers(...received, accepting, provided('2026-09-28', { by: null }), signing).flat()).toEqual([]);
  });
});

describe('in a sentence', () => {
  const names = { organ: (id: string) => NAMES[id] ?? id, person: (id: string) => PEOPLE[id] ?? id };
  const says = (facts: Facts, asOf?: string) => turnsOf(facts, asOf).map((turn) => turnText(turn, names));

  it('says from when, how long, whose, who is named, for what, and on which limit', () => {
    expect(says([...received, accepted('2026-09-18'), provided('2026-09-28')], '2026-09-30T00:00:00Z')).toEqual([
      '2026-09-17至2026-09-18（1天）：由market（未见具名承办人）将请求送达被请求机关，没有天数期限。',
      '2026-09-18至2026-09-28（10天）：由ecology（科员handler）提供协助，或者告知不能提供，计入提供协助的期限（第十六条第二款）。',
      '2026-09-28起（至今2天）：由ecology（科员handler）书面反馈，没有天数期限（第十四条第一项至第四项）。',
    ]);
  });

  it('says that the limit stands still, and that nobody holds the case any more', () => {
    expect(says([...received, regime('2026-09-18')]).at(-1)).toMatch(/应急处置期间期限中止。$/);
    const done = [
      ...received,
      closed('2026-09-20'),
      archivedBy('2026-09-21', 'requesting'),
      archivedBy('2026-09-22', 'requested'),
    ];
    expect(says(done).at(-1)).toBe('2026-09-22起（至今70天）：本案已由各方归档，不再由任何机关承办。');
  });
});

it('a case that no law in hand governs still has turns, without clock and rule', () => {
  const { state } = given(...received, provided('2026-09-28'));
  const line = custodyLine(state, { ...law, editions: [] });
  expect(line.map(({ task, clock, rule }) => [task, clock, rule])).toEqual([
    ['delivering', undefined, undefined],
    ['providing', undefined, undefined],
    ['feedingBack', undefined, undefined],
  ]);
  expect(line[0]?.from).toEqual({ on: legalDate('2026-09-17') });
});
