import { LogUnavailable } from '#libs/kernel';
import { eventNumbered, openLog, streamNumbered } from './support.js';

/**
 * Opens the log in the folder of its first argument and appends to it from 16 callers at once, three events an append,
 * until it is killed. A line `<stream> <revision>` says that the append which ended there was acknowledged; a last line
 * `unavailable` that the log refused. The second argument keeps its streams and ids apart from other runs'.
 */
const CALLERS = 16;
const EVENTS = 3;
const STREAM_EVENTS = 30;

async function main(folder: string, run: number): Promise<void> {
  const log = await openLog(folder);
  process.stdout.write('open\n');
  let streams = run * 100_000;
  const call = async (): Promise<void> => {
    for (;;) {
      const number = (streams += 1);
      for (let revision = -1; revision < STREAM_EVENTS - 1; revision += EVENTS) {
        const events = Array.from({ length: EVENTS }, (_, n) => eventNumbered(number * 100 + revision + 1 + n, 900));
        await log.append(streamNumbered(number), revision < 0 ? 'no-stream' : revision, events);
        process.stdout.write(`${number} ${revision + EVENTS}\n`);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: CALLERS }, call));
  } catch (error) {
    if (!(error instanceof LogUnavailable)) throw error;
    const failed = await log.failed;
    await log.append(streamNumbered(1), 'no-stream', [eventNumbered(1)]).catch((again: unknown) => {
      if (again === failed) process.stdout.write('unavailable\n');
    });
    await log.close();
  }
}

void main(process.argv[2] ?? '', Number(process.argv[3]));
