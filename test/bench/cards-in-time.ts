import { assistance } from '#libs/assistance';
import { nextInstant, partsOf, type Position } from '#libs/kernel';
import { startWatching, watchedSystem, watchOf } from '#libs/platform';
import { whenTimePassesSuperviseEachCase } from '#libs/reactions';
import { supervision } from '#libs/supervision';
import { median, quantile, rounded } from './figures.js';
import type { OpenCases } from './open-cases.js';
import type { Result } from './suite.js';
import { secondsSince, until } from './waiting.js';

const AIM_OWN_INSTANT_SECONDS = 1;
const AIM_END_OF_DAY_SECONDS = 60;
/** Midnight in Xiamen: the day before the last day begins; and the last day is over. */
const WARNED_FROM = '2026-12-23T16:00:00.000Z';
const LATE_FROM = '2026-12-25T16:00:00.000Z';

/** Supervises the open cases, as the service does with the role. @returns how to stop. */
export const supervising = ({ runtime }: Pick<OpenCases, 'runtime'>): Promise<() => Promise<void>> => {
  const roles = new Set([...runtime.settings.roles, 'supervisor' as const]);
  return startWatching(
    { ...runtime, settings: { ...runtime.settings, roles } },
    watchOf(whenTimePassesSuperviseEachCase, supervision),
    [watchedSystem(assistance), watchedSystem(supervision)],
  );
};

/**
 * Seconds from the instant a limit in hours has passed, one clock after the other, until its card is durable. @throws Error
 * when one comes twice.
 */
export async function ownInstants(of: OpenCases): Promise<Result> {
  const issued = new Issued(of);
  const taken: number[] = [];
  for (const { id, dueAt } of of.hourly) {
    await moveTo(of, nextInstant(dueAt));
    const began = performance.now();
    await until(async () => (await issued.read()).get(`yellow ${id}`) === 1, 2);
    taken.push(secondsSince(began));
  }
  issued.assertOnce();
  const p99Seconds = rounded(quantile(taken, 0.99), 2);
  return {
    name: 'supervision: a card at its own instant',
    openClocks: of.count,
    cards: taken.length,
    p50Seconds: rounded(median(taken), 2),
    p99Seconds,
    aim: { p99Seconds: AIM_OWN_INSTANT_SECONDS },
    met: p99Seconds <= AIM_OWN_INSTANT_SECONDS,
  };
}

/** The end of a day on which the limit of a tenth of all cases ends; a working day before, each is warned of. */
export async function endOfDay(of: OpenCases): Promise<Result> {
  const issued = new Issued(of);
  const secondsUntilAll = async (kind: string, at: string): Promise<number> => {
    const began = performance.now();
    await moveTo(of, at);
    await until(async () => {
      const counts = await issued.read();
      return of.together.every((id) => counts.has(`${kind} ${id}`));
    }, 100);
    return secondsSince(began);
  };
  const warnings = await secondsUntilAll('warning', WARNED_FROM);
  const seconds = rounded(await secondsUntilAll('yellow', LATE_FROM), 1);
  issued.assertOnce();
  return {
    name: 'supervision: the end of a day',
    openClocks: of.count,
    cards: of.together.length,
    secondsForAllWarnings: rounded(warnings, 1),
    seconds,
    cardsPerSecond: rounded(of.together.length / seconds),
    aim: { seconds: AIM_END_OF_DAY_SECONDS },
    met: seconds <= AIM_END_OF_DAY_SECONDS,
  };
}

async function moveTo({ officer }: OpenCases, at: string): Promise<void> {
  const { status, text } = await officer('zhong.clock').post('/v1/simulation/clock', { to: { at } });
  if (status !== 200) throw new Error(`the clock does not move to ${at}: ${text}`);
}

/** Warnings and cards in the log, read on from the last time: how many of each kind for each case. */
class Issued {
  private readonly counts = new Map<string, number>();
  private position: Position | undefined;

  constructor(private readonly of: OpenCases) {
    this.position = of.runtime.viewing.position;
  }

  async read(): Promise<ReadonlyMap<string, number>> {
    for await (const { stream, type, data, position } of this.of.runtime.log.log.readAll(this.position)) {
      this.position = position;
      if (partsOf(stream)?.category !== 'supervision') continue;
      const told = data as { readonly of?: { readonly case: string }; readonly colour?: string };
      if (type === 'SupervisionWarningIssued') this.count(`warning ${told.of?.case}`);
      if (type === 'SupervisionCardIssued') this.count(`${told.colour} ${told.of?.case}`);
    }
    return this.counts;
  }

  assertOnce(): void {
    for (const [name, count] of this.counts) if (count !== 1) throw new Error(`${name} came ${count} times`);
  }

  private count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }
}
