import {
  dayOf,
  dayOfOccurrence,
  daysBetween,
  documentsOf,
  verdict,
  type AnyFact,
  type Assessment,
  type CaseSystem,
  type Instant,
  type Json,
  type Keys,
  type Names,
  type Occurrence,
  type Recorded,
  type Recorder,
  type Row,
  type Schedule,
  type Uuid,
} from '#libs/kernel';
import { packLabel, type LawBook } from '#libs/law';
import { modeLabel, opened } from '../ledger/index.js';
import type { Mode } from '../settings/index.js';
import type { CaseAt } from './case-at.js';
import type { Moment } from './moment.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

export interface PageParts {
  readonly keys: Keys;
  readonly mode: Mode;
}

/** Whose values are erased, wherever they stand. */
export interface Erasing {
  readonly erased: ReadonlySet<Uuid>;
}

/** What a page of a case is made of beside its rows. */
export interface PageOf<State, F extends AnyFact> extends Erasing {
  readonly at: CaseAt<State, F>;
  readonly moment: Moment;
  /** The version the reader is told. */
  readonly revision: number;
}

/** An assessment with a Chinese sentence for each of its parts. */
export type ToldAssessment = ReturnType<CasePages['assessment']>;

/**
 * What a person reads of a case, made from the rows of its views: sealed values opened, sentences said with the names of
 * then, clocks judged at the moment asked for. Who may read it is settled before.
 */
export class CasePages {
  constructor(private readonly parts: PageParts) {}

  /** 案卷. */
  async file<State, F extends AnyFact>(system: System<State, F>, of: PageOf<State, F>, row: Row): Promise<object> {
    const { at, moment, revision, erased } = of;
    const particulars = await this.opened(system.particulars(at.state), { erased });
    return { ...this.mode, ...moment, ...this.summary(system, row, at.law, moment.asOf), revision, particulars };
  }

  /** One case of a list: the row's columns and what holds at `asOf`. */
  summary<State, F extends AnyFact>(system: System<State, F>, row: Row, law: LawBook, asOf: Instant): object {
    // When the newest fact was recorded would say when the other side recorded an internal step.
    const { schedule, last_recorded_at: _lastRecordedAt, ...columns } = row;
    const assessed = verdict(schedule as unknown as Schedule, asOf);
    return {
      ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [camelCase(name), value])),
      assessment: this.assessment(system, assessed, namesIn(law)),
    };
  }

  assessment<State, F extends AnyFact>(system: System<State, F>, assessed: Assessment, names: Names) {
    const { asOf, clocks, flags, duties } = assessed;
    return {
      asOf,
      clocks: clocks.map((clock) => ({ ...clock, says: system.told.clock(clock, names) })),
      flags: flags.map((flag) => ({ ...flag, says: system.told.flag(flag, names) })),
      duties: duties.map((duty) => ({ ...duty, says: system.told.duty(duty, names) })),
    };
  }

  /** 时间线: one sentence for each of `rows`. */
  async timeline<State, F extends AnyFact>(
    system: System<State, F>,
    of: PageOf<State, F>,
    rows: readonly Row[],
  ): Promise<object> {
    const { at, moment, revision } = of;
    const lateDays = delayedEntryDays(system, at);
    const entries = await Promise.all(rows.map((row) => this.entry(system, of, row, lateDays)));
    return { ...this.mode, ...moment, case: at.case, revision, entries };
  }

  /** What stands in place of sealed values for a person. */
  opened(value: Json, { erased }: Erasing): Promise<Json> {
    return opened(value, this.parts.keys, erased);
  }

  /** The sentence of a fact. */
  async sentence<State, F extends AnyFact>(
    system: System<State, F>,
    fact: Recorded<F>,
    names: Names,
    erasing: Erasing,
  ): Promise<string> {
    const { data, ...rest } = fact as unknown as { readonly data: Json };
    const read = { ...rest, data: await this.opened(data, erasing) };
    // The same fact but for its marked values, which are texts now.
    return system.sentence(read as unknown as Recorded<F>, names);
  }

  private async entry<State, F extends AnyFact>(
    system: System<State, F>,
    { at, erased }: PageOf<State, F>,
    row: Row,
    lateDays: number,
  ): Promise<object> {
    const data = await this.opened(row.fact as Json, { erased });
    const recorder = row.recorder as unknown as Recorder;
    const occurredAt = row.occurred_at as unknown as Occurrence;
    const recordedAt = row.recorded_at as Instant;
    const names = namesIn(at.law);
    const fact = { id: row.event, type: row.type, data, occurredAt, recordedAt, recorder, revision: row.revision };
    return {
      revision: row.revision,
      event: row.event,
      type: row.type,
      occurredAt,
      recordedAt,
      /** 补录: recorded later after the act than the pack calls timely. */
      recordedLate: daysBetween(dayOfOccurrence(occurredAt), dayOf(recordedAt)) > lateDays,
      sentence: system.sentence(fact as unknown as Recorded<F>, names),
      recordedBy: {
        person: names.person(recorder.person),
        organ: recorder.organ === undefined ? null : names.organ(recorder.organ),
      },
      documents: documentsOf(data as object).map(({ digest, name }) => ({
        name,
        digest,
        href: `documents/${digest}`,
      })),
      fact: data,
    };
  }

  get mode(): { readonly mode?: string } {
    const label = modeLabel(this.parts.mode);
    return label === undefined ? {} : { mode: label };
  }
}

/** Calendar days after which an entry is shown as 补录, as the case's pack has it. */
function delayedEntryDays<State, F extends AnyFact>(
  system: System<State, F>,
  { state, law }: CaseAt<State, F>,
): number {
  const label = system.packOf(state, law)?.edition;
  const edition = law.editions.find((candidate) => packLabel(candidate) === label);
  const days = edition?.pack.systems[system.decider.category]?.values.delayedEntryDays;
  return typeof days === 'number' ? days : Infinity;
}

/** Names as the register had them. */
export function namesIn({ organs: { organs, persons } }: LawBook): Names {
  return { organ: (id) => organs.get(id)?.name ?? id, person: (id) => persons.get(id)?.name ?? id };
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
