import type { Uuid } from '#libs/kernel';
import { isEntry, type OrganRegister, type RegisterEntry, type RegisterFact } from '#libs/law';

type Ids = readonly Uuid[];

/**
 * The ids by which cases name what a fact of the register says anew: its person, appointment or organ, with the organs
 * below it, since 隶属关系 is read upwards, on whatever day they were below. A staffing office is found by region, not by
 * name: it reaches the organs of every region it was in. A change reaches what its entries reach once it is approved,
 * and nobody before. Who holds which account judges nothing. @param register after the fact.
 */
export function registerReach(fact: RegisterFact, register: OrganRegister): ReadonlySet<Uuid> {
  if (isEntry(fact)) return new Set(entryReach(fact, register));
  if (fact.type !== 'RegisterChangeApproved') return new Set();
  const changes = register.requests.get(fact.data.request)?.changes ?? [];
  return new Set(changes.flatMap((change) => entryReach(change, register)));
}

function entryReach(entry: RegisterEntry, register: OrganRegister): Ids {
  switch (entry.type) {
    case 'AccountLinked':
    case 'AccountUnlinked':
      return [];
    case 'PersonRegistered':
    case 'PersonRenamed':
      return [entry.data.person];
    case 'OrganRegistered':
    case 'OrganChanged':
    case 'OrganAbolished':
      return [...belowAll([entry.data.organ, ...sharingOffice(entry.data.organ, register)], register)];
    case 'AppointmentMade':
    case 'AppointmentEnded':
      return appointmentReach(entry.data.appointment, register);
    case 'DelegationMade':
    case 'DelegationEnded': {
      const made = register.delegations.get(entry.data.delegation);
      return made ? [made.id, made.person, ...appointmentReach(made.appointment, register)] : [];
    }
  }
}

function appointmentReach(id: Uuid, { appointments }: OrganRegister): Ids {
  const made = appointments.get(id);
  return [id, ...(made ? [made.person, made.organ] : [])];
}

/** Where the organ ever was a staffing office: every organ that ever was of a region it was in. */
function sharingOffice(organ: Uuid, { histories }: OrganRegister): Ids {
  const spans = histories.get(organ) ?? [];
  if (!spans.some((span) => span.organ.kind === 'staffingOffice')) return [];
  const regions = new Set(spans.map((span) => span.organ.region));
  return [...histories].flatMap(([id, own]) => (own.some((span) => regions.has(span.organ.region)) ? [id] : []));
}

function belowAll(organs: Ids, { histories }: OrganRegister): ReadonlySet<Uuid> {
  const below = new Map<Uuid, Uuid[]>();
  for (const [id, spans] of histories)
    for (const superior of new Set(spans.map((span) => span.organ.superior)))
      if (superior) below.set(superior, [...(below.get(superior) ?? []), id]);
  const found = new Set(organs);
  // A set yields what is added while it is walked.
  for (const above of found) for (const id of below.get(above) ?? []) found.add(id);
  return found;
}
