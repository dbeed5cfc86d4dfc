import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { environment } from '../service/child.js';

const run = promisify(execFile);

/** Whether the read models of a service that was ended lead to what they are when built anew, by its own settings. */
export async function viewsHold(settings: Readonly<Record<string, string>>): Promise<boolean> {
  try {
    const { stdout } = await run(process.execPath, [join(__dirname, 'views.js')], { env: environment(settings) });
    const { live, rebuilt } = JSON.parse(stdout) as Readonly<Record<'live' | 'rebuilt', string>>;
    return live === rebuilt;
  } catch (error) {
    console.error(error);
    return false;
  }
}
