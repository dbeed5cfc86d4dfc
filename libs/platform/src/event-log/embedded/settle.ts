import { readSummary, SUMMARY_KEY, summaryRow } from './rows.js';
import { Tables } from './tables.js';

/** Two commits that change nothing: after them both meta pages, and the roots they name, are of the usual form. */
export async function settle(file: string): Promise<void> {
  const tables = Tables.open(file);
  const summary = summaryRow(readSummary(tables.get('summary', SUMMARY_KEY)));
  const unused = Buffer.alloc(8);
  for (let n = 0; n < 2; n += 1) await tables.commit(unused, () => tables.put('summary', SUMMARY_KEY, summary));
  await tables.close();
}
