import { legalDate } from '#libs/kernel';
import { type ClockCase } from '../../../testing/src/specification/clock-proofs.js';
import { DAY, lawClock, lawsInForce, PLACES, type Place } from '../../../testing/src/specification/five-laws.js';
import { editionFor, emptyLawBook, rule as ruleOf, RULES, shippedPacks, type LawBook } from '../index.js';

/*
 * 时限: every rule of the five texts that has a limit in days or by a day, as a clock of its pack: on time, late from the
 * first late instant, and where it cannot be judged. The kinds without a number are in kinds.spec.ts.
 */

/** One rule: its clock, a case of it, and the day that a calendar on the wall gives. */
interface Limited {
  readonly rule: string;
  readonly place: Place;
  readonly system: string;
  readonly clock: string;
  readonly of: ClockCase;
  readonly due: string;
  /** The first late instant, where it is not the end of the due day. */
  readonly lateFrom?: string;
  /** A case in which the rule has nothing to say. */
  readonly silent: ClockCase;
}

const on = (place: Place, system: string, name: string) => ({ place, system, clock: name });
const withoutDate: ClockCase = { started: '2026-03-20' };

const LIMITED: readonly Limited[] = [
  {
    rule: 'XM-16-1',
    ...on('XM', 'assistance', 'request'),
    of: { started: '2026-09-14' },
    due: '2026-09-28',
    silent: { notApplicable: 'noObstacle' },
  },
  {
    rule: 'XM-16-4',
    ...on('XM', 'assistance', 'provide'),
    of: { started: '2020-04-10' },
    due: '2020-04-24',
    silent: { started: '2020-04-10', holds: ['specialClass'] },
  },
  {
    rule: 'XM-16-5',
    ...on('XM', 'assistance', 'provide'),
    of: { started: '2020-04-10', holds: ['specialClass'] },
    due: '2020-05-11',
    silent: { started: '2020-04-10' },
  },
  {
    rule: 'XM-16-6',
    ...on('XM', 'assistance', 'provide'),
    of: { started: '2020-04-10', extensions: [undefined] },
    due: '2020-05-11',
    silent: { started: '2020-04-10' },
  },
  {
    rule: 'CQ-3.2-7',
    ...on('CQ', 'jointEnforcement', 'task'),
    of: { started: '2026-03-20', holds: ['taskDateSet'] },
    due: '2026-03-20',
    silent: withoutDate,
  },
  {
    rule: 'CQ-3.2-8',
    ...on('CQ', 'jointEnforcement', 'taskReport'),
    of: { started: '2026-03-20', holds: ['taskDateSet'] },
    due: '2026-03-27',
    silent: withoutDate,
  },
  {
    rule: 'CQ-3.2-14',
    ...on('CQ', 'jointEnforcement', 'leadTask'),
    of: { started: '2026-03-20', holds: ['leadTaskDateSet'] },
    due: '2026-03-20',
    silent: withoutDate,
  },
  {
    rule: 'CQ-4.1-4',
    ...on('CQ', 'informationSharing', 'query'),
    of: { started: '2026-02-12' },
    due: '2026-02-26',
    silent: { started: '2026-02-12', holds: ['especiallyUrgent'] },
  },
  {
    rule: 'CQ-4.2-2',
    ...on('CQ', 'jointEnforcement', 'meetingNotice'),
    of: { started: '2020-06-18' },
    due: '2020-06-11',
    silent: { notApplicable: 'meetingCancelled' },
  },
  {
    rule: 'CQ-4.2-3',
    ...on('CQ', 'jointEnforcement', 'meetingSlip'),
    of: { started: '2020-06-18' },
    due: '2020-06-16',
    silent: { notApplicable: 'meetingCancelled' },
  },
  {
    rule: 'CQ-4.2-5',
    ...on('CQ', 'jointEnforcement', 'minutesCopied'),
    of: { started: '2026-03-20' },
    due: '2026-03-20',
    silent: { notApplicable: 'notIssued' },
  },
  {
    rule: 'CQ-4.2-6',
    ...on('CQ', 'transfers', 'transfer'),
    of: { started: '2026-04-30' },
    due: '2026-05-07',
    silent: { notApplicable: 'criminal' },
  },
  {
    rule: 'CQ-4.2-24',
    ...on('CQ', 'jointEnforcement', 'minutesTask'),
    of: { started: '2026-03-20', holds: ['minutesTaskDateSet'] },
    due: '2026-03-20',
    silent: withoutDate,
  },
  {
    rule: 'PW-9-5-0-1',
    ...on('PW', 'catalogue', 'declare'),
    of: { started: '2026-06-01', holds: ['normChangedByCityAgency'] },
    due: '2026-05-31',
    silent: { started: '2026-06-01' },
  },
  {
    rule: 'PW-9-5-0-2',
    ...on('PW', 'catalogue', 'review'),
    of: { started: '2026-09-14' },
    due: '2026-09-28',
    silent: { notApplicable: 'withdrawn' },
  },
  {
    rule: 'PW-10-2-2-2',
    ...on('PW', 'onlineRunning', 'entry'),
    of: { started: '2026-03-20', holds: ['penaltyEnforcedOnSite'] },
    due: '2026-03-23',
    silent: { started: '2026-03-20' },
  },
  {
    rule: 'PW-10-2-2-4',
    ...on('PW', 'onlineRunning', 'report'),
    of: { started: '2026-03-20' },
    due: '2026-03-25',
    silent: { notApplicable: 'noData' },
  },
  {
    rule: 'PW-10-2-6-1',
    ...on('PW', 'complaints', 'consultation'),
    of: { started: '2026-03-20', holds: ['consultation'] },
    due: '2026-03-25',
    silent: { started: '2026-03-20', holds: ['complaint'] },
  },
  {
    rule: 'PW-10-2-6-3',
    ...on('PW', 'complaints', 'complaint'),
    of: { started: '2026-09-14', holds: ['complaint'] },
    due: '2026-09-28',
    silent: { started: '2026-09-14', holds: ['consultation'] },
  },
];

describe.each(LIMITED)('$rule', ({ rule, place, system, clock: name, of, due, silent }) => {
  const proven = lawClock(place, system, name);
  const lastInstant = `${due}T23:59:59.999999+08:00`;
  const firstLate = `${legalDate(due)}T16:00:00Z`;
  const dayAfter = new Date(Date.parse(`${due}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

  it('runs to the last instant of its due day, and is late from the first instant after', () => {
    proven
      .judged(rule, of, lastInstant, { verdict: 'running', due, provisional: false })
      .judged(rule, of, firstLate, { verdict: 'late', due, daysLate: 1 });
  });

  it('is on time on its due day, and late the day after', () => {
    proven
      .judged(rule, { ...of, stopped: due }, '2026-12-31T00:00:00Z', { verdict: 'onTime' })
      .judged(rule, { ...of, stopped: dayAfter }, '2026-12-31T00:00:00Z', { verdict: 'late', daysLate: 1 });
  });

  it('cannot be judged where nothing tells from when, or towards what', () => {
    const { started: _none, extensions: _granted, ...undated } = of;
    const limited = rule === 'XM-16-6' ? 'XM-16-4' : rule;
    proven.judged(limited, undated, lastInstant, { verdict: 'cannotJudge' });
    proven.judged(limited, { ...undated, stopped: due }, lastInstant, { verdict: 'cannotJudge' });
  });

  it('is silent where it does not apply', () => {
    proven.silent(rule, silent);
  });

  it('explains itself, by its article and with its last day', () => {
    const { article = '', instrument = '' } = ruleOf(rule) ?? {};
    proven
      .explains(rule, of, `依据：${instrument.replace(/^[^（]+/, '《$&》')}${article}〔${rule}〕。`, `届满 ${due}`)
      .explains(rule, { ...of, stopped: dayAfter }, `${dayAfter}办理，晚1天`);
  });
});

describe('every limit of the catalogue', () => {
  it('is a clock of its pack, in the same number and unit', () => {
    const inPacks = shippedPacks().flatMap(({ pack }) =>
      Object.values(pack.systems).flatMap(({ clocks }) =>
        clocks.flatMap(({ limits, extension }) => [...limits, ...(extension ? [extension] : [])]),
      ),
    );
    const limited = RULES.filter(({ deadline }) => deadline !== undefined).map(({ id }) => id);
    expect(limited).toHaveLength(27);
    expect([...limited].sort()).toEqual([...SHOWN].sort());
    expect(limited.filter((id) => !inPacks.some(({ rule }) => rule === id))).toEqual([]);
    for (const { rule, unit, ...limit } of inPacks) {
      const { deadline } = ruleOf(rule) ?? {};
      if (!deadline) expect(['promptly', 'taskDate']).toContain(unit);
      else
        expect([rule, unit, 'days' in limit && limit.days, 'least' in limit && limit.least]).toEqual([
          rule,
          deadline.unit,
          deadline.days ?? false,
          deadline.least ?? false,
        ]);
    }
  });

  it('binds nobody where its text is not in force', () => {
    const shipped: LawBook = { ...emptyLawBook, editions: shippedPacks() };
    for (const region of ['990100', '980100', '520200'])
      for (const system of ['guidance', 'catalogue', 'complaints'])
        expect(editionFor(shipped, region, DAY, system)).toBeUndefined();
    expect(editionFor(lawsInForce(), PLACES.GZ, legalDate('2024-01-31'), 'guidance')).toBeUndefined();
    expect(editionFor(lawsInForce(), PLACES.GZ, DAY, 'guidance')?.pack.pack).toBe('GZ');
  });

  it('is that of its own place: no pack reaches a case of another', () => {
    for (const [code, region] of [...Object.entries(PLACES), ['QZ', '330800']] as const)
      expect([code, editionFor(lawsInForce(), region, DAY)?.pack.pack]).toEqual([code, code]);
    expect(editionFor(lawsInForce(), PLACES.CQ, DAY, 'assistance')).toBeUndefined();
  });
});

/** The rules shown above and, those without a number of days, in kinds.spec.ts. */
const SHOWN = [
  ...LIMITED.map(({ rule }) => rule),
  ...'XM-16-2 CQ-3.3-10 CQ-4.1-5 CQ-4.2-13 CQ-4.2-15 GZ-2-1-2-2'.split(' '),
  ...['CQ-3.3-11', 'GZ-2-5-0-2'],
];
