import { Simulation } from '../../apps/demo/src/simulation.js';
import { BEGINS, stories, TOLD_ON } from '../../apps/demo/src/stories/index.js';
import { played, type Scene } from '../../apps/demo/src/story.js';
import { serviceHere, type ServiceHere } from '../service/index.js';

/*
 * What the demo tells, held to what the law makes of it: each clock's verdict and due day, each duty and flag by its rule.
 */
interface Told {
  readonly status: string;
  readonly assessment: {
    readonly clocks: readonly { clock: string; verdict: string; due?: string; daysLate?: number }[];
    readonly duties: readonly { rule: string }[];
    readonly flags: readonly { rule: string; finding?: true; says: string }[];
  };
}

let here: ServiceHere;
let told: readonly Told[];
let simulation: Simulation;
let scenes: readonly Scene[];
let cases: readonly string[];

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: BEGINS });
  simulation = await Simulation.on(here.url);
  scenes = stories.map((story) => story(simulation.cast));
  cases = await played(simulation, scenes);
  await simulation.moveTo(TOLD_ON);
  told = await Promise.all(
    scenes.map(({ reader }, index) => simulation.get<Told>(reader, `/v1/assistance/${cases[index]}`)),
  );
}, 300_000);

afterAll(() => here.end(), 60_000);

const summary = ({ status, assessment: { clocks, duties, flags } }: Told) => ({
  status,
  clocks: clocks.map(({ clock, verdict, due }) => [clock, verdict, due ?? ''].join(' ').trim()),
  duties: duties.map(({ rule }) => rule),
  flags: flags.map(({ rule, finding }) => (finding ? `${rule} 认定` : rule)),
});

it('is an ordinary case that was asked for in time and, once extended, answered in time', () => {
  expect(summary(told[0]!)).toEqual({
    status: 'archived',
    clocks: ['provide onTime 2026-10-19', 'request onTime 2026-09-22'],
    duties: [],
    flags: [],
  });
});

it('is an urgent case helped on the spot, whose archives are still owed', () => {
  expect(summary(told[1]!)).toEqual({
    status: 'closed',
    clocks: ['provide onTime 2026-10-15', 'request notApplicable'],
    duties: ['XM-15-7', 'XM-15-7'],
    flags: [],
  });
});

it('is a refused case of a decided class, with everything returned', () => {
  expect(summary(told[2]!)).toEqual({
    status: 'archived',
    clocks: ['provide onTime 2026-10-27', 'request notApplicable'],
    duties: [],
    flags: ['XM-16-5'],
  });
});

it('is a case done badly, with exactly the rules it breaks', () => {
  const { flags, ...rest } = summary(told[3]!);
  expect(rest).toEqual({
    status: 'closed',
    clocks: ['provide late 2026-10-14', 'request late 2026-09-20'],
    duties: ['XM-15-0', 'XM-15-0', 'XM-15-7', 'XM-15-7'],
  });
  expect([...new Set(flags)].sort()).toEqual(
    'XM-14-1 XM-14-2 XM-15-0 XM-16-6 XM-22-2 XM-6-1 XM-6-2 XM-6-3 XM-7-1'.split(' ').concat('XM-4-1 认定').sort(),
  );
  expect(told[3]?.assessment.clocks.map(({ daysLate }) => daysLate)).toEqual([20, 2]);
});

it('tells of each case what was known when', async () => {
  const seen: string[][] = [];
  for (const [index, { reader, known }] of scenes.entries())
    for (const { at } of known) {
      const then = await simulation.get<Told>(reader, `/v1/assistance/${cases[index]}?knownAt=${at}`);
      seen.push([at, ...summary(then).clocks]);
    }
  expect(seen).toEqual([
    ['2026-09-20', 'provide running 2026-09-29', 'request onTime 2026-09-22'],
    ['2026-10-12', 'provide running 2026-10-19', 'request onTime 2026-09-22'],
    // What took place on 24 September was recorded on the 28th: on the 25th nobody could say when the limit ends.
    ['2026-09-25', 'provide cannotJudge', 'request notApplicable'],
    ['2026-09-28', 'provide onTime 2026-10-15', 'request notApplicable'],
    ['2026-10-12', 'provide onTime 2026-10-27', 'request notApplicable'],
    ['2026-09-29', 'provide cannotJudge', 'request late 2026-09-20'],
    ['2026-10-16', 'provide late 2026-10-14', 'request late 2026-09-20'],
  ]);
});

it('says everything in Chinese', () => {
  for (const { assessment } of told) for (const { says } of assessment.flags) expect(says).toMatch(/^[^a-zA-Z]*。$/);
});
