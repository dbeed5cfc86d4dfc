import { verdict, type Assessment, type Instant, type JudgedClock, type Mark, type Schedule } from '#libs/kernel';
import { prove } from './proofs.js';

/** What a test says of a clock: some of what a judged one has; what is `undefined` it does not have. */
export type ClockClaim = {
  readonly [M in Exclude<keyof JudgedClock, 'clock'>]?: Claimed<JudgedClock[M]> | undefined;
};

/** Days and ids as a test writes them; of a mark, its day will do. */
type Claimed<T> = T extends string ? T | string : T extends Mark ? { readonly on: string } : T;

/**
 * How a case stands, as something to assert on. Every method asserts, and returns itself so that a rule reads as one
 * sentence. What it asserts of a rule by the rule's id is kept as proof that a test shows the rule.
 */
export abstract class Standing {
  protected constructor(private readonly now: Instant) {}

  /** What is scheduled for the case. */
  abstract get schedule(): Schedule;

  /** The rules that deciding and judging the case asked about. */
  abstract get asked(): ReadonlySet<string>;

  /** Rules that something else than the schedule says: that a refusal or a recorded code cites. */
  protected get cited(): readonly string[] {
    return [];
  }

  /** What holds at `asOf`, the scene's now unless said otherwise. */
  at(asOf: Instant = this.now): Assessment {
    return verdict(this.schedule, asOf);
  }

  /** Among all that is flagged in the case, `rule` flags `code`. */
  flagged(rule: string, code: string): this {
    expect(this.schedule.flags.map((flag) => [flag.rule, flag.code])).toContainEqual([rule, code]);
    prove('fires', [rule]);
    return this;
  }

  /** Among all duties that are open at the scene's now, `rule` holds `code` open. */
  owed(rule: string, code: string): this {
    expect(this.at().duties.map((duty) => [duty.rule, duty.code])).toContainEqual([rule, code]);
    prove('fires', [rule]);
    return this;
  }

  /** The rules of the duties that are open at the scene's now: these and no others. */
  owes(...rules: readonly string[]): this {
    expect(this.at().duties.map(({ rule }) => rule)).toEqual(rules);
    prove('fires', rules);
    return this;
  }

  /** No duty is open at the scene's now. */
  owesNothing(): this {
    return this.owes();
  }

  /** The clock of this name as it stands at `asOf`: at least what `claim` says. A rule it names set the due day. */
  clock(name: string, claim: ClockClaim, asOf: Instant = this.now): this {
    const found = this.at(asOf).clocks.filter(({ clock }) => clock === name);
    expect(found).toEqual([expect.objectContaining({ clock: name })]);
    const [clock] = found;
    const claimed = Object.entries(claim).filter(([, value]) => value !== undefined);
    expect(clock).toMatchObject(Object.fromEntries(claimed));
    for (const member of Object.keys(claim))
      if (claim[member as keyof ClockClaim] === undefined) expect(clock).not.toHaveProperty(member);
    if (claim.rule !== undefined && clock?.due !== undefined) prove('fires', [claim.rule]);
    return this;
  }

  /** These rules were asked about the case and say nothing: no flag, no open duty, no due day, nothing cites them. */
  silent(...rules: readonly string[]): this {
    expect(rules).not.toEqual([]);
    expect([...this.asked]).toEqual(expect.arrayContaining([...rules]));
    const { flags, clocks, duties } = this.at();
    const speaking = [...flags, ...duties, ...clocks.filter(({ due }) => due !== undefined)].map(({ rule }) => rule);
    expect(rules.filter((rule) => [...speaking, ...this.cited].includes(rule))).toEqual([]);
    prove('silent', rules);
    return this;
  }
}
