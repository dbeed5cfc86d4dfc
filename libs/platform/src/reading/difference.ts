import {
  keysOf,
  schemaOf,
  verdict,
  type AnyFact,
  type Assessment,
  type CaseSystem,
  type Json,
  type Names,
  type Occurrence,
  type Recorded,
  type Row,
  type Uuid,
} from '#libs/kernel';
import { packLabel, type LawBook } from '#libs/law';
import { rowsAt, type CaseAt } from './case-at.js';
import { namesIn, type CasePages, type Erasing, type PageOf } from './case-pages.js';
import {
  clockChanges,
  dutyChanges,
  flagChanges,
  isSameJson,
  valueChanges,
  type Change,
  type ValueChange,
} from './changes.js';
import { differenceTexts as texts } from './difference-texts.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** A case at one of the two instants, and which of its facts the reader may see. */
export interface Side<State, F extends AnyFact> extends PageOf<State, F> {
  readonly maySee: (fact: Recorded<F>) => boolean;
}

/** 差异: what came to a case between two instants, and what that changed, each with a Chinese sentence. */
export class Difference<State, F extends AnyFact> {
  private readonly names: Names;
  private readonly erasing: Erasing;

  constructor(
    private readonly pages: CasePages,
    private readonly system: System<State, F>,
    private readonly before: Side<State, F>,
    private readonly after: Side<State, F>,
  ) {
    this.names = namesIn(after.at.law);
    this.erasing = { erased: after.erased };
  }

  async body(): Promise<object> {
    const { before, after } = this;
    const [earlier, later] = [this.assessed(before), this.assessed(after)];
    const status = this.status();
    return {
      ...this.pages.mode,
      position: after.moment.position,
      case: after.at.case,
      from: { ...before.moment, revision: before.revision },
      to: { ...after.moment, revision: after.revision },
      facts: { ...(await this.facts()), corrected: await this.corrected() },
      ...(status ? { status } : {}),
      clocks: this.told(clockChanges(earlier, later), this.system.told.clock, texts.clockCame, texts.clockLeft),
      flags: this.told(flagChanges(earlier, later), this.system.told.flag, texts.flagCame, texts.flagLeft),
      duties: this.told(dutyChanges(earlier, later), this.system.told.duty, texts.dutyCame, texts.dutyLeft),
      particulars: await this.particulars(),
    };
  }

  private assessed({ at, moment }: Side<State, F>): Assessment {
    return verdict(this.system.schedule(at.state, at.law), moment.asOf);
  }

  private async facts(): Promise<{ came: readonly object[]; left: readonly object[] }> {
    const [old, young] = [seen(this.before), seen(this.after)];
    const had = new Set(old.map(({ id }) => id));
    const has = new Set(young.map(({ id }) => id));
    return {
      came: await Promise.all(young.filter(({ id }) => !had.has(id)).map((fact) => this.fact(fact, texts.came))),
      left: await Promise.all(old.filter(({ id }) => !has.has(id)).map((fact) => this.fact(fact, texts.left))),
    };
  }

  private async fact(fact: Recorded<F>, says: (sentence: string, at: Recorded['recordedAt']) => string) {
    const { id: event, type, revision, occurredAt, recordedAt } = fact;
    const sentence = await this.sentence(fact);
    return { event, revision, type, occurredAt, recordedAt, says: says(sentence, recordedAt) };
  }

  /** Facts of both instants whose time or data are, in effect, others at the later one. */
  private async corrected(): Promise<readonly object[]> {
    const old = new Map<Uuid, Recorded<F>>(this.before.at.facts.map((fact) => [fact.id, fact]));
    const pairs = this.after.at.facts.flatMap((fact) => {
      const earlier = old.get(fact.id);
      return earlier && this.after.maySee(fact) && !isSameJson(claimIn(earlier), claimIn(fact))
        ? [[earlier, fact]]
        : [];
    }) as readonly (readonly [Recorded<F>, Recorded<F>])[];
    return Promise.all(pairs.map(([earlier, fact]) => this.correction(earlier, fact)));
  }

  private async correction(earlier: Recorded<F>, fact: Recorded<F>): Promise<object> {
    const [before, after] = [await this.sentence(earlier), await this.sentence(fact)];
    const changes = await this.opened(valueChanges(claimIn(earlier), claimIn(fact)));
    const says =
      before === after && !isSameJson(earlier.occurredAt, fact.occurredAt)
        ? texts.correctedTime(after, timeIn(earlier.occurredAt), timeIn(fact.occurredAt))
        : texts.corrected(before, after);
    return { event: fact.id, revision: fact.revision, type: fact.type, changes, says };
  }

  private status(): object | undefined {
    const [before, after] = [statusIn(this.system, this.before.at), statusIn(this.system, this.after.at)];
    if (before === after || before === undefined || after === undefined) return undefined;
    const { status } = this.system.told;
    return { before, after, says: texts.status(status(before), status(after)) };
  }

  private told<T extends object>(
    changes: readonly Change<T>[],
    say: (item: T, names: Names) => string,
    came: (says: string) => string,
    left: (says: string) => string,
  ): readonly object[] {
    return changes.map(({ before, after }) => {
      const [was, is] = [before && say(before, this.names), after && say(after, this.names)];
      const says =
        was !== undefined && is !== undefined ? texts.changed(was, is) : is !== undefined ? came(is) : left(was ?? '');
      return { ...(before ? { before } : {}), ...(after ? { after } : {}), says };
    });
  }

  private async particulars(): Promise<readonly object[]> {
    const { particulars } = this.system;
    const { status: _was, ...before } = particulars(this.before.at.state);
    const { status: _is, ...after } = particulars(this.after.at.state);
    const changes = await this.opened(valueChanges(before, after));
    return changes.map((change) => ({
      ...change,
      says: texts.particular(
        titleOf(this.system, change.pointer),
        this.quoted(change.before),
        this.quoted(change.after),
      ),
    }));
  }

  private opened(changes: readonly ValueChange[]): Promise<readonly ValueChange[]> {
    const open = async (value: Json | undefined): Promise<Json | undefined> =>
      value === undefined ? undefined : this.pages.opened(value, this.erasing);
    return Promise.all(
      changes.map(async ({ pointer, before, after }) => {
        const [was, is] = [await open(before), await open(after)];
        return { pointer, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
      }),
    );
  }

  /** A value in words: codes by the pack's names for them, ids by the register's. */
  private quoted(value: Json | undefined): string {
    if (value === undefined || value === null) return texts.nothing;
    if (typeof value === 'boolean') return value ? texts.yes : texts.no;
    if (typeof value === 'number') return String(value);
    if (typeof value === 'string') return `“${this.named(value)}”`;
    const members = Object.values(value).map((member) => this.quoted(member));
    return members.length === 0 ? texts.nothing : members.join('、');
  }

  private named(value: string): string {
    const { state, law } = this.after.at;
    const label = this.system.packOf(state, law)?.edition;
    const edition = law.editions.find((candidate) => packLabel(candidate) === label);
    const lists = Object.values(edition?.pack.systems[this.system.decider.category]?.codes ?? {});
    const code = lists.flat().find((entry) => entry.code === value);
    return (
      code?.name ?? law.organs.organs.get(value as Uuid)?.name ?? law.organs.persons.get(value as Uuid)?.name ?? value
    );
  }

  private sentence(fact: Recorded<F>): Promise<string> {
    return this.pages.sentence(this.system, fact, this.names, this.erasing);
  }
}

const seen = <State, F extends AnyFact>({ at, maySee }: Side<State, F>): readonly Recorded<F>[] =>
  at.recorded.filter(maySee);

/** What a person claimed in a fact; what was judged when it was recorded is no claim. */
function claimIn({ occurredAt, data }: Pick<Recorded, 'occurredAt' | 'data'>): Json {
  const { judged: _judged, ...claimed } = data as { readonly judged?: unknown };
  // Both were read from stored JSON, though their interfaces do not say so.
  return { occurredAt, data: claimed };
}

const timeIn = (occurrence: Occurrence): string => ('on' in occurrence ? occurrence.on : occurrence.at);

function statusIn<State, F extends AnyFact>(system: System<State, F>, at: CaseAt<State, F>): string | undefined {
  const [row]: readonly (Row | undefined)[] = rowsAt(system, 'case_file', at);
  return typeof row?.status === 'string' ? row.status : undefined;
}

/** The name of a field for people: a particular stands under the same name in the command that opens a case. */
function titleOf<State, F extends AnyFact>({ decider }: System<State, F>, pointer: string): string {
  const command = decider.decisions.find(({ opens }) => opens)?.command;
  const properties = (command ? schemaOf(command).properties : {}) as Readonly<Record<string, { title?: string }>>;
  return properties[keysOf(pointer)[0] ?? '']?.title ?? pointer;
}
