import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

/*
 * Loaded into the measured process before its own program: SIGUSR2 begins a CPU profile, so that starting and warming up
 * are not in it, and SIGUSR2 again writes it to the file that BENCH_PROFILE names.
 */
const session = new Session();
session.connect();
session.post('Profiler.enable');
process.once('SIGUSR2', () => {
  session.post('Profiler.start');
  process.once('SIGUSR2', () =>
    session.post('Profiler.stop', (_error, stopped) =>
      writeFileSync(process.env.BENCH_PROFILE ?? '', JSON.stringify(stopped?.profile)),
    ),
  );
});
