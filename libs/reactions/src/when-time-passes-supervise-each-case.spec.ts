import { assistance, type AssistanceFact } from '#libs/assistance';
import {
  corrected,
  derivedId,
  eventIdOf,
  fold,
  instant,
  legalDate as day,
  type Caused,
  type Command,
  type Instant,
  type LookedAt,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { noFile, supervision, type SupervisionFact, type SupervisionFile } from '#libs/supervision';
import {
  closed,
  delivered,
  entered,
  extended,
  fedBack,
  happened,
  law,
  organs,
  provided,
  requested,
  scene,
} from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../testing/src/specification/index.js';
import { citySupervisor, detected } from '../../testing/src/specification/supervision-cases.js';
import { supervisionFileOf, whenTimePassesSuperviseEachCase as watch } from './when-time-passes-supervise-each-case.js';

const CASE = derivedId(['the case']);
const at = (text: string): Instant => instant(`${text}+08:00`);

/** Recorded when the case moved last; anomalies wait for the end of that day. */
const RECORDED = at('2026-09-21T10:00:00');

/** A case and its file, looked at again and again as time goes on. */
class Scene {
  private file: readonly Recorded<SupervisionFact>[] = [];

  constructor(
    public facts: readonly Happened<AssistanceFact>[],
    private readonly book: LawBook = law,
    private readonly recordedAt = RECORDED,
  ) {}

  get state(): SupervisionFile {
    return fold(supervision.decider, this.file);
  }

  caused(now: Instant): readonly Caused[] {
    return watch.look(this.lookedAt(now), this.state);
  }

  /** Records what is caused, and says what it was. */
  look(now: Instant): readonly string[] {
    return this.caused(now).flatMap(({ command, cause }) => {
      const row = supervision.decider.decisions.find((one) => command instanceof one.command)!;
      const commandId = derivedId(['watch', ...cause]);
      const { law: book, recorder } = citySupervisor;
      const context = { now, recorder, law: book, subjectAt: () => commandId };
      const decided = row.decide(command as Command, this.state, context);
      const told = decided.map(({ type, data }, ordinal) => {
        const facts = recordedAs<SupervisionFact>(
          // What was decided is a fact but for its occurrence.
          [{ type, data, occurredAt: { at: now }, id: eventIdOf(commandId, ordinal) } as Happened<SupervisionFact>],
          { now, recorder },
          this.file.length,
        );
        this.file = [...this.file, ...facts];
        const { colour, because, code } = data as { colour?: string; because?: string; code?: string };
        return [type, colour ?? because ?? code].filter(Boolean).join(' ');
      });
      return told;
    });
  }

  /** The ids of the facts of a kind, as recorded. */
  events(type: AssistanceFact['type']): readonly Uuid[] {
    return this.lookedAt(RECORDED)
      .history.filter((fact) => fact.type === type)
      .map(({ id }) => id);
  }

  /** Puts into the file what an earlier program recorded. */
  stored(...facts: readonly Happened<SupervisionFact>[]): void {
    this.file = recordedAs(facts, { now: RECORDED, recorder: citySupervisor.recorder });
  }

  private lookedAt(now: Instant): LookedAt<LawBook> {
    const { recordedAt, book } = this;
    const recorded = recordedAs(this.facts, { ...scene, now: recordedAt });
    const state = fold(assistance.decider, corrected<AssistanceFact>(recorded));
    const { watched, told, packOf, schedule } = assistance;
    return {
      category: 'assistance',
      case: CASE,
      parties: watched?.parties(state) ?? [],
      kindOf: watched!.kindOf,
      told,
      pack: packOf(state, book),
      schedule: schedule(state, book),
      history: recorded,
      law: book,
      now,
    };
  }
}

const running = () => new Scene([requested('2026-09-17'), delivered('2026-09-18')]);

it('records nothing before anything turns, and then each thing once and in order', () => {
  const scene = running();
  expect(scene.look(at('2026-10-07T23:59:59'))).toEqual([]);
  expect(scene.look(at('2026-10-08T00:00:00'))).toEqual(['SupervisionWarningIssued']);
  expect(scene.look(at('2026-10-09T23:59:59'))).toEqual([]);
  expect(scene.look(at('2026-10-10T00:00:00'))).toEqual(['SupervisionCardIssued yellow']);
  expect(scene.look(at('2026-10-10T00:00:00'))).toEqual([]);
  expect(scene.look(at('2026-10-16T00:00:00'))).toEqual(['SupervisionCardIssued red']);
  expect(scene.look(at('2027-10-16T00:00:00'))).toEqual([]);
});

it('records the cards that turned while the clock jumped over them, in order, and no warning of what is past', () => {
  const scene = running();
  expect(scene.look(at('2026-11-01T00:00:00'))).toEqual(['SupervisionCardIssued yellow', 'SupervisionCardIssued red']);
  expect(scene.state.issued.map(({ turnedAt }) => turnedAt)).toEqual(
    ['2026-10-10T00:00:00', '2026-10-16T00:00:00'].map(at),
  );
  expect(scene.state.issued.map(({ issuedOn }) => issuedOn)).toEqual(['2026-11-01', '2026-11-01']);
});

it('names the same command for the same cause, whoever looks; and another once it was taken back', () => {
  const now = at('2026-10-10T00:00:00');
  const causes = (scene: Scene) => scene.caused(now).map(({ cause }) => cause);
  expect(causes(running())).toEqual(causes(running()));
  expect(causes(running())).toHaveLength(1);
  const scene = running();
  scene.look(now);
  const before = scene.facts;
  scene.facts = [...before, provided('2026-10-09')];
  expect(scene.look(now)).toEqual(['SupervisionCardWithdrawn stoppedInTime']);
  scene.facts = before;
  const [again] = scene.caused(now);
  expect(again?.cause).not.toEqual(causes(running())[0]);
  expect(scene.look(now)).toEqual(['SupervisionCardIssued yellow']);
});

it('takes back what an extension moved, and issues it anew for the day it moved to', () => {
  const scene = running();
  scene.look(at('2026-10-09T09:00:00'));
  scene.look(at('2026-10-10T09:00:00'));
  // Approved in time, on the due day, and recorded after it.
  scene.facts = [...scene.facts, extended('2026-10-09')];
  expect(scene.look(at('2026-10-12T09:00:00'))).toEqual([
    'SupervisionWarningWithdrawn dueMoved',
    'SupervisionCardWithdrawn dueMoved',
  ]);
  expect(scene.look(at('2026-10-22T23:59:59'))).toEqual(['SupervisionWarningIssued']);
  expect(scene.look(at('2026-10-24T00:00:00'))).toEqual(['SupervisionCardIssued yellow']);
  expect(scene.state.issued.map(({ due, withdrawn }) => [due, withdrawn?.because])).toEqual([
    ['2026-10-09', 'dueMoved'],
    ['2026-10-09', 'dueMoved'],
    ['2026-10-22', undefined],
    ['2026-10-22', undefined],
  ]);
});

it('keeps a warning that was given before the case was done in time, and gives none after', () => {
  const warned = running();
  warned.look(at('2026-10-08T09:00:00'));
  warned.facts = [...warned.facts, provided('2026-10-09')];
  expect(warned.look(at('2026-12-01T00:00:00'))).toEqual([]);
  const early = new Scene([requested('2026-09-17'), delivered('2026-09-18'), provided('2026-09-30')]);
  expect(early.look(at('2026-12-01T00:00:00'))).toEqual([]);
});

it('shows a case that was done late its card also when nobody looked until then', () => {
  const late = new Scene([requested('2026-09-17'), delivered('2026-09-18'), provided('2026-10-12')]);
  expect(late.look(at('2026-12-01T00:00:00'))).toEqual(['SupervisionCardIssued yellow']);
});

it('gives a warning that was missed while its day is still to come, and none once it is past or the clock was stopped', () => {
  expect(running().look(at('2026-10-09T23:59:59'))).toEqual(['SupervisionWarningIssued']);
  expect(running().look(at('2026-10-10T00:00:00'))).toEqual(['SupervisionCardIssued yellow']);
  const done = new Scene([requested('2026-09-17'), delivered('2026-09-18'), provided('2026-10-09')]);
  expect(done.look(at('2026-10-09T12:00:00'))).toEqual([]);
});

it('takes back a red card of what was done late but before it turned, for that reason, and keeps the yellow one', () => {
  const scene = running();
  scene.look(at('2026-10-17T00:00:00'));
  scene.facts = [...scene.facts, provided('2026-10-12')];
  expect(scene.look(at('2026-10-19T00:00:00'))).toEqual(['SupervisionCardWithdrawn stoppedBeforeTurn']);
  expect(scene.state.issued.map(({ stage, withdrawn }) => [stage, withdrawn?.because])).toEqual([
    ['yellow', undefined],
    ['red', 'stoppedBeforeTurn'],
  ]);
});

it('never shows a card for a duty without a number of days, however old it is', () => {
  // Provided on time and never fed back in writing: 及时 has no number.
  const scene = new Scene([requested('2026-09-17'), delivered('2026-09-18'), provided('2026-09-30')]);
  const { schedule } = assistance;
  const state = fold(
    assistance.decider,
    corrected<AssistanceFact>(recordedAs(scene.facts, { now: RECORDED, recorder: citySupervisor.recorder })),
  );
  expect(schedule(state, law).duties.length).toBeGreaterThan(0);
  expect(scene.look(at('2036-01-01T00:00:00'))).toEqual([]);
});

describe('异常', () => {
  const flagged = () => new Scene([requested('2026-09-17', { legalBasis: null }), delivered('2026-09-18')]);

  it('are what still flags the case at the end of the day on which it last moved', () => {
    const scene = flagged();
    expect(scene.look(at('2026-09-21T23:59:59'))).toEqual([]);
    expect(scene.look(at('2026-09-22T00:00:00'))).toEqual(['SupervisionAnomalyDetected noLegalBasis']);
    expect(scene.look(at('2026-09-23T00:00:00'))).toEqual([]);
    expect(scene.state.anomalies).toMatchObject([
      { kind: 'completeness', rule: 'XM-6-1', says: '请求的记录中未写明依据。', holder: SCENE_ORGAN },
    ]);
  });

  it('are for the organ that owes what the flag is about, whoever recorded it; on records of both, for neither alone', () => {
    const of = <T extends Happened<AssistanceFact>>(organ: Uuid, fact: T): T => ({
      ...fact,
      recorder: { ...scene.recorder, organ },
    });
    const holders = (...facts: readonly Happened<AssistanceFact>[]) => {
      const looked = new Scene(facts);
      looked.look(at('2026-10-09T00:00:00'));
      return looked.state.anomalies.map(({ code, holder }) => [code, holder]);
    };
    const [asked, help] = [requested('2026-09-17'), delivered('2026-09-18')];
    const due = { requestedDueOn: day('2026-09-22') };
    const after = holders(
      of(organs.market, requested('2026-09-17', due)),
      help,
      of(organs.ecology, provided('2026-09-28')),
    );
    expect(after).toContainEqual(['afterRequestedDay', organs.ecology]);
    const contested = holders(asked, of(organs.market, help), of(organs.ecology, delivered('2026-09-21')));
    expect(contested).toContainEqual(['startContested', undefined]);
    const bare = requested('2026-09-17', { legalBasis: null });
    expect(holders(of(organs.market, bare), help)).toContainEqual(['noLegalBasis', organs.market]);
    expect(holders(of(organs.cityOffice, bare), help)).toContainEqual(['noLegalBasis', undefined]);
  });

  it('are cleared once the case’s records show them no more, stay visible, and are found again when they come back', () => {
    const scene = flagged();
    const before = scene.facts;
    scene.look(at('2026-09-22T00:00:00'));
    scene.facts = [requested('2026-09-17'), delivered('2026-09-18')];
    expect(scene.look(at('2026-09-23T00:00:00'))).toEqual(['SupervisionAnomalyCleared']);
    scene.facts = before;
    expect(scene.look(at('2026-09-24T00:00:00'))).toEqual(['SupervisionAnomalyDetected noLegalBasis']);
    expect(scene.state.anomalies.map(({ cleared }) => cleared !== undefined)).toEqual([true, false]);
  });

  const done = [
    requested('2026-09-17'),
    delivered('2026-09-18'),
    provided('2026-09-28'),
    fedBack('2026-09-29'),
  ] as const;
  const standing = ({ state }: Scene) =>
    state.anomalies.filter(({ cleared }) => !cleared).map(({ code, holder, says }) => [code, holder, says]);
  const unregistered = (organ: string, side: string) => [
    'closedUnregistered',
    organ,
    `本案已办结，但未见${side}登记工作台账的记录。`,
  ];

  it('are one a flag, each for the side that owes, and cleared one by one', () => {
    const scene = new Scene([...done, closed('2026-09-30')]);
    const found = ['SupervisionAnomalyDetected closedUnregistered', 'SupervisionAnomalyDetected closedUnregistered'];
    expect(scene.look(at('2026-10-09T00:00:00'))).toEqual(found);
    expect(standing(scene)).toEqual([
      unregistered(organs.market, '请求机关'),
      unregistered(organs.ecology, '被请求机关'),
    ]);
    scene.facts = [
      ...scene.facts,
      entered('2026-09-30', 'requested', { feedbackSummary: '有效', feedbackOn: day('2026-09-29') }),
    ];
    expect(scene.look(at('2026-10-10T00:00:00'))).toEqual(['SupervisionAnomalyCleared']);
    expect(standing(scene)).toEqual([unregistered(organs.market, '请求机关')]);
    expect(scene.look(at('2026-10-11T00:00:00'))).toEqual([]);
  });

  it('are for the organ that owes what is missing at the close, whoever closed', () => {
    const scene = new Scene([...done.slice(0, 3), closed('2026-09-30')]);
    scene.look(at('2026-10-09T00:00:00'));
    expect(standing(scene)).toContainEqual([
      'closedWithoutFeedback',
      organs.ecology,
      '本案已办结，但未见书面反馈的记录。',
    ]);
  });

  it('tell items of one entry apart, and are the same when only a number in their sentence moves', () => {
    const differing = (copies: number) => [
      requested('2026-09-17', { materials: [{ name: '许可证复印件', copies: 2 }] }),
      delivered('2026-09-18'),
      happened('AssistanceMaterialsHandedOver', '2026-09-21', { materials: [{ name: '照片', copies: 1 }] }),
      entered('2026-09-18', 'requesting', { materials: [{ name: '许可证', copies }] }),
    ];
    const scene = new Scene(differing(4));
    expect(scene.look(at('2026-09-22T00:00:00'))).toEqual([
      'SupervisionAnomalyDetected registerDiffers',
      'SupervisionAnomalyDetected registerDiffers',
    ]);
    expect(scene.state.anomalies.map(({ apart }) => apart?.split(' ')[1])).toEqual(['资料种类数', '资料份数']);
    scene.facts = differing(5);
    expect(scene.look(at('2026-09-23T00:00:00'))).toEqual([]);
    scene.facts = differing(3);
    expect(scene.look(at('2026-09-24T00:00:00'))).toEqual(['SupervisionAnomalyCleared']);
  });

  it('found before flags named organ and item give way to those that do, and say why', () => {
    const of = { category: 'assistance', case: CASE, parties: [organs.market, organs.ecology] };
    const scene = new Scene([...done, closed('2026-09-30')]);
    const [closure] = scene.events('AssistanceClosed');
    const merged = {
      kind: 'completeness',
      rule: 'XM-15-0',
      code: 'closedUnregistered',
      holder: organs.market,
    } as const;
    scene.stored(detected({ of, ...merged, evidence: [closure!] }));
    expect(scene.look(at('2026-10-09T00:00:00'))).toEqual([
      'SupervisionAnomalyDetected closedUnregistered',
      'SupervisionAnomalyDetected closedUnregistered',
      'SupervisionAnomalyCleared toldApart',
    ]);
    expect(scene.look(at('2026-10-10T00:00:00'))).toEqual([]);
  });
});

it('raises nothing by itself where no law in hand governs the case, or its pack has no thresholds or no day of effect', () => {
  const editions = law.editions.map((edition) => {
    const { supervision: _part, ...systems } = edition.pack.systems;
    return { ...edition, pack: { ...edition.pack, systems } };
  });
  const withoutDay = law.editions.map(({ digest, pack: { effectiveFrom: _from, ...pack } }) => ({ digest, pack }));
  for (const book of [
    { ...law, editions: [] },
    { ...law, editions },
    { ...law, editions: withoutDay },
  ]) {
    const scene = new Scene([requested('2026-09-17', { legalBasis: null }), delivered('2026-09-18')], book);
    expect(scene.look(at('2027-01-01T00:00:00'))).toEqual([]);
  }
});

it('keeps one file beside each case, and of a file its own', () => {
  const file = supervisionFileOf('assistance', CASE);
  expect(file).not.toBe(CASE);
  expect(supervisionFileOf('supervision', file)).toBe(file);
  expect(supervisionFileOf('lending', CASE)).not.toBe(file);
  expect(noFile.supervised).toBeUndefined();
});

const SCENE_ORGAN = scene.recorder.organ;
