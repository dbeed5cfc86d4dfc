import { PLANTED } from './planted.js';
import { playMany } from './run.js';
import { productStage } from './stage.js';

/* The simulation is worth what it finds: each of these products has one thing wrong, and the model notices. */

const STEPS_MAX = 3_000;

it.each(Object.entries(PLANTED))(
  'notices that %s',
  (_name, plant) => {
    const { disagreements } = playMany(7, STEPS_MAX, plant(productStage()));
    expect(disagreements).toEqual([expect.stringContaining('model and product do not agree')]);
  },
  120_000,
);
