/**
 * `npm run -s bar:simulation`: random officers over the pure deciders, and over HTTP against the built service; after each
 * step product and naive model say the same of the case. The last line of standard output is {seed, steps, cases, recorded,
 * http: {steps, cases, recorded, refused, repeated, reacted}, disagreements}; the exit code is 0 only without any.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ServiceProcess } from '../service/child.js';
import { Officer } from '../service/client.js';
import { tempFolder } from '../service/folder.js';
import { registerFile } from './cast.js';
import { Chance, seedOf } from './chance.js';
import { playOverHttp, type RanOverHttp } from './over-http.js';
import { playMany } from './run.js';
import { productStage } from './stage.js';
import { beginning } from './story.js';

/** A round over HTTP is not longer: the days it plays are those of the model's calendar. */
const STEPS_OF_ROUND = 300;
const PLANS = {
  quick: { steps: 4_000, rounds: 1 },
  full: { steps: 100_000, rounds: 20 },
} as const;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
  const plan = PLANS[values.quick ? 'quick' : 'full'];
  const seed = seedOf();
  console.error(`simulation: KESU_TEST_SEED=${seed}`);
  const pure = playMany(seed, plan.steps, productStage());
  const chance = new Chance(seed);
  const http: RanOverHttp[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    http.push(await roundOverHttp(round === 0 ? seed : chance.between(0, 0x7fff_ffff), beginning(chance)));
    console.error(
      `round ${round + 1}`,
      JSON.stringify({ ...http.at(-1), disagreements: http.at(-1)?.disagreements.length }),
    );
  }
  const disagreements = [...pure.disagreements, ...http.flatMap((ran) => ran.disagreements)];
  for (const disagreement of disagreements) console.error(disagreement);
  const sum = (count: (ran: RanOverHttp) => number): number => http.reduce((all, ran) => all + count(ran), 0);
  console.log(
    JSON.stringify({
      seed,
      steps: pure.steps,
      cases: pure.cases,
      recorded: pure.recorded,
      http: {
        steps: sum(({ steps }) => steps),
        cases: sum(({ cases }) => cases),
        recorded: sum(({ recorded }) => recorded),
        refused: sum(({ refused }) => refused),
        repeated: sum(({ repeated }) => repeated),
        reacted: sum(({ reacted }) => reacted),
      },
      disagreements: disagreements.length,
    }),
  );
  process.exitCode = disagreements.length === 0 ? 0 : 1;
}

/** One round against a service of its own: the clock of a simulation never goes back. */
async function roundOverHttp(seed: number, start: string): Promise<RanOverHttp> {
  const folder = await tempFolder();
  writeFileSync(folder.at('organs.json'), JSON.stringify(registerFile()));
  const service = await ServiceProcess.start({
    KESU_DATA: folder.at('data'),
    KESU_PORT: '0',
    KESU_LOG_LEVEL: 'error',
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: start,
    KESU_ORGANS: folder.at('organs.json'),
    KESU_REFUSALS_PER_MINUTE: '1000000',
  });
  try {
    const officers = new Map<string, Officer>();
    const as = (account: string): Officer => {
      const known = officers.get(account) ?? new Officer(() => service.url, account);
      officers.set(account, known);
      return known;
    };
    return await playOverHttp(seed, STEPS_OF_ROUND, { as });
  } finally {
    await service.stop();
    await folder.remove();
  }
}

void main();
