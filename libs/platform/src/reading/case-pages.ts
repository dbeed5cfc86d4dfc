import {
  dayOf,
  dayOfOccurrence,
  daysBetween,
  documentsOf,
  verdict,
  type AnyFact,
  type CaseSystem,
  type Clock,
  type Json,
  type Keys,
  type Names,
  type Recorded,
  type Recorder,
  type Row,
  type Schedule,
  type Uuid,
} from '#libs/kernel';
import { packLabel, type LawBook } from '#libs/law';
import { modeLabel, opened, SERVICE_PERSON } from '../ledger/index.js';
import type { Mode } from '../settings/index.js';
import { correctionsShown, sentenceOf, type ShownCase } from './corrections-shown.js';

/** Who recorded what a reaction asked for. */
const SERVICE_NAME = '可溯（系统自动记录）';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

export interface PageParts {
  readonly keys: Keys;
  readonly law: { readonly book: LawBook };
  readonly clock: Clock;
  readonly mode: Mode;
}

/**
 * What a person reads of a case, made from the rows of its views: sealed values opened, sentences said, clocks judged at
 * this instant. Who may read it is settled before.
 */
export class CasePages {
  constructor(private readonly parts: PageParts) {}

  /** 案卷. */
  async file<State, F extends AnyFact>(system: System<State, F>, state: State, row: Row): Promise<object> {
    const particulars = await opened(system.particulars(state), this.parts.keys);
    return { ...this.mode, ...this.summary(system, row), particulars };
  }

  /** One case of a list: the row's columns and what holds now. */
  summary<State, F extends AnyFact>(system: System<State, F>, row: Row): object {
    // When the newest fact was recorded orders the list; told, it would say when the other side recorded an internal step.
    const { schedule, last_recorded_at: _lastRecordedAt, ...columns } = row;
    const names = this.names();
    const { asOf, clocks, flags, duties } = verdict(schedule as unknown as Schedule, this.parts.clock.now());
    return {
      ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [camelCase(name), value])),
      assessment: {
        asOf,
        clocks: clocks.map((clock) => ({ ...clock, says: system.told.clock(clock, names) })),
        flags: flags.map((flag) => ({ ...flag, says: system.told.flag(flag, names) })),
        duties: duties.map((duty) => ({ ...duty, says: system.told.duty(duty, names) })),
      },
    };
  }

  /** 时间线: one sentence for each of `rows`. */
  async timeline<State, F extends AnyFact>(
    system: System<State, F>,
    state: State,
    page: { readonly case: Uuid; readonly revision: number; readonly rows: readonly Row[] },
  ): Promise<object> {
    const lateDays = this.delayedEntryDays(system, state);
    const facts = await Promise.all(page.rows.map((row) => this.factOf(row)));
    const shown = { system, id: page.case, facts, names: this.names() };
    const entries = facts.map((fact) => this.entry(shown, fact, lateDays));
    return { ...this.mode, case: page.case, revision: page.revision, entries };
  }

  /** The fact of a row, opened for its reader. */
  private async factOf({ event, fact, occurred_at, recorded_at, ...row }: Row): Promise<Recorded> {
    const data = await opened(fact as Json, this.parts.keys);
    // A row of the timeline has what its view put there, which no row's type tells.
    return { ...row, id: event, data, occurredAt: occurred_at, recordedAt: recorded_at } as unknown as Recorded;
  }

  private entry<State, F extends AnyFact>(shown: ShownCase<State, F>, fact: Recorded, lateDays: number): object {
    const { id, revision, type, occurredAt, recordedAt, recorder, data } = fact;
    const { names } = shown;
    return {
      revision,
      event: id,
      type,
      occurredAt,
      recordedAt,
      /** 补录: recorded later after the act than the pack calls timely. */
      recordedLate: daysBetween(dayOfOccurrence(occurredAt), dayOf(recordedAt)) > lateDays,
      sentence: sentenceOf(shown, fact),
      recordedBy: {
        person: names.person(recorder.person),
        organ: recorder.organ === undefined ? null : names.organ(recorder.organ),
        ...this.delegated(recorder, names),
      },
      documents: documentsOf(data).map(({ digest, name }) => ({
        name,
        digest,
        href: `documents/${digest}`,
      })),
      fact: data,
      ...correctionsShown(shown, fact),
    };
  }

  /** 授权: by whose delegation the recorder acted, where it was not under an appointment of their own. */
  private delegated({ delegation, appointment }: Recorder, names: Names): { readonly delegatedBy?: string } {
    const given = appointment && this.parts.law.book.organs.appointments.get(appointment);
    return delegation && given ? { delegatedBy: names.person(given.person) } : {};
  }

  /** Calendar days after which an entry is shown as 补录, as the case's pack has it. */
  private delayedEntryDays<State, F extends AnyFact>(system: System<State, F>, state: State): number {
    const { book } = this.parts.law;
    const label = system.packOf(state, book)?.edition;
    const edition = book.editions.find((candidate) => packLabel(candidate) === label);
    const days = edition?.pack.systems[system.decider.category]?.values.delayedEntryDays;
    return typeof days === 'number' ? days : Infinity;
  }

  private names(): Names {
    const { organs, persons } = this.parts.law.book.organs;
    return {
      organ: (id) => organs.get(id)?.name ?? id,
      person: (id) => persons.get(id)?.name ?? (id === SERVICE_PERSON ? SERVICE_NAME : id),
    };
  }

  get mode(): { readonly mode?: string } {
    const label = modeLabel(this.parts.mode);
    return label === undefined ? {} : { mode: label };
  }
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
