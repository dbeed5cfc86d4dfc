import { setTimeout as sleep } from 'node:timers/promises';
import type { Instant, Uuid } from '#libs/kernel';
import type { Logger } from '../log/index.js';
import { atOnce, isFinal } from '../reacting/index.js';
import { onShown, type ViewTables } from '../views/index.js';
import { lookAt, type LookingParts, type WatchedSystem } from './looking.js';
import { unfounded, unissued, type Candidate, type Compared } from './turned.js';

export interface WatcherParts extends LookingParts {
  readonly systems: readonly WatchedSystem[];
  readonly tables: ViewTables;
  readonly logger: Logger;
  /** While clocks disagree nothing is recorded. */
  readonly clocksAgree: () => boolean;
}

/** How often the due-index is asked what has turned since it was last asked. */
const TICK_MS = 250;
/** How often the cases that moved are compared: to ask about many costs little more than to ask about one. */
const MOVED_MS = 1_000;
/** How often everything is compared, whatever was asked before: read models fed by this process, and by others. */
const SWEEP_MS = { embedded: 60_000, server: 5_000 } as const;
const PAGE = 1_000;
const AT_ONCE = 32;
const RETRY_MS = 1_000;

/**
 * 监看: asks the due-index what has turned and looks at those cases, and at every case that moved. All it knows by heart may
 * be forgotten: from time to time, and first of all, everything that should stand is compared with everything that does.
 * The due-index may lag and be asked twice: each case is judged again on its own stream, and what it leads to is recorded
 * under ids that follow from it.
 */
export class Watcher {
  private since: Instant | undefined;
  private sweptAt = -Infinity;
  private comparedAt = -Infinity;
  private lawSeen: unknown;
  private readonly moved = new Set<Uuid>();

  constructor(private readonly parts: WatcherParts) {}

  /** Works until `signal` is aborted. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    const { tables, logger } = this.parts;
    const end = onShown(tables.db, (shown) => {
      for (const id of shown.keys()) this.moved.add(id);
    });
    while (!signal.aborted) {
      let pause = TICK_MS;
      try {
        if (this.parts.clocksAgree()) await this.turn(signal);
      } catch (error) {
        logger.warn('what has turned could not be looked at, and is looked at again', { error });
        this.sweptAt = -Infinity;
        pause = RETRY_MS;
      }
      await sleep(pause, undefined, { signal }).catch(() => undefined);
    }
    end();
  }

  /** One look at everything there is to look at. @throws what reading throws; nothing is then counted as looked at. */
  async turn(signal: AbortSignal): Promise<void> {
    const { clock, law } = this.parts;
    const now = clock.now();
    // Law that changed moves due days of cases that did not move themselves.
    if (this.lawSeen !== law.book) this.sweptAt = -Infinity;
    this.lawSeen = law.book;
    const sweeps = performance.now() - this.sweptAt >= SWEEP_MS[this.parts.tables.db.kind];
    const compares = sweeps || performance.now() - this.comparedAt >= MOVED_MS;
    const cases = compares ? [...this.moved] : [];
    if (compares) {
      this.moved.clear();
      this.comparedAt = performance.now();
    }
    let failed = 0;
    for (const system of this.parts.systems) {
      const of = { tables: this.parts.tables, category: system.category, files: this.parts.watch.category };
      failed += await this.compare(of, system, { now, cases, sweeps }, signal);
    }
    if (signal.aborted) return;
    this.since = now;
    if (sweeps) this.sweptAt = performance.now();
    if (failed > 0) this.sweptAt = -Infinity;
  }

  private async compare(
    of: Compared,
    system: WatchedSystem,
    { now, cases, sweeps }: { readonly now: Instant; readonly cases: readonly Uuid[]; readonly sweeps: boolean },
    signal: AbortSignal,
  ): Promise<number> {
    let failed = 0;
    const look = async (found: readonly Pick<Candidate, 'case'>[]): Promise<void> => {
      failed += await this.lookAtAll(system, [...new Set(found.map(({ case: id }) => id))], signal);
    };
    for (let after: Candidate | undefined; !signal.aborted;) {
      const page = await unissued(of, { now, since: sweeps ? undefined : this.since }, PAGE, after);
      await look(page);
      after = page.at(-1);
      if (page.length < PAGE || !after) break;
    }
    if (sweeps) await look(await unfounded(of, { now }));
    else if (cases.length > 0) {
      await look(await unissued(of, { now, cases }, cases.length * PAGE));
      await look(await unfounded(of, { now, cases }));
    }
    return failed;
  }

  /** @returns how many could not be looked at now. */
  private async lookAtAll(system: WatchedSystem, cases: readonly Uuid[], signal: AbortSignal): Promise<number> {
    let failed = 0;
    await atOnce(cases, { most: AT_ONCE, signal }, async (id) => {
      if (!(await this.looked(system, id))) failed += 1;
    });
    return failed;
  }

  private async looked(system: WatchedSystem, id: Uuid): Promise<boolean> {
    try {
      await lookAt(this.parts, system, id);
      return true;
    } catch (error) {
      const final = isFinal(error);
      this.parts.logger[final ? 'debug' : 'warn']('a watched case was not recorded on', { case: id, error });
      return final;
    }
  }
}
