import { partsOf, type EventLog } from '#libs/kernel';
import { awaitedOf, type Story } from './naive.js';

export interface Count {
  /** Warnings and cards that must stand in the end. */
  readonly due: number;
  /** Of these, those that do not; and what stands that must not. */
  readonly lost: number;
  readonly unfounded: number;
  /** Warnings, cards and anomalies that were issued while the same stood. */
  readonly doubled: number;
  /** Those that were lost or are unfounded, by name. */
  readonly wrong: readonly string[];
}

interface Issued {
  readonly of: { readonly case: string };
  readonly clock: string;
  readonly due: string;
  readonly colour?: string;
}

/** Counts what the supervision files of a log hold against what must stand of each case at `now`. */
export async function counted(log: EventLog, stories: ReadonlyMap<string, Story>, now: string): Promise<Count> {
  const standing = new Map<string, string>();
  const issued = new Map<string, string>();
  let doubled = 0;
  const issue = (key: string, event: string): void => {
    if (standing.has(key)) doubled += 1;
    standing.set(key, event);
    issued.set(event, key);
  };
  for await (const { id, type, data, stream } of log.readAll()) {
    if (partsOf(stream)?.category !== 'supervision') continue;
    // What the product stored; its shape is the product's.
    const told = data as unknown as Issued & { readonly issued?: string; readonly anomaly?: string };
    const { rule, code, evidence } = data as unknown as { rule: string; code: string; evidence: readonly string[] };
    if (type === 'SupervisionWarningIssued') issue(`${told.of.case} ${told.due} warning`, id);
    else if (type === 'SupervisionCardIssued') issue(`${told.of.case} ${told.due} ${told.colour}`, id);
    else if (type === 'SupervisionAnomalyDetected') issue(`${told.of.case} ${rule} ${code} ${evidence.join(' ')}`, id);
    else standing.delete(issued.get(told.issued ?? told.anomaly ?? '') ?? '');
  }
  const awaited = [...stories].flatMap(([id, story]) =>
    awaitedOf(story, now).map(({ due, stage }) => `${id} ${due} ${stage}`),
  );
  const stages = [...standing.keys()].filter((key) => /^\S+ \d{4}-\d{2}-\d{2} \w+$/.test(key));
  const lost = awaited.filter((key) => !standing.has(key));
  const unfounded = stages.filter((key) => !awaited.includes(key));
  const wrong = [...lost.map((key) => `lost ${key}`), ...unfounded.map((key) => `unfounded ${key}`)];
  return { due: awaited.length, lost: lost.length, unfounded: unfounded.length, doubled, wrong };
}
