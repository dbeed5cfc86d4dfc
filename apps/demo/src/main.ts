import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '#libs/platform';
import { startService } from '../../ledger/src/service.js';
import { drawnPage } from './draw.js';
import { pageOf } from './page.js';
import { Simulation } from './simulation.js';
import { BEGINS, SAMPLED, stories, TOLD_ON } from './stories/index.js';
import { broughtTo, played, type Scene } from './story.js';

/** Drives four cases over HTTP through simulated time, prints how each reads, and draws two of them at random. */
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
  const scenes = stories.map((story) => story(simulation.cast));
  const cases = await played(simulation, scenes);
  await broughtTo(TOLD_ON, simulation, scenes, cases);
  for (const [index, scene] of scenes.entries())
    process.stdout.write(`${index === 0 ? '' : '\n'}${await pageOf(simulation, scene, cases[index] ?? '')}`);
  process.stdout.write(`\n${await drawnPage(simulation, { ...SAMPLED, on: TOLD_ON }, titleIn(scenes, cases))}`);
}

const titleIn =
  (scenes: readonly Scene[], cases: readonly string[]) =>
  (id: string): string =>
    scenes[cases.indexOf(id)]?.title ?? '';

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
