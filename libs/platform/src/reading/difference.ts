import {
  claimedTitle,
  verdict,
  worded,
  type AnyFact,
  type Assessment,
  type CaseSystem,
  type Json,
  type Names,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import { packLabel, type LawBook } from '#libs/law';
import { maySeeFact, rowsAt, type CaseAt, type MaySee } from './case-at.js';
import { namesIn, type CasePages } from './case-pages.js';
import type { Asked, Nothing } from './case-reader.js';
import {
  clockChanges,
  dutyChanges,
  flagChanges,
  isSameJson,
  valueChanges,
  type Change,
  type ValueChange,
} from './changes.js';
import { sentenceOf, type ShownCase } from './corrections-shown.js';
import { differenceTexts as texts } from './difference-texts.js';

type System<State, F extends AnyFact> = CaseSystem<State, F, LawBook>;

/** 差异: what came to a case between two instants, and what that changed, each with a Chinese sentence. */
export class Difference<State, F extends AnyFact> {
  private readonly names: Names;

  constructor(
    private readonly pages: CasePages,
    private readonly system: System<State, F>,
    private readonly sides: {
      readonly before: Asked<State, F> | Nothing;
      readonly after: Asked<State, F>;
      readonly maySee: MaySee;
    },
  ) {
    this.names = namesIn(sides.after.at.law);
  }

  async body(): Promise<object> {
    const { before, after } = this.sides;
    const [earlier, later] = [this.assessed(before), this.assessed(after)];
    const { told } = this.system;
    return {
      ...this.pages.mode,
      position: after.moment.position,
      case: after.at.case,
      from: { ...before.moment, revision: before.at ? before.revision : -1 },
      to: { ...after.moment, revision: after.revision },
      facts: { ...(await this.facts()), corrected: await this.corrected() },
      ...this.status(),
      clocks: this.told(clockChanges(earlier, later), told.clock, texts.clockCame, texts.clockLeft),
      flags: this.told(flagChanges(earlier, later), told.flag, texts.flagCame, texts.flagLeft),
      duties: this.told(dutyChanges(earlier, later), told.duty, texts.dutyCame, texts.dutyLeft),
      particulars: await this.particulars(),
    };
  }

  private assessed({ at, moment }: Asked<State, F> | Nothing): Assessment {
    const schedule = at ? this.system.schedule(at.state, at.law) : { clocks: [], flags: [], duties: [] };
    return verdict(schedule, moment.asOf);
  }

  private async facts(): Promise<{ came: readonly object[]; left: readonly object[] }> {
    const [old, young] = [await this.shown(this.sides.before.at), await this.shown(this.sides.after.at)];
    const [had, has] = [idsOf(old), idsOf(young)];
    return {
      came: young.facts.filter(({ id }) => !had.has(id)).map((fact) => toldFact(young, fact, texts.came)),
      left: old.facts.filter(({ id }) => !has.has(id)).map((fact) => toldFact(old, fact, texts.left)),
    };
  }

  /** What counted at an instant and the reader may see, opened; the sentences are said with the names of the later one. */
  private async shown(at: CaseAt<State, F> | undefined): Promise<ShownCase<State, F>> {
    const { after, maySee } = this.sides;
    const seen = at?.recorded.filter((fact) => maySeeFact(this.system, maySee, fact, at.history)) ?? [];
    return this.pages.shown(this.system, after.at, seen);
  }

  /** Facts of both instants whose time or data are, in effect, others at the later one. */
  private async corrected(): Promise<readonly object[]> {
    const { before, after, maySee } = this.sides;
    const later = after.at.facts as readonly Recorded[];
    const old = new Map(((before.at?.facts ?? []) as readonly Recorded[]).map((fact) => [fact.id, fact]));
    const pairs = later.flatMap((fact) => {
      const earlier = old.get(fact.id);
      if (!earlier || isSameJson(claimIn(earlier), claimIn(fact))) return [];
      return maySeeFact(this.system, maySee, fact, after.at.history) ? [[earlier, fact] as const] : [];
    });
    return Promise.all(pairs.map(([earlier, fact]) => this.correction(earlier, fact)));
  }

  private async correction(earlier: Recorded, fact: Recorded): Promise<object> {
    const shown = await this.pages.shown(this.system, this.sides.after.at, [earlier, fact]);
    const [before = '', after = ''] = shown.facts.map((one) => sentenceOf(shown, one));
    const changes = await this.opened(valueChanges(claimIn(earlier), claimIn(fact)));
    const { names } = this;
    const says =
      before === after && !isSameJson(earlier.occurredAt, fact.occurredAt)
        ? texts.correctedTime(after, worded(earlier.occurredAt, names), worded(fact.occurredAt, names))
        : texts.corrected(before, after);
    return { event: fact.id, revision: fact.revision, type: fact.type, changes, says };
  }

  private status(): object {
    const [before, after] = [this.statusIn(this.sides.before.at), this.statusIn(this.sides.after.at)];
    if (before === after || before === undefined || after === undefined) return {};
    const { status } = this.system.told;
    return { status: { before, after, says: texts.status(status(before), status(after)) } };
  }

  private statusIn(at: CaseAt<State, F> | undefined): string | undefined {
    const [row] = at ? rowsAt(this.system, 'case_file', at) : [];
    return typeof row?.status === 'string' ? row.status : undefined;
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
    const [before, after] = [this.particularsIn(this.sides.before.at), this.particularsIn(this.sides.after.at)];
    const changes = await this.opened(valueChanges(before, after));
    return changes.map((change) => {
      const title = titleOf(this.system, change.pointer);
      return { ...change, says: texts.particular(title, this.quoted(change.before), this.quoted(change.after)) };
    });
  }

  /** The status is told on its own. */
  private particularsIn(at: CaseAt<State, F> | undefined): Json {
    const { status: _status, ...rest } = at ? this.system.particulars(at.state, this.names, at.law) : {};
    return rest;
  }

  private opened(changes: readonly ValueChange[]): Promise<readonly ValueChange[]> {
    const open = async (value: Json | undefined): Promise<Json | undefined> =>
      value === undefined ? undefined : this.pages.opened(value);
    return Promise.all(
      changes.map(async ({ pointer, before, after }) => {
        const [was, is] = [await open(before), await open(after)];
        return { pointer, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
      }),
    );
  }

  /** A value in words: codes by the pack's names for them, ids by the register's. */
  private quoted(value: Json | undefined): string {
    if (value === undefined || value === null || isSameJson(value, []) || isSameJson(value, {})) return texts.nothing;
    if (typeof value === 'string') return `“${this.codeName(value) ?? worded(value, this.names)}”`;
    if (typeof value !== 'object') return worded(value, this.names);
    return Object.values(value)
      .map((member) => this.quoted(member))
      .join('、');
  }

  private codeName(value: string): string | undefined {
    const { state, law } = this.sides.after.at;
    const label = this.system.packOf(state, law)?.edition;
    const edition = law.editions.find((candidate) => packLabel(candidate) === label);
    const lists = Object.values(edition?.pack.systems[this.system.decider.category]?.codes ?? {});
    return lists.flat().find(({ code }) => code === value)?.name;
  }
}

const idsOf = ({ facts }: { readonly facts: readonly Recorded[] }): ReadonlySet<Uuid> =>
  new Set(facts.map(({ id }) => id));

function toldFact<State, F extends AnyFact>(
  shown: ShownCase<State, F>,
  fact: Recorded,
  says: (sentence: string, at: Recorded['recordedAt']) => string,
): object {
  const { id: event, type, revision, occurredAt, recordedAt } = fact;
  return { event, revision, type, occurredAt, recordedAt, says: says(sentenceOf(shown, fact), recordedAt) };
}

/** What a person claimed in a fact; what was judged when it was recorded is no claim. */
function claimIn({ occurredAt, data }: Pick<Recorded, 'occurredAt' | 'data'>): Json {
  const { judged: _judged, ...claimed } = data as { readonly judged?: unknown };
  // Both were read from stored JSON, though their interfaces do not say so.
  return { occurredAt, data: claimed };
}

/** The name of a field for people: a particular stands under the same name in the command that opens a case. */
function titleOf<State, F extends AnyFact>({ decider }: System<State, F>, pointer: string): string {
  for (const { opens, records } of decider.decisions) {
    const title = opens && claimedTitle(decider.decisions, records, `/data${pointer}`);
    if (title !== undefined) return title;
  }
  return pointer;
}
