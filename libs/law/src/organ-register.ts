import {
  dayOfOccurrence,
  derivedId,
  UnknownFact,
  type Instant,
  type LegalDate,
  type Marked,
  type Occurrence,
  type Recorded,
  type Recorder,
  type Uuid,
} from '#libs/kernel';
import { turned, type Organ, type OrganSpan } from './organ-history.js';
import {
  isEntry,
  latestChange,
  type AppointmentRole,
  type RegisterChange,
  type RegisterEntry,
  type RegisterFact,
  type RegisterProcedure,
} from './register-facts.js';

/** The one register of a ledger: the category and the id of its stream. */
export const REGISTER_CATEGORY = 'organRegister';
export const REGISTER_ID: Uuid = derivedId(['organ register']);

export interface Person {
  readonly id: Uuid;
  readonly name: string;
}

/** `from` is its first day, `to` the first day without it. */
interface Held {
  readonly id: Uuid;
  readonly person: Uuid;
  readonly roles: readonly AppointmentRole[];
  readonly from: LegalDate;
}
export interface Appointment extends Held {
  readonly organ: Uuid;
  /** 职务. */
  readonly post: string;
  readonly to?: LegalDate;
}
/** 授权委托: `person` may act under somebody else's `appointment`. */
export interface Delegation extends Held {
  readonly appointment: Uuid;
  readonly to: LegalDate;
}

/** Who did a step of a change, and when. */
interface ChangeStep {
  readonly event: Uuid;
  readonly revision: number;
  readonly recorder: Recorder;
  readonly occurredAt: Occurrence;
  readonly recordedAt: Instant;
  readonly reason?: Marked;
}
/** 变更申请 and what became of it. */
export interface RequestedChange extends ChangeStep {
  readonly changes: readonly RegisterChange[];
  readonly documentNumber?: string;
  readonly decision?: ChangeStep & { readonly outcome: 'approved' | 'refused' };
}

/** 机关登记册, folded from its one stream. `revision` is that of the newest fact in it, −1 when empty. */
export interface OrganRegister {
  readonly revision: number;
  readonly organs: ReadonlyMap<Uuid, Organ>;
  /** 沿革 of each organ, earliest first. */
  readonly histories: ReadonlyMap<Uuid, readonly OrganSpan[]>;
  readonly persons: ReadonlyMap<Uuid, Person>;
  readonly appointments: ReadonlyMap<Uuid, Appointment>;
  readonly delegations: ReadonlyMap<Uuid, Delegation>;
  /** Person by `<issuer> <subject digest>`. */
  readonly accounts: ReadonlyMap<string, Uuid>;
  /** By the event that asked. */
  readonly requests: ReadonlyMap<Uuid, RequestedChange>;
}

export const emptyRegister: OrganRegister = {
  revision: -1,
  organs: new Map(),
  histories: new Map(),
  persons: new Map(),
  appointments: new Map(),
  delegations: new Map(),
  accounts: new Map(),
  requests: new Map(),
};

/** One fold's own copy of the maps, written to while it runs. */
type Draft = {
  readonly [K in Exclude<keyof OrganRegister, 'revision'>]: OrganRegister[K] extends ReadonlyMap<infer Id, infer V>
    ? Map<Id, V>
    : never;
};

const draftOf = (register: OrganRegister): Draft => ({
  organs: new Map(register.organs),
  histories: new Map(register.histories),
  persons: new Map(register.persons),
  appointments: new Map(register.appointments),
  delegations: new Map(register.delegations),
  accounts: new Map(register.accounts),
  requests: new Map(register.requests),
});

/** An entry as it takes effect; `since` is its day when a change brought it in, and the register knows an organ's first. */
type Entered<E extends RegisterEntry> = E extends RegisterEntry
  ? { readonly data: E['data']; readonly on: LegalDate; readonly since?: LegalDate }
  : never;
type Enter<E extends RegisterEntry> = (draft: Draft, entry: Entered<E>) => void;

/** An entry that speaks of what the register does not hold changes nothing. */
const enter: { readonly [T in RegisterEntry['type']]: Enter<Extract<RegisterEntry, { type: T }>> } = {
  OrganRegistered: (draft, { data: { organ, ...traits }, since }) => {
    place(draft, organ, [{ ...(since && { from: since }), turn: traits, organ: { id: organ, ...traits } }]);
  },
  OrganChanged: (draft, { data: { organ, ...change }, on }) => {
    const history = draft.histories.get(organ);
    if (history) place(draft, organ, turned(history, on, change));
  },
  OrganAbolished: (draft, { data: { organ, into }, on }) => {
    const history = draft.histories.get(organ);
    if (history) place(draft, organ, turned(history, on, { abolishedOn: on, ...(into && { mergedInto: into }) }));
  },
  PersonRegistered: ({ persons }, { data: { person, name } }) => {
    persons.set(person, { id: person, name });
  },
  PersonRenamed: ({ persons }, { data: { person, name } }) => {
    if (persons.has(person)) persons.set(person, { id: person, name });
  },
  AccountLinked: ({ accounts }, { data: { person, issuer, subjectDigest } }) => {
    accounts.set(accountKey(issuer, subjectDigest), person);
  },
  AccountUnlinked: ({ accounts }, { data: { person, issuer, subjectDigest } }) => {
    const key = accountKey(issuer, subjectDigest);
    if (accounts.get(key) === person) accounts.delete(key);
  },
  AppointmentMade: ({ appointments }, { data: { appointment, ...rest }, on }) => {
    appointments.set(appointment, { id: appointment, ...rest, from: on });
  },
  AppointmentEnded: ({ appointments }, { data: { appointment }, on }) => {
    const made = appointments.get(appointment);
    if (made) appointments.set(appointment, { ...made, to: on });
  },
  DelegationMade: ({ delegations }, { data: { delegation, ...rest }, on }) => {
    delegations.set(delegation, { id: delegation, ...rest, from: on });
  },
  DelegationEnded: ({ delegations }, { data: { delegation }, on }) => {
    const made = delegations.get(delegation);
    if (made) delegations.set(delegation, { ...made, to: on });
  },
};

function place({ organs, histories }: Draft, id: Uuid, history: readonly OrganSpan[]): void {
  const last = history.at(-1);
  if (!last) return;
  organs.set(id, last.organ);
  histories.set(id, history);
}

const proceed: {
  readonly [T in RegisterProcedure['type']]: (
    draft: Draft,
    fact: Recorded<Extract<RegisterProcedure, { type: T }>>,
  ) => void;
} = {
  RegisterChangeRequested: ask,
  DelegationChangeRequested: ask,
  RegisterChangeApproved: (draft, fact) => {
    const asked = pending(draft, fact.data.request);
    if (!asked) return;
    draft.requests.set(asked.event, { ...asked, decision: { outcome: 'approved', ...stepOf(fact) } });
    for (const change of asked.changes) enterChange(draft, change);
  },
  RegisterChangeRefused: (draft, fact) => {
    const asked = pending(draft, fact.data.request);
    if (!asked) return;
    const { reason } = fact.data;
    draft.requests.set(asked.event, { ...asked, decision: { outcome: 'refused', ...stepOf(fact), reason } });
  },
};

type Asking = Extract<RegisterProcedure, { readonly type: 'RegisterChangeRequested' | 'DelegationChangeRequested' }>;

function ask({ requests }: Draft, fact: Recorded<Asking>): void {
  const { changes, ...rest } = fact.data;
  requests.set(fact.id, { ...stepOf(fact), ...rest, changes: changes.map(latestChange) });
}

function pending({ requests }: Draft, request: Uuid): RequestedChange | undefined {
  const asked = requests.get(request);
  return asked?.decision ? undefined : asked;
}

const stepOf = ({ id, revision, recorder, occurredAt, recordedAt }: Omit<Recorded, 'type' | 'data'>): ChangeStep => ({
  event: id,
  revision,
  recorder,
  occurredAt,
  recordedAt,
});

function enterChange(draft: Draft, { type, data, occurredAt: { on } }: RegisterChange): void {
  // The table has the step of exactly this type of entry, which a union of functions cannot say.
  (enter[type] as Enter<RegisterEntry>)(draft, { data, on, since: on } as Entered<RegisterEntry>);
}

function take(draft: Draft, fact: Recorded<RegisterFact>): void {
  // As above: each table has the step of exactly this type, or none.
  if (isEntry(fact)) {
    const entry = { data: fact.data, on: dayOfOccurrence(fact.occurredAt) } as Entered<RegisterEntry>;
    return (enter[fact.type] as Enter<RegisterEntry>)(draft, entry);
  }
  const steps = proceed as Readonly<Record<string, (draft: Draft, fact: Recorded<RegisterFact>) => void>>;
  const step = Object.hasOwn(proceed, fact.type) ? steps[fact.type] : undefined;
  if (!step) throw new UnknownFact(fact.type, fact.version);
  step(draft, fact);
}

/**
 * The register after `facts` of its stream, in order. `register` is left as it is. The maps are copied once per call, so
 * fold many facts together. @throws UnknownFact
 */
export function registerAfter(register: OrganRegister, facts: readonly Recorded<RegisterFact>[]): OrganRegister {
  const last = facts.at(-1);
  if (!last) return register;
  const draft = draftOf(register);
  for (const fact of facts) take(draft, fact);
  return { revision: last.revision, ...draft };
}

/** The register as it would be with `changes` approved: to judge by, never kept. */
export function registerWith(register: OrganRegister, changes: readonly RegisterChange[]): OrganRegister {
  const draft = draftOf(register);
  for (const change of changes) enterChange(draft, change);
  return { revision: register.revision, ...draft };
}

export const accountKey = (issuer: string, subjectDigest: string): string => `${issuer} ${subjectDigest}`;
