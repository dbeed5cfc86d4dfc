import type { Recorder, Uuid } from '#libs/kernel';
import type { OrganRegister, RegisterChange, RequestedChange } from '#libs/law';
import { concerned } from './keeping.js';
import { paged, type Paging } from './paging.js';
import { clausesOf, namesIn } from './sentences.js';

export type ChangeStatus = 'pending' | 'approved' | 'refused';
export const CHANGE_STATUSES: readonly ChangeStatus[] = ['pending', 'approved', 'refused'];

/** Who looks at changes. */
export interface Looking {
  readonly recorder: Recorder;
  /** Others see what they asked for and what concerns them. */
  readonly seesAll: boolean;
}

/** 变更申请, newest first. */
export function changesPage(
  register: OrganRegister,
  looking: Looking,
  { status, ...paging }: Paging & { readonly status?: ChangeStatus | undefined },
): object {
  const seen = [...register.requests.values()]
    .filter((asked) => maySee(register, asked, looking) && (status === undefined || statusOf(asked) === status))
    .reverse();
  const { items, next } = paged(seen, ({ event }) => event, paging);
  return { changes: items.map((asked) => told(register, asked)), ...(next && { next }) };
}

/** One of them; undefined when there is none, or none this person may see. */
export function changePage(register: OrganRegister, id: Uuid, looking: Looking): object | undefined {
  const asked = register.requests.get(id);
  return asked && maySee(register, asked, looking) ? told(register, asked) : undefined;
}

const statusOf = ({ decision }: RequestedChange): ChangeStatus => decision?.outcome ?? 'pending';

const maySee = (register: OrganRegister, asked: RequestedChange, { recorder, seesAll }: Looking): boolean =>
  seesAll ||
  asked.recorder.person === recorder.person ||
  asked.changes.some((change) => concerned(change, register).includes(recorder.person));

function told(register: OrganRegister, asked: RequestedChange): object {
  const names = namesIn(register);
  const { event, changes, documentNumber, reason, decision } = asked;
  const step = ({
    recorder,
    occurredAt,
    recordedAt,
  }: Pick<RequestedChange, 'recorder' | 'occurredAt' | 'recordedAt'>) => ({
    person: names.person(recorder.person),
    ...(recorder.organ && { organ: names.organ(recorder.organ) }),
    occurredAt,
    recordedAt,
  });
  return {
    request: event,
    status: statusOf(asked),
    says: `${clausesOf(changes, names)}。`,
    changes: changes.map(shown),
    ...(documentNumber && { documentNumber }),
    ...(reason === undefined ? {} : { reason }),
    requestedBy: step(asked),
    ...(decision && {
      decision: {
        outcome: decision.outcome,
        by: step(decision),
        ...(decision.reason === undefined ? {} : { reason: decision.reason }),
      },
    }),
  };
}

/** Which account it is only its digest says, and that is for nobody to read. */
function shown({ type, data, occurredAt }: RegisterChange): object {
  const told = Object.entries(data).filter(([name]) => name !== 'subjectDigest');
  return { type, on: occurredAt.on, ...Object.fromEntries(told) };
}
