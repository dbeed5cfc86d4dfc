import {
  partsOf,
  StreamNotFound,
  streamName,
  type AnyFact,
  type CaseSystem,
  type EventLog,
  type Position,
  type Uuid,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { caseAt, eventsUpTo, factsKnown } from './case-at.js';
import { namesIn } from './case-pages.js';

/** What stands beside a case in a file of another system, and is told with the case's own file to whoever may read that. */
export interface Beside {
  /** What it is called in the case's file. */
  readonly member: string;
  /**
   * What the file said up to a place of the log; undefined where there was none.
   * @throws LogUnavailable; IntegrityBroken; UnknownFact.
   */
  told(of: BesideCase, from: { readonly log: EventLog; readonly law: LawBook }): Promise<object | undefined>;
}

interface BesideCase {
  readonly category: string;
  readonly id: Uuid;
  /** Of the case itself. */
  readonly stream: string;
  readonly position: Position;
}

/** The particulars of a file, with its id and where it is read. @param root path of the system of the files. */
export const besideIn = <State, F extends AnyFact>(
  system: CaseSystem<State, F, LawBook>,
  { member, root, fileOf }: { readonly member: string; readonly root: string; readonly fileOf: FileOf },
): Beside => ({
  member,
  told: async ({ category, id, stream, position }, { log, law }) => {
    const ledger = partsOf(stream)?.ledger;
    if (ledger === undefined || category === system.decider.category) return undefined;
    const file = fileOf(category, id);
    const events = await eventsUpTo(log, streamName(ledger, system.decider.category, file), position).catch(
      (error: unknown) => {
        if (error instanceof StreamNotFound) return [];
        throw error;
      },
    );
    const at = caseAt(system, { case: file, facts: factsKnown(system, events, new Set()), law });
    return at && { case: file, href: `${root}/${file}`, ...system.particulars(at.state, namesIn(law), law) };
  },
});

type FileOf = (category: string, caseId: Uuid) => Uuid;
