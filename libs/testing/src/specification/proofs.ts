import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * What a rule's test showed: that the rule `fires` (it flagged, refused, was owed, set a due day, was cited by a recorded
 * code, or a person held that it bears on the case) or that it stayed `silent` on a case it was asked about.
 */
export type ProofOutcome = 'fires' | 'silent';

/** On what a rule was shown: on the facts that a system records, or on a clock by itself, whose facts nothing records yet. */
export type ProofGround = 'system' | 'clock';

/** A rule that a passed assertion named, in the test that ran it. */
export interface Proof {
  readonly rule: string;
  readonly outcome: ProofOutcome;
  readonly ground: ProofGround;
  /** Path from the root of the repository. */
  readonly file: string;
  /** The test's full name. */
  readonly name: string;
}

/** A rule's value of a pack that a file of the product read, or a check that ran for it, while a test ran. */
export interface Reached {
  readonly rule: string;
  readonly file: string;
}

/** What one test file leaves behind for whoever gathers proofs (`npm run rules`). */
export interface ProofsOfFile {
  readonly file: string;
  /** Rules that a pack the tests ran under names, or that came out of deciding or judging: whoever claims one proves it. */
  readonly claimed: readonly string[];
  readonly proofs: readonly Proof[];
  readonly reached: readonly Reached[];
}

const ROOT = join(__dirname, '..', '..', '..', '..');
const claimed = new Set<string>();
const proofs = new Map<string, Proof>();
const reached = new Map<string, Reached>();

/** The folder proofs are left in; undefined in an ordinary run, which keeps none. */
const folder = (globalThis as { readonly ruleProofs?: string }).ruleProofs;

export const fromRoot = (path: string): string => relative(ROOT, path).replaceAll('\\', '/');

/** Whether somebody gathers proofs of this run. */
export const isGathering = (): boolean => folder !== undefined;

/** An assertion of the running test that named `rules` has passed. */
export function prove(outcome: ProofOutcome, rules: Iterable<string>, ground: ProofGround = 'system'): void {
  const { currentTestName: name, testPath } = expect.getState();
  if (name === undefined || testPath === undefined) return;
  for (const rule of rules) {
    const proof = { rule, outcome, ground, file: fromRoot(testPath), name };
    proofs.set(JSON.stringify([rule, outcome, ground, name]), proof);
  }
}

/** Law in use or code of the product speaks for these rules. */
export function claim(rules: Iterable<string>): void {
  for (const rule of rules) claimed.add(rule);
}

/** Code of the product in `file` has come to `rule`. */
export function reach(rule: string, file: string): void {
  reached.set(`${rule} ${file}`, { rule, file });
}

if (folder !== undefined)
  afterAll(() => {
    const { testPath = '' } = expect.getState();
    const file = fromRoot(testPath);
    const gathered: ProofsOfFile = {
      file,
      claimed: [...claimed],
      proofs: [...proofs.values()],
      reached: [...reached.values()],
    };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${file.replaceAll('/', '+')}.json`), JSON.stringify(gathered));
  });
