import { positionKey } from '../../../libs/platform/src/event-log/embedded/rows.js';
import { Tables } from '../../../libs/platform/src/event-log/embedded/tables.js';
import { dataFile } from './support.js';

/** Writes to the log in the folder of its first argument, at the position of its second, whoever holds the lock. */
async function main(folder: string, position: number): Promise<void> {
  const tables = Tables.open(dataFile(folder));
  const key = positionKey(position);
  await tables.commit(key, () => tables.put('records', key, Buffer.from('not ours')));
  await tables.close();
  process.stdout.write('written\n');
}

void main(process.argv[2] ?? '', Number(process.argv[3]));
