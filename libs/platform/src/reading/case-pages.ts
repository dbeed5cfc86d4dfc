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
  type Recorded,
  type Recorder,
  type Row,
  type Schedule,
  type Uuid,
} from '#libs/kernel';
import { nameShown, organAbout, type LawBook, type SystemRules } from '#libs/law';
import { modeLabel, opened, SERVICE_PERSON } from '../ledger/index.js';
import type { Mode } from '../settings/index.js';
import type { CaseAt } from './case-at.js';
import type { Asked } from './case-reader.js';
import { correctionsShown, sentenceOf, type ShownCase } from './corrections-shown.js';
import { articleOf, editionOf, instrumentOf, judgedThen } from './judged-shown.js';

/** Who recorded what a reaction asked for. */
const SERVICE_NAME = '可溯（系统自动记录）';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

export interface PageParts {
  readonly keys: Keys;
  readonly mode: Mode;
}

/** A case as one reader is shown it, and the law of then. */
interface Shown<State, F extends AnyFact> extends ShownCase<State, F> {
  readonly law: LawBook;
  /** Calendar days after which an entry is shown as 补录. */
  readonly lateDays: number;
  /** What the pack that governs the case says to its system. */
  readonly rules: SystemRules | undefined;
}

/**
 * What a person reads of a case, made from the rows of its views: sealed values opened, sentences said with the names of
 * then, clocks judged at the moment asked for. Who may read it is settled before.
 */
export class CasePages {
  constructor(private readonly parts: PageParts) {}

  /** 案卷. */
  async file<State, F extends AnyFact>(
    system: System<State, F>,
    { at, moment, revision }: Asked<State, F>,
    row: Row,
  ): Promise<object> {
    const particulars = await this.opened(system.particulars(at.state, namesIn(at.law), at.law));
    const edition = editionOf(system, at);
    return {
      ...this.mode,
      ...moment,
      ...this.summary(system, row, at.law, moment.asOf),
      ...(edition && { instrument: instrumentOf(edition) }),
      revision,
      particulars,
    };
  }

  /** One case of a list: the row's columns and what holds at `asOf`. */
  summary<State, F extends AnyFact>(system: System<State, F>, row: Row, law: LawBook, asOf: Instant): object {
    // When the newest fact was recorded would say when the other side recorded an internal step.
    const { schedule, last_recorded_at: _lastRecordedAt, ...columns } = row;
    const assessed = verdict(schedule as unknown as Schedule, asOf);
    return {
      ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [camelCase(name), value])),
      assessment: told(system, assessed, law),
    };
  }

  /** 时间线: one sentence for each of `rows`. */
  async timeline<State, F extends AnyFact>(
    system: System<State, F>,
    { at, moment, revision }: Asked<State, F>,
    rows: readonly Row[],
  ): Promise<object> {
    const facts = await Promise.all(rows.map((row) => this.factOf(row)));
    const { law } = at;
    const rules = editionOf(system, at)?.pack.systems[system.decider.category];
    const lateDays = delayedEntryDays(rules);
    const shown = { system, id: at.case, facts, namesOn: namesOf(law), law, lateDays, rules };
    const entries = facts.map((fact) => this.entry(shown, fact));
    return { ...this.mode, ...moment, case: at.case, revision, entries };
  }

  /** `facts` as their reader is shown them: opened, and with the sentence of each. */
  async shown<State, F extends AnyFact>(
    system: System<State, F>,
    at: CaseAt<State, F>,
    facts: readonly Recorded[],
  ): Promise<ShownCase<State, F>> {
    const read = facts.map(async (fact) => ({ ...fact, data: await this.opened(fact.data as Json) }) as Recorded);
    return { system, id: at.case, facts: await Promise.all(read), namesOn: namesOf(at.law) };
  }

  /** What stands in place of sealed values for a person. */
  opened(value: Json): Promise<Json> {
    return opened(value, this.parts.keys);
  }

  /** The fact of a row, opened for its reader. */
  private async factOf({ event, fact, occurred_at, recorded_at, ...row }: Row): Promise<Recorded> {
    const data = await this.opened(fact as Json);
    // A row of the timeline has what its view put there, which no row's type tells.
    return { ...row, id: event, data, occurredAt: occurred_at, recordedAt: recorded_at } as unknown as Recorded;
  }

  private entry<State, F extends AnyFact>(shown: Shown<State, F>, fact: Recorded): object {
    const { id, revision, type, occurredAt, recordedAt, recorder, data } = fact;
    const { law, lateDays, rules } = shown;
    const names = shown.namesOn(dayOfOccurrence(occurredAt));
    return {
      revision,
      event: id,
      type,
      occurredAt,
      recordedAt,
      /** 补录: recorded later after the act than the pack calls timely. */
      recordedLate: daysBetween(dayOfOccurrence(occurredAt), dayOf(recordedAt)) > lateDays,
      sentence: sentenceOf(shown, fact),
      judgedThen: judgedThen(fact, rules),
      recordedBy: {
        person: names.person(recorder.person),
        organ: recorder.organ === undefined ? null : names.organ(recorder.organ),
        ...delegated(recorder, law),
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

  get mode(): { readonly mode?: string } {
    const label = modeLabel(this.parts.mode);
    return label === undefined ? {} : { mode: label };
  }
}

/** An assessment with a Chinese sentence for each of its parts. */
function told<State, F extends AnyFact>(system: System<State, F>, assessed: Assessment, law: LawBook): object {
  const { asOf, clocks, flags, duties } = assessed;
  const names = namesIn(law);
  // The sentence of a clock does not name its holder, of whom this is to be known.
  const byReference = (holder: Uuid): string =>
    law.organs.organs.get(holder)?.kind === 'byReference' ? `期限由${names.organ(holder)}承担。` : '';
  return {
    asOf,
    clocks: clocks.map((clock) => ({
      ...clock,
      ...articleOf(clock.rule),
      says: system.told.clock(clock, names) + byReference(clock.holder),
    })),
    flags: flags.map((flag) => ({ ...flag, ...articleOf(flag.rule), says: system.told.flag(flag, names) })),
    duties: duties.map((duty) => ({ ...duty, ...articleOf(duty.rule), says: system.told.duty(duty, names) })),
  };
}

/** 授权: by whose delegation the recorder acted, where it was not under an appointment of their own. */
function delegated({ delegation, appointment }: Recorder, law: LawBook): { readonly delegatedBy?: string } {
  const given = appointment && law.organs.appointments.get(appointment);
  return delegation && given ? { delegatedBy: namesIn(law).person(given.person) } : {};
}

/** Calendar days after which an entry is shown as 补录, as the case's pack has it. */
function delayedEntryDays(rules: SystemRules | undefined): number {
  const days = rules?.values.delayedEntryDays;
  return typeof days === 'number' ? days : Infinity;
}

/** Names of organs as they were on a day: the sentence of an act says who acted, not what became of them. */
const namesOf = (law: LawBook): ShownCase<unknown, AnyFact>['namesOn'] => {
  const latest = namesIn(law);
  return (day) => ({
    ...latest,
    organ: (id) => {
      const then = organAbout(law.organs, id, day);
      return then ? nameShown(then) : id;
    },
  });
};

/** Names as the register had them last, of an organ that was merged with the one that stands in its place; and the service's. */
export function namesIn({ organs: { organs, persons } }: LawBook): Names {
  const organ = (id: Uuid): string => {
    const known = organs.get(id);
    if (!known) return id;
    const { abolishedOn, mergedInto } = known;
    const name = nameShown(known);
    return abolishedOn === undefined || mergedInto === undefined
      ? name
      : `${name}（已于${abolishedOn}并入${organs.get(mergedInto)?.name ?? mergedInto}）`;
  };
  return {
    organ,
    person: (id) => persons.get(id)?.name ?? (id === SERVICE_PERSON ? SERVICE_NAME : id),
  };
}

const camelCase = (name: string): string => name.replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());
