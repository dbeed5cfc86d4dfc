import { endOfDay, ownInstants, supervising } from './cards-in-time.js';
import { explaining } from './explaining.js';
import { rounded } from './figures.js';
import { memoryOf } from './memory.js';
import { openCases, type OpenCases } from './open-cases.js';
import { recompute } from './recompute.js';
import type { Result, Suite } from './suite.js';
import { watchCost } from './watch-cost.js';

const SIZES = {
  quick: { count: 1_500, hourly: 20, asked: 200, pairs: 2, seconds: 1 },
  full: { count: 100_000, hourly: 300, asked: 2_000, pairs: 4, seconds: 20 },
};

/**
 * Electronic supervision over many open clocks: what an explanation takes, what the watch costs a command, how soon a notice
 * for a year has moved every due day and every case was told, and how soon cards stand. All of it in one service on one
 * simulated clock, which moves on from one part to the next.
 */
export const supervision: Suite = async ({ quick, processes }) => {
  const { count, hourly, asked, pairs, seconds } = SIZES[quick ? 'quick' : 'full'];
  const of = await openCases(processes.folder, { count, hourly });
  const results: Result[] = [];
  // A quarter of an hour is long: what is measured is told as it comes.
  const measured = async (result: Promise<Result>): Promise<void> => {
    results.push(await result);
    process.stderr.write(`${JSON.stringify(results.at(-1))}\n`);
  };
  try {
    await measured(memory(of));
    await measured(explaining(of, asked));
    const stop = await supervising(of);
    try {
      await measured(recompute(of));
      await measured(ownInstants(of));
      await measured(endOfDay(of));
    } finally {
      await stop();
    }
    await measured(watchCost(of, { pairs, seconds }));
    return results;
  } finally {
    await of.close();
  }
};

/** The due-index is a table with its indexes: the watch keeps nothing of it in memory. */
async function memory({ tables: { db, schema }, count }: OpenCases): Promise<Result> {
  const [row] = await db.query<{ bytes: string }>(
    `SELECT pg_total_relation_size('${schema}."assistance_due"') AS bytes`,
  );
  const bytes = Number(row?.bytes);
  const resident = await memoryOf(process.pid);
  return {
    name: 'supervision: memory of the due-index',
    openClocks: count,
    dueIndexMiB: rounded(bytes / 2 ** 20, 1),
    bytesPerClock: rounded(bytes / count),
    ...(resident && { residentMiBOfTheWholeService: resident.ownMiB }),
  };
}
