import { createInterface } from 'node:readline';
import type { StreamName } from '#libs/kernel';
import { EmbeddedLogRefused } from '../../../libs/platform/src/event-log/embedded/index.js';
import { eventNumbered, openLog, served } from './support.js';

/**
 * Opens the folder named on each line of its input, reads all of it through the port, appends to what it can, and
 * answers with what it was served. A page that ends the process ends it here.
 */
export type Answer =
  { readonly refused: string; readonly message: string } | { readonly served: Awaited<ReturnType<typeof served>> };

async function answerTo(folder: string, streams: readonly StreamName[]): Promise<Answer> {
  try {
    const log = await openLog(folder);
    const answer = await served(log, streams);
    for (const [stream, events] of Object.entries(answer.streams))
      if (typeof events !== 'string')
        await log.append(stream as StreamName, events.length - 1, [eventNumbered(1_000_000)]).catch(() => undefined);
    await log.close();
    return { served: answer };
  } catch (error) {
    if (error instanceof EmbeddedLogRefused) return { refused: error.code, message: error.message };
    return { refused: error instanceof Error ? error.name : 'unknown', message: String(error) };
  }
}

async function main(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const { folder, streams } = JSON.parse(line) as { folder: string; streams: StreamName[] };
    process.stdout.write(`${JSON.stringify(await answerTo(folder, streams))}\n`);
  }
}

void main();
