import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '#libs/platform';
import { startService } from '../../ledger/src/service.js';
import { casePage, type FileAnswer, type TimelineAnswer } from '../../cli/src/print.js';
import { Simulation } from './simulation.js';
import { badlyDone } from './stories/badly-done.js';
import { ordinary } from './stories/ordinary.js';
import { refused } from './stories/refused.js';
import { urgent } from './stories/urgent.js';
import { played, type Scene } from './story.js';

/** All stories begin after this day and are told at the end of the last one. */
const BEGINS = '2026-09-06T16:00:00Z';
const TOLD_ON = '2026-11-09';

/** Drives four cases over HTTP through simulated time and prints how each reads. */
async function main(): Promise<void> {
  const named = process.env.KESU_URL;
  if (named !== undefined) return tell(named);
  const folder = await mkdtemp(join(tmpdir(), 'kesu-demo-'));
  const service = await startService(
    readSettings({
      KESU_MODE: 'simulation',
      KESU_PORT: '0',
      KESU_DATA: join(folder, 'data'),
      KESU_SIMULATION_START: BEGINS,
      KESU_LOG_LEVEL: 'warn',
    }),
  );
  try {
    await tell(service.url);
  } finally {
    await service.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function tell(url: string): Promise<void> {
  const simulation = await Simulation.on(url);
  const scenes: readonly Scene[] = [ordinary, urgent, refused, badlyDone].map((story) => story(simulation.cast));
  const cases = await played(simulation, scenes);
  await simulation.moveTo(TOLD_ON);
  for (const [index, scene] of scenes.entries()) {
    const path = `/v1/assistance/${cases[index]}`;
    const file = await simulation.get<FileAnswer>(scene.reader, path);
    const timeline = await simulation.get<TimelineAnswer>(scene.reader, `${path}/timeline`);
    process.stdout.write(`${index === 0 ? '' : '\n'}【${scene.title}】\n${casePage(timeline, file)}`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
