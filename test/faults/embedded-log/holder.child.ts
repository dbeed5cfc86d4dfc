import { EmbeddedLogRefused } from '../../../libs/platform/src/event-log/embedded/index.js';
import { openLog } from './support.js';

/** Says `ready`, waits for a line, tries to open the log in the folder of its argument, says what came of it, stays. */
async function main(folder: string): Promise<void> {
  process.stdout.write('ready\n');
  await new Promise((resolve) => process.stdin.once('data', resolve));
  try {
    await openLog(folder);
    process.stdout.write('open\n');
  } catch (error) {
    if (!(error instanceof EmbeddedLogRefused)) throw error;
    process.stdout.write(`${error.code} ${error.message}\n`);
  }
}

void main(process.argv[2] ?? '');
