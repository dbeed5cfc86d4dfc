import { join } from 'node:path';

/** Where the embedded log and the embedded read models lie below the data folder. */
export const folders = (data: string): { readonly log: string; readonly views: string } => ({
  log: join(data, 'log'),
  views: join(data, 'views'),
});
