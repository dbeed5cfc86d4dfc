import { Chance } from './chance.js';
import { made, replayed, type Marks } from './pure.js';
import { shortest } from './shrink.js';
import type { Stage } from './stage.js';
import { told } from './tell.js';

const STEPS_OF_STORY = 25;

export interface Ran {
  readonly cases: number;
  readonly steps: number;
  readonly recorded: number;
  /** One text for each story in which model and product came to differ. */
  readonly disagreements: readonly string[];
}

/** Plays stories until they have `steps` steps together or one ends in a difference. */
export function playMany(seed: number, steps: number, stage: Stage, marks: Marks = new Map()): Ran {
  const chance = new Chance(seed);
  const disagreements: string[] = [];
  let [cases, taken, recorded] = [0, 0, 0];
  while (taken < steps && disagreements.length === 0) {
    const came = made(chance.between(0, 0x7fff_ffff), STEPS_OF_STORY, stage, marks);
    cases += 1;
    taken += came.steps.length;
    recorded += came.recorded;
    if (came.differences.length === 0) continue;
    const least = shortest(came.steps, stage);
    disagreements.push(told(seed, least, replayed(least, stage)));
  }
  return { cases, steps: taken, recorded, disagreements };
}
