import { derivedId, instant, legalDate, verdict, type Instant, type JudgedClock, type Mark } from '#libs/kernel';
import {
  explanation,
  scheduledClock,
  type Calendar,
  type ClockMarks,
  type ClockRule,
  type PackEdition,
} from '#libs/law';
import { prove } from './proofs.js';
import { asking, watchedPack } from './watched.js';

/** What a case tells of a clock, as a test writes it: days or moments, and the conditions that hold. */
export interface ClockCase {
  readonly holds?: readonly string[];
  readonly started?: string;
  readonly stopped?: string;
  readonly extensions?: readonly (number | undefined)[];
  readonly suspensions?: readonly (readonly [from: string, to?: string])[];
  readonly occasions?: readonly string[];
  readonly notApplicable?: string;
}

/** Some of what a clock judged at an instant has. */
export type JudgedClaim = Partial<Omit<JudgedClock, 'from' | 'due' | 'stopped' | 'lateFrom' | 'opens' | 'dueAt'>> & {
  readonly due?: string | undefined;
  readonly lateFrom?: string;
  readonly opens?: string;
  readonly dueAt?: string;
};

/**
 * A clock of a pack by itself, before any system runs it: what it makes of a case, judged and explained. What a passed
 * assertion says of a rule by its id is kept as proof for `npm run rules`.
 */
export class ProvenClock {
  private constructor(
    private readonly rule: ClockRule,
    private readonly calendar: Calendar,
  ) {}

  /** The clock `name` that `edition` gives `system`. @throws Error when it has none. */
  static of(edition: PackEdition | undefined, system: string, name: string, calendar: Calendar): ProvenClock {
    const clock = edition?.pack.systems[system]?.clocks.find(({ clock: own }) => own === name);
    if (!clock) throw new Error(`no clock ${name} of ${system} in force`);
    return ProvenClock.over(clock, calendar);
  }

  static over(clock: ClockRule, calendar: Calendar): ProvenClock {
    const [watched = clock] = watchedPack({ systems: { own: { clocks: [clock], codes: {} } } }).systems.own.clocks;
    return new ProvenClock(watched, calendar);
  }

  /** Under this rule the clock stands so at `asOf`: at least what `claim` says. */
  judged(rule: string, of: ClockCase, asOf: string, claim: JudgedClaim): this {
    const clock = this.at(of, instant(asOf));
    expect(clock).toMatchObject({ rule, ...claim });
    if (clock?.verdict !== 'notApplicable') prove('fires', [rule], 'clock');
    return this;
  }

  /** The rule is asked about the case and has nothing to say: no such clock, none that applies, or another rule's. */
  silent(rule: string, of: ClockCase): this {
    const { came, asked } = asking(() => this.at(of, instant('2026-12-31T00:00:00Z')));
    expect([...asked]).toContain(rule);
    if (came?.rule === rule) expect(came).toMatchObject({ rule, verdict: 'notApplicable' });
    prove('silent', [rule], 'clock');
    return this;
  }

  /** The explanation of the clock cites the rule with its article, and says each of `lines`. */
  explains(rule: string, of: ClockCase, ...lines: readonly string[]): this {
    const told = this.told(of);
    expect(told?.cites.map((cited) => cited.rule)).toContain(rule);
    for (const line of lines) expect(told?.text).toContainEqual(expect.stringContaining(line));
    return this;
  }

  /** 逐日说明 of the clock; undefined where the case has none. */
  told(of: ClockCase): ReturnType<typeof explanation> {
    return explanation({ rule: this.rule, marks: marksOf(of) }, { calendar: this.calendar });
  }

  private at(of: ClockCase, asOf: Instant): JudgedClock | undefined {
    const clock = scheduledClock(this.rule, this.calendar, marksOf(of));
    return clock && verdict({ clocks: [clock], flags: [], duties: [] }, asOf).clocks[0];
  }
}

function marksOf({ holds = [], started, stopped, extensions, suspensions, occasions, ...rest }: ClockCase): ClockMarks {
  return {
    ...rest,
    holder: derivedId(['holder']),
    holds: (when) => holds.includes(when),
    ...(started !== undefined && { started: markAt(started) }),
    ...(stopped !== undefined && { stopped: markAt(stopped) }),
    ...(extensions && {
      extensions: extensions.map((days, index) => ({ event: derivedId(['extension', index]), days })),
    }),
    ...(suspensions && {
      suspensions: suspensions.map(([from, to]) => ({
        from: legalDate(from),
        ...(to !== undefined && { to: legalDate(to) }),
      })),
    }),
    ...(occasions && { occasions: occasions.map(markAt) }),
  };
}

/** A day, or a moment with its offset, whose day is the one it has in Shanghai. */
const markAt = (text: string): Mark =>
  text.length === 10
    ? { on: legalDate(text), event: derivedId(['act', text]) }
    : { on: legalDate(text.slice(0, 10)), event: derivedId(['act', text]), at: instant(text) };
