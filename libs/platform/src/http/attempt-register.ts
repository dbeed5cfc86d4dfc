import type { Instant, Row, Uuid } from '#libs/kernel';
import { supervises, type OrganRegister } from '#libs/law';
import type { AttemptViews } from '../attempts/index.js';
import { Deadline, Denial, type LawShelf } from '../ledger/index.js';
import { single, type Exchange } from './caller.js';
import { disclose, purposeFrom, type Disclosed } from './disclosed.js';
import { viewsFault } from './views-fault.js';

/** How long a reader waits until the rows have come to the end of the attempt log. */
const CATCH_UP_MS = 10_000;
const PAGE = 50;

/** Which attempts are asked for: all that is given must hold. */
export interface AttemptsWanted {
  readonly route?: string | undefined;
  readonly code?: string | undefined;
  readonly person?: Uuid | undefined;
  readonly about?: Uuid | undefined;
  readonly period: { readonly from?: Instant; readonly before?: Instant };
  readonly after?: string | undefined;
  readonly limit?: number | undefined;
}

/**
 * 尝试目录: what those were refused whom the reader's office supervises: by the organ they acted for, or, where they acted
 * for none, by any they ever held an appointment in.
 */
export class AttemptRegister {
  constructor(
    private readonly law: LawShelf,
    /** Undefined where this process has no read models. */
    private readonly views: AttemptViews | undefined,
    private readonly mode: { readonly mode?: string },
  ) {}

  /** A page, newest first. @throws Denial PURPOSE_REQUIRED, VIEWS_NOT_HERE, VIEWS_UNAVAILABLE; Fault CURSOR_MALFORMED */
  async list(wanted: AttemptsWanted, { caller, request, reply }: Exchange): Promise<Disclosed<object>> {
    const purpose = purposeFrom(single(request.headers['kesu-purpose']));
    if (purpose === undefined) throw new Denial('PURPOSE_REQUIRED');
    return disclose({ recorder: caller.recorder, purpose, what: 'attempts' }, async () => {
      const { organs: register } = this.law.book;
      const page = await this.pageOf(wanted, reachOf(register, caller.viewer));
      void reply.header('cache-control', 'no-store');
      return {
        ...this.mode,
        attempts: page.rows.map((row) => told(row, register)),
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    });
  }

  private async pageOf(wanted: AttemptsWanted, { organs, persons }: Reach) {
    const { views } = this;
    if (!views) throw new Denial('VIEWS_NOT_HERE');
    const { period, after, limit = PAGE, ...equal } = wanted;
    const where = Object.entries(equal).filter((entry): entry is [string, string] => entry[1] !== undefined);
    try {
      await new Deadline(CATCH_UP_MS).bound(views.catchUp());
      return await views.list({
        where: { ...Object.fromEntries(where), refused_at: period },
        anyOf: [{ organ: organs }, { organ: null, person: persons }],
        order: ['refused_at'],
        descending: true,
        limit,
        ...(after === undefined ? {} : { after }),
      });
    } catch (cause) {
      throw viewsFault(cause);
    }
  }
}

interface Reach {
  readonly organs: readonly Uuid[];
  readonly persons: readonly Uuid[];
}

function reachOf(register: OrganRegister, viewer: Exchange['caller']['viewer']): Reach {
  const organs = [...register.organs.keys()].filter((organ) => supervises(register, viewer, organ));
  const within = new Set(organs);
  const held = [...register.appointments.values()].filter(({ organ }) => within.has(organ));
  return { organs, persons: [...new Set(held.map(({ person }) => person))] };
}

function told({ case: command, about, refused_at: at, ...row }: Row, register: OrganRegister): object {
  const given = Object.entries(row).filter(([, value]) => value !== null);
  return {
    at,
    ...Object.fromEntries(given),
    personName: register.persons.get(row.person as Uuid)?.name ?? row.person,
    organName: register.organs.get(row.organ as Uuid)?.name,
    case: about,
    command,
  };
}
