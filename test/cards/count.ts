import { partsOf, type EventLog } from '#libs/kernel';
import { dayAt } from '../simulation/naive/days.js';
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

/**
 * Counts what the supervision files of a log hold against what must stand of each case at `now`, when everything has been
 * looked at. A warning that was issued after its last day is unfounded.
 * @param looks earlier days on which everything was looked at.
 */
export async function counted(
  log: EventLog,
  stories: ReadonlyMap<string, Story>,
  now: string,
  looks: readonly string[] = [],
): Promise<Count> {
  const standing = new Map<string, string>();
  const issued = new Map<string, string>();
  const belated: string[] = [];
  let doubled = 0;
  const issue = (key: string, event: string): void => {
    if (standing.has(key)) doubled += 1;
    standing.set(key, event);
    issued.set(event, key);
  };
  for await (const { id, type, data, stream, metadata } of log.readAll()) {
    if (partsOf(stream)?.category !== 'supervision') continue;
    // What the product stored; its shape is the product's.
    const told = data as unknown as Issued & { readonly issued?: string; readonly anomaly?: string };
    const { rule, code, evidence } = data as unknown as { rule: string; code: string; evidence: readonly string[] };
    if (type === 'SupervisionWarningIssued') {
      const key = `${told.of.case} ${told.due} warning`;
      const { at } = metadata.occurredAt as { readonly at: string };
      if (dayAt(at) > told.due) belated.push(key);
      issue(key, id);
    } else if (type === 'SupervisionCardIssued') issue(`${told.of.case} ${told.due} ${told.colour}`, id);
    else if (type === 'SupervisionAnomalyDetected') issue(`${told.of.case} ${rule} ${code} ${evidence.join(' ')}`, id);
    else standing.delete(issued.get(told.issued ?? told.anomaly ?? '') ?? '');
  }
  const may = [...stories].flatMap(([id, story]) =>
    awaitedOf(story, now, [...looks, dayAt(now)]).map(({ due, stage, must }) => ({
      key: `${id} ${due} ${stage}`,
      must,
    })),
  );
  const allowed = new Set(may.map(({ key }) => key));
  const awaited = may.filter(({ must }) => must).map(({ key }) => key);
  const stages = [...standing.keys()].filter((key) => /^\S+ \d{4}-\d{2}-\d{2} \w+$/.test(key));
  const lost = awaited.filter((key) => !standing.has(key));
  const unfounded = [...stages.filter((key) => !allowed.has(key)), ...belated];
  const wrong = [...lost.map((key) => `lost ${key}`), ...unfounded.map((key) => `unfounded ${key}`)];
  return { due: awaited.length, lost: lost.length, unfounded: unfounded.length, doubled, wrong };
}
