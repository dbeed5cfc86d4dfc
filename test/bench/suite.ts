import type { Processes } from './processes.js';

/** What a suite is given: how long it may take, and the processes it may start, which are stopped after it. */
export interface Setting {
  /** Each suite within 50 seconds; else as long as figures need to be steady. */
  readonly quick: boolean;
  readonly processes: Processes;
}

/**
 * One line of the outcome. Every suite names what it measured and adds figures of its own; where there is an aim, `aim` has
 * it by the name of its figure, and `met` says whether it was reached. What could not be measured says why in `skipped`.
 */
export interface Result {
  readonly name: string;
  readonly aim?: Readonly<Record<string, number>>;
  readonly met?: boolean;
  readonly skipped?: string;
  readonly [figure: string]: string | number | boolean | Readonly<Record<string, string | number>> | undefined;
}

/** A benchmark. It throws when anything it measured had failed: a figure over failed requests is none. */
export type Suite = (setting: Setting) => Promise<readonly Result[]>;
