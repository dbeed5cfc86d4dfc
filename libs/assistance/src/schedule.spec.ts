import fc from 'fast-check';
import {
  addDays,
  canonicalJson,
  derivedId,
  endOfDay,
  fold,
  instant,
  legalDate,
  movedBy,
  startOfDay,
  type Instant,
  type Recorded,
} from '#libs/kernel';
import { rule as catalogued, type PackEdition } from '#libs/law';
import {
  accepted,
  by,
  closed,
  delivered,
  EXTENSION,
  extended,
  fedBack,
  filed,
  law,
  organs,
  provided,
  requested,
  scene,
  step,
} from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, specification, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { assess, schedule } from './schedule.js';
import { assistance } from './system.js';

type Story = readonly Happened<AssistanceFact>[];
const { given } = specification(assistance, scene);
const clockOf = (...facts: Story) => given(...facts).schedule.clocks[0];
const verdictAt = (asOf: Instant, ...facts: Story) => given(...facts).at(asOf).clocks[0];

describe('提供协助期限 over National Day 2026', () => {
  // 25–27 September and 1–7 October are holidays; Sunday 20 September and Saturday 10 October are worked.
  it.each([
    ['2026-09-14', 'ordinary', '2026-09-28', 'XM-16-4'],
    ['2026-09-16', 'ordinary', '2026-09-30', 'XM-16-4'],
    ['2026-09-18', 'ordinary', '2026-10-09', 'XM-16-4'],
    ['2026-09-21', 'ordinary', '2026-10-12', 'XM-16-4'],
    ['2026-09-30', 'ordinary', '2026-10-20', 'XM-16-4'],
    ['2026-10-04', 'ordinary', '2026-10-20', 'XM-16-4'],
    ['2026-09-18', 'execution', '2026-10-22', 'XM-16-5'],
    ['2026-09-18', 'investigation', '2026-10-22', 'XM-16-5'],
    ['2026-09-30', 'opinion', '2026-11-03', 'XM-16-5'],
  ])('delivered %s, %s: due %s by %s', (on, matterClass, due, rule) =>
    expect(clockOf(requested('2026-09-14', { matterClasses: [matterClass] }), delivered(on))).toMatchObject({
      rule,
      due,
      from: { on },
      holder: organs.ecology,
      lateFrom: endOfDay(legalDate(due)),
    }),
  );

  it.each([
    ['2020-04-10', 'ordinary', '2020-04-24', '2020-05-11'],
    ['2020-04-10', 'opinion', '2020-05-11', '2020-05-25'],
    ['2026-09-18', 'ordinary', '2026-10-09', '2026-10-22'],
    ['2026-09-30', 'ordinary', '2026-10-20', '2026-11-03'],
    ['2026-09-18', 'opinion', '2026-10-22', '2026-11-05'],
  ])('delivered %s, %s: an extension (XM-16-6) moves %s to %s', (on, matterClass, base, moved) => {
    const facts: Story = [requested('2020-04-10', { matterClasses: [matterClass] }), delivered(on)];
    expect(clockOf(...facts)?.due).toBe(base);
    expect(clockOf(...facts, extended(on))).toMatchObject({ due: moved, rule: 'XM-16-6', extendedBy: EXTENSION });
  });

  it('takes the longer limit when one class of a mixed request is special, and the shorter when none is stated', () => {
    const mixed = requested('2026-09-17', { matterClasses: ['ordinary', 'opinion'] });
    expect(clockOf(mixed, delivered('2026-09-18'))?.rule).toBe('XM-16-5');
    expect(clockOf(requested('2026-09-17', { matterClasses: [] }), delivered('2026-09-18'))?.rule).toBe('XM-16-4');
  });

  it('starts at delivery, whatever was accepted or wished for, and whenever it was recorded', () => {
    const wished = requested('2026-09-17', { requestedDueOn: legalDate('2026-09-21') });
    expect(clockOf(wished, accepted('2026-09-28'), delivered('2026-09-18'))?.due).toBe('2026-10-09');
  });

  it('cannot be judged without a delivery, and is never on time then', () => {
    const judged = verdictAt(instant('2027-01-01T00:00:00Z'), requested('2026-09-17'), provided('2026-09-18'));
    expect(judged).toMatchObject({ verdict: 'cannotJudge' });
    expect(judged?.due).toBeUndefined();
  });

  it('takes the proven delivery before an earlier unproven one, and the earliest where none is proven', () => {
    const unproven = (on: string) => delivered(on, { proof: null });
    expect(clockOf(requested('2026-09-14'), unproven('2026-09-16'), delivered('2026-09-18'))?.from?.on).toBe(
      '2026-09-18',
    );
    expect(clockOf(requested('2026-09-14'), unproven('2026-09-18'), unproven('2026-09-16'))?.from?.on).toBe(
      '2026-09-16',
    );
  });

  it('is on time through the whole due day, and late from its end (XM-16-4)', () => {
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18')];
    const end = endOfDay(legalDate('2026-10-09'));
    expect(verdictAt(instant('2026-10-09T15:59:59.999999Z'), ...facts)?.verdict).toBe('running');
    expect(verdictAt(end, ...facts)).toMatchObject({ verdict: 'late', rule: 'XM-16-4', daysLate: 1 });
    expect(verdictAt(end, ...facts, provided('2026-10-09'))?.verdict).toBe('onTime');
    expect(verdictAt(instant('2026-10-12T00:00:00+08:00'), ...facts, provided('2026-10-12'))).toMatchObject({
      verdict: 'late',
      daysLate: 3,
    });
  });

  it('is judged as of an instant by the acts that had taken place by then: no later one started or stopped it', () => {
    const at = (moment: string) => ({ occurredAt: { at: instant(moment) } });
    const helped = { ...provided('2026-10-12'), ...at('2026-10-12T15:00:00+08:00') };
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18'), helped];
    const told = (asOf: string) => {
      const { verdict, from, stopped, stoppedBy, daysLate } = verdictAt(instant(asOf), ...facts) ?? {};
      return [verdict, from?.on, stopped?.on, stoppedBy, daysLate].filter((cell) => cell !== undefined);
    };
    expect(told('2026-09-17T23:59:59+08:00')).toEqual(['cannotJudge']);
    expect(told('2026-09-18T00:00:00+08:00')).toEqual(['running', '2026-09-18']);
    expect(told('2026-10-12T14:59:59+08:00')).toEqual(['late', '2026-09-18', 3]);
    expect(told('2026-10-12T15:00:00+08:00')).toEqual(['late', '2026-09-18', '2026-10-12', 'provided', 3]);
  });

  it('owes as of an instant what had begun and not yet ended, whichever act ended it first', () => {
    const owed = (day: string) =>
      given(requested('2026-09-17'), delivered('2026-09-18'), provided('2026-09-21'), accepted('2026-09-23'))
        .at(startOfDay(legalDate(day)))
        .duties.map(({ code }) => code);
    expect(
      ['2026-09-17', '2026-09-18', '2026-09-20', '2026-09-21'].map((day) => owed(day).includes('takingUp')),
    ).toEqual([false, true, true, false]);
  });

  it('takes an act of which only the day is known for the first of its day, as the verdict does', () => {
    const helped = { ...provided('2026-09-21'), occurredAt: { at: instant('2026-09-21T15:00:00+08:00') } };
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18'), helped, accepted('2026-09-21')];
    expect(
      given(...facts)
        .at(instant('2026-09-21T09:00:00+08:00'))
        .duties.map(({ code }) => code),
    ).not.toContain('takingUp');
  });

  it('names XM-16-6 when the extended limit was missed', () =>
    expect(
      verdictAt(
        startOfDay(legalDate('2026-12-01')),
        requested('2026-09-17'),
        delivered('2026-09-18'),
        extended('2026-09-28'),
        provided('2026-10-23'),
      ),
    ).toMatchObject({ verdict: 'late', rule: 'XM-16-6', due: '2026-10-22', daysLate: 1 }));

  it('does not stop at feedback', () =>
    expect(clockOf(requested('2026-09-17'), delivered('2026-09-18'), fedBack('2026-09-21'))?.stopped).toBeUndefined());
});

describe('延长 (XM-16-6)', () => {
  const base: Story = [requested('2026-09-17'), delivered('2026-09-18')];
  const SECOND = derivedId(['the second extension']);

  it.each<[string, Story, readonly string[], string]>([
    ['by the chief, on the last day', [extended('2026-10-09')], [], '2026-10-22'],
    ['by a deputy in charge', [extended('2026-09-28', { by: by.deputy })], [], '2026-10-22'],
    ['of fewer days than allowed', [extended('2026-09-28', { days: 3 })], [], '2026-10-13'],
    ['of more days than allowed', [extended('2026-09-28', { days: 15 })], ['extensionTooLong'], '2026-10-22'],
    ['one day late', [extended('2026-10-10')], ['extensionLate'], '2026-10-09'],
    ['before delivery', [extended('2026-09-17')], ['extensionBeforeStart'], '2026-10-22'],
    [
      'before delivery by a handler',
      [extended('2026-09-17', { by: by.handler })],
      ['extensionNotEntitled'],
      '2026-10-09',
    ],
    [
      'before delivery and once more after it',
      [extended('2026-09-17'), extended('2026-09-28', {}, SECOND)],
      ['extensionBeforeStart', 'extensionRepeated'],
      '2026-10-22',
    ],
    ['by a handler', [extended('2026-09-28', { by: by.handler })], ['extensionNotEntitled'], '2026-10-09'],
    ['by a head who had left', [extended('2026-09-28', { by: by.formerHead })], ['extensionNotEntitled'], '2026-10-09'],
    [
      'by the other organ’s head',
      [extended('2026-09-28', { by: by.otherHead })],
      ['extensionNotEntitled'],
      '2026-10-09',
    ],
    [
      'late and not entitled',
      [extended('2026-10-10', { by: by.handler })],
      ['extensionNotEntitled', 'extensionLate'],
      '2026-10-09',
    ],
    [
      'a second time, within the extended limit',
      [extended('2026-09-28'), extended('2026-10-12', {}, SECOND)],
      ['extensionRepeated'],
      '2026-10-22',
    ],
    [
      'rightly, after an approval that had no effect',
      [extended('2026-09-22', { by: by.handler }), extended('2026-09-28', {}, SECOND)],
      ['extensionNotEntitled'],
      '2026-10-22',
    ],
    ['after help was given', [provided('2026-09-24'), extended('2026-09-28')], ['extensionAfterStop'], '2026-10-09'],
  ])('approved %s', (_name, further, codes, due) => {
    const { flags, clocks } = given(...base, ...further).schedule;
    expect(flags.map(({ rule, code }) => [rule, code])).toEqual(codes.map((code) => ['XM-16-6', code]));
    expect(clocks[0]?.due).toBe(due);
  });

  it('is no extension where the pack knows none', () => {
    const strict = law.editions.map(({ pack, digest }): PackEdition => {
      const own = pack.systems['assistance']!;
      const clocks = own.clocks.map(({ extension: _extension, ...clock }) => clock);
      return { digest, pack: { ...pack, systems: { assistance: { ...own, clocks } } } };
    });
    const { state } = given(...base, extended('2026-09-28'));
    const { clocks, flags } = schedule(state, { ...law, editions: strict });
    expect(clocks[0]?.due).toBe('2026-10-09');
    expect(flags).toMatchObject([{ rule: 'XM-16-4', code: 'extensionUnknownToLaw', about: [EXTENSION] }]);
  });
});

describe('duties without a number of days: only their age is told', () => {
  const dutiesAt = (day: string, ...facts: Story) =>
    given(...facts)
      .at(startOfDay(legalDate(day)))
      .duties.filter(({ code }) => code !== 'registration')
      .map(({ rule, code, ageDays }) => [rule, code, ageDays]);

  it('待受理 (XM-16-3) from delivery until acceptance or help', () => {
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18')];
    expect(dutiesAt('2026-09-28', ...facts)).toEqual([['XM-16-3', 'takingUp', 10]]);
    expect(dutiesAt('2026-09-28', ...facts, accepted('2026-09-21'))).toEqual([]);
    expect(dutiesAt('2026-09-28', requested('2026-09-17'))).toEqual([]);
  });

  it('待书面反馈 (XM-14-2) from help until feedback that covers it', () => {
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18'), provided('2026-09-28')];
    expect(dutiesAt('2026-09-30', ...facts)).toEqual([['XM-14-2', 'writtenFeedback', 2]]);
    expect(dutiesAt('2026-09-30', ...facts, fedBack('2026-09-24'))).toEqual([['XM-14-2', 'writtenFeedback', 2]]);
    expect(dutiesAt('2026-09-30', ...facts, fedBack('2026-09-28'))).toEqual([]);
  });

  it('待备案 (XM-16-7) from what a 负责人 approved until it is filed, whether or not it moved the due day, and for no other', () => {
    const facts: Story = [requested('2026-09-17'), delivered('2026-09-18'), accepted('2026-09-18')];
    expect(dutiesAt('2026-10-08', ...facts, extended('2026-09-28'))).toEqual([['XM-16-7', 'extensionFiling', 10]]);
    expect(dutiesAt('2026-10-08', ...facts, extended('2026-09-28'), filed('2026-09-29'))).toEqual([]);
    expect(dutiesAt('2026-10-20', ...facts, extended('2026-10-10'))).toEqual([['XM-16-7', 'extensionFiling', 10]]);
    expect(dutiesAt('2026-10-08', ...facts, extended('2026-09-28', { by: by.handler }))).toEqual([]);
  });
});

describe('as of an instant', () => {
  it('is folded from facts with approved corrections applied', () => {
    const history = given(requested('2026-09-17'), delivered('2026-09-18'));
    const [first, second] = history.facts as readonly [Recorded<AssistanceFact>, Recorded<AssistanceFact>];
    const correction = (type: string, at: number, data: object): Recorded => ({
      ...first,
      id: derivedId(['correction', at]),
      type,
      revision: at,
      data,
    });
    const asked = correction('CorrectionRequested', 2, {
      corrects: second.id,
      pointer: '/occurredAt',
      before: { on: '2026-09-18' },
      after: { on: '2026-09-21' },
      reason: '收文章日期登错',
    });
    const granted = correction('FactCorrected', 3, { request: asked.id });
    const dueAfter = (...more: Recorded[]) =>
      assess([...history.facts, ...more] as never, law, instant('2026-09-30T00:00:00Z')).clocks[0]?.due;
    expect(dueAfter(asked)).toBe('2026-10-09');
    expect(dueAfter(asked, granted)).toBe('2026-10-12');
  });

  it('is judged under the law of the requested organ’s place, wherever the request comes from', () => {
    const across = requested('2026-09-17', { requesting: organs.elsewhere });
    expect(clockOf(across, delivered('2026-09-18'))?.due).toBe('2026-10-09');
    const outward = requested('2026-09-17', { requested: organs.elsewhere });
    expect(clockOf(outward, delivered('2026-09-18'))).toBeUndefined();
  });

  it('judges nothing where no law in hand governs the case', () => {
    const { state } = given(requested('2020-04-01'), delivered('2020-04-02'), provided('2020-06-01'));
    expect(schedule(state, law)).toEqual({ clocks: [], flags: [], duties: [] });
  });
});

it('implements every rule the Xiamen pack names, and the catalogue has each', () => {
  const { clocks, checks } = law.editions[0]!.pack.systems['assistance']!;
  const rules = [
    ...clocks.flatMap(({ limits, extension }) => [
      ...limits.map(({ rule }) => rule),
      ...(extension ? [extension.rule] : []),
    ]),
    ...checks.map(({ rule }) => rule),
  ];
  expect([...new Set(rules)].toSorted()).toEqual(
    [
      'XM-10-3',
      'XM-12-1',
      'XM-13-1',
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((item) => `XM-15-${item}`),
      'XM-16-1',
      'XM-16-4',
      'XM-16-5',
      'XM-16-6',
      'XM-17-1',
      'XM-6-2',
      'XM-6-4',
      'XM-6-5',
      'XM-6-6',
      'XM-7-2',
      'XM-7-3',
      'XM-2-1',
      'XM-2-2',
      'XM-6-1',
      'XM-6-3',
      'XM-7-1',
      'XM-14-1',
      'XM-14-2',
      'XM-16-2',
      'XM-16-3',
      'XM-16-7',
      'KESU-1',
      'KESU-2',
      'KESU-3',
      'XM-22-2',
    ].toSorted(),
  );
  expect(rules.filter((id) => catalogued(id) === undefined)).toEqual([]);
});

describe('any history', () => {
  const START = legalDate('2026-09-01');
  const day = fc.integer({ min: 0, max: 80 }).map((days) => addDays(START, days) as string);
  const act = fc.oneof(
    day.map((on) => requested(on)),
    fc.tuple(day, fc.boolean()).map(([on, proven]) => delivered(on, proven ? {} : { proof: null })),
    day.map(accepted),
    day.map(step),
    fc.tuple(day, fc.constantFrom(by.head, by.handler)).map(([on, who]) => extended(on, { by: who })),
    day.map((on) => filed(on)),
    day.map((on) => provided(on)),
    day.map((on) => fedBack(on)),
    day.map((on) => closed(on)),
  );

  it('folds and is judged without an exception, whatever the order', () =>
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (facts) => {
        const { clocks } = given(...(facts as Story)).at(scene.now);
        expect(clocks.length).toBe(facts.some(({ type }) => type === 'AssistanceRequested') ? 2 : 0);
      }),
      { numRuns: 300 },
    ));

  it('is judged the same in whatever order acts of different days were recorded', () => {
    const idsByDay = (facts: Story): Story =>
      facts.map((fact) => ({ ...fact, id: fact.id ?? derivedId([fact.type, canonicalJson(fact.occurredAt)]) }));
    const differentDays = fc
      .uniqueArray(act, { maxLength: 10, selector: ({ occurredAt }) => canonicalJson(occurredAt) })
      .filter((facts) => facts.filter(({ type }) => type === 'AssistanceRequested').length === 1)
      .filter((facts) => facts.filter(({ type }) => type === 'AssistanceExtensionApproved').length <= 1)
      .chain((facts) => fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })));
    fc.assert(
      fc.property(differentDays, ([one, other]) => {
        expect(given(...idsByDay(other as Story)).schedule).toEqual(given(...idsByDay(one as Story)).schedule);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same case whether its facts are taken in together or one by one', () =>
    fc.assert(
      fc.property(fc.array(act, { maxLength: 12 }), (facts) => {
        const recorded = recordedAs<AssistanceFact>(facts, scene);
        const { decider } = assistance;
        const { evolve, initial } = decider;
        expect(fold(decider, recorded)).toEqual(fold({ evolve, initial }, recorded));
      }),
      { numRuns: 200 },
    ));

  it('keeps its rows whatever the size of the batches they were made in', () =>
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), fc.integer({ min: 1, max: 12 }), (facts, size) => {
        const recorded = recordedAs<AssistanceFact>(facts, scene);
        expect(tablesOf(recorded, size)).toEqual(tablesOf(recorded, recorded.length));
      }),
      { numRuns: 100 },
    ));
});

/** The rows of every view by key, made in batches of `size` facts. */
function tablesOf(facts: readonly Recorded<AssistanceFact>[], size: number): ReadonlyMap<string, string> {
  const id = derivedId(['case']);
  const tables = new Map<string, string>();
  let state = assistance.decider.initial;
  for (let from = 0; from < facts.length; from += size) {
    const batch = facts.slice(from, from + size);
    for (const fact of batch)
      state = (assistance.decider.evolve[fact.type] as (s: object, f: object) => typeof state)(state, fact);
    const told = movedBy<typeof state, AssistanceFact, typeof law>(id, batch, { state, history: facts, law });
    for (const view of assistance.views) {
      if (view.whole)
        [...tables.keys()].filter((key) => key.startsWith(`${view.name} `)).forEach((key) => tables.delete(key));
      for (const row of told ? view.rowsOf(told) : [])
        tables.set(
          `${view.name} ${view.key.map((column) => canonicalJson(row[column])).join(' ')}`,
          canonicalJson(row),
        );
    }
  }
  return tables;
}
