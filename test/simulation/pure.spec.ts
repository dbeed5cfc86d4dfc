import { assistance } from '#libs/assistance';
import { effortOf, seedOf } from './chance.js';
import { PLAYED } from './commands.js';
import { KINDS } from './naive/acts.js';
import { playMany } from './run.js';
import { productStage } from './stage.js';

/* Random officers over the pure deciders: after each step the product and the naive model say the same of the case. */

const stage = productStage();
const STEPS = 1_000;
const marks = new Map<string, number>();

it('plays every command a person can give', () => {
  const { decider, policy } = assistance;
  const ofPersons = decider.decisions.filter(({ records }) => !policy[records].record.roles.includes('service'));
  const commands = ofPersons.map(({ command }) => command.name);
  expect(PLAYED.map(({ name }) => name).sort()).toEqual(commands.sort());
});

it.each([20260410, 16, 2])(
  'agrees with the model after each step of seed %d',
  (seed) => {
    expect(playMany(seed, STEPS, stage, marks).disagreements).toEqual([]);
  },
  180_000,
);

it('has met everything the model speaks of', () => {
  const statuses =
    'obstacleNoted notRequested requested delivered accepted inProgress provided fedBack cannotAssist closed ' +
    'refusedClosed archived';
  const refusals =
    'ALREADY_ARCHIVED ALREADY_REQUESTED ASSESSOR_INVOLVED CASE_CLOSED CASE_NOT_FOUND COUNTERPARTY_UNKNOWN EMERGENCY_REQUIRED ' +
    'EVENT_UNKNOWN EXTENSION_UNKNOWN FEEDBACK_EMPTY MATERIALS_EMPTY NOTE_REQUIRED NOT_CLOSED NOT_ENTITLED ' +
    'NOT_REQUESTED NOT_URGENT NO_LAW_IN_FORCE REGIME_NOT_ACTIVE RULE_NOT_HUMAN RULE_NOT_OF_PACK SAME_ORGAN ' +
    'UNKNOWN_CODE UNKNOWN_ORGAN UNKNOWN_PERSON';
  const duties =
    'archiving extensionFiling formalities materialsReturn registration takingUp termsNotice writtenFeedback';
  const turns =
    'requesting,requesting suspended,delivering,providing,providing suspended,feedingBack,returning,closing,archiving,nothing';
  const verdicts = ['running', 'onTime', 'late', 'cannotJudge without a day', 'notApplicable without a day'];
  const awaited = [
    'corrected',
    ...KINDS.map((kind) => `recorded ${kind}`),
    ...statuses.split(' ').map((status) => `status "${status}"`),
    ...refusals.split(' ').map((code) => `refused ${code}`),
    ...turns.split(',').map((turn) => `turn ${turn}`),
    ...duties.split(' ').map((code) => `owed ${code}`),
    ...['provide', 'request'].flatMap((clock) => verdicts.map((verdict) => `${clock} ${verdict}`)),
  ];
  expect(awaited.filter((what) => !marks.has(what))).toEqual([]);
});

it('agrees with the model after each step of a seed of the day', () => {
  const seed = seedOf();
  process.stdout.write(`simulation of deciders: KESU_TEST_SEED=${seed}\n`);
  expect(playMany(seed, STEPS * effortOf(), stage).disagreements).toEqual([]);
}, 600_000);
