import { dayOf, type Context, type Uuid } from '#libs/kernel';
import {
  personsBehind,
  areaOf,
  capacitiesOf,
  organOn,
  registrarsOn,
  type Capacity,
  type LawBook,
  type OrganRegister,
  type RegisterChange,
  type RequestedChange,
} from '#libs/law';
import { refusal } from './refusals.js';

type Asking = Pick<Context<LawBook>, 'now' | 'recorder'>;

/**
 * What the recorder acts as today, as the register itself stands: the register in hand, by which they were let in, may
 * lag behind one that ended their appointment.
 */
export function capacityIn(register: OrganRegister, { now, recorder }: Asking): Capacity | undefined {
  const id = recorder.delegation ?? recorder.appointment;
  return capacitiesOf(register, recorder.person, dayOf(now)).find((capacity) => capacity.id === id);
}

/**
 * 登记管理: by a registrar of a staffing office, for the organs of its region and below. What is registered of a person
 * concerns every organ that person serves: an account opens all of their appointments. @throws Refusal
 */
export function assertKeeps(register: OrganRegister, changes: readonly RegisterChange[], context: Asking): void {
  const capacity = capacityIn(register, context);
  const office = capacity && organOn(register, capacity.appointment.organ, dayOf(context.now));
  if (!capacity?.roles.includes('registrar') || office?.kind !== 'staffingOffice')
    throw refusal('NOT_REGISTRAR', { kind: 'notEntitled' });
  const area = areaOf(office.region);
  if (changes.flatMap((change) => regionsOf(change, register)).some((region) => !region.startsWith(area)))
    throw refusal('OUT_OF_AREA', { kind: 'notEntitled' });
}

/** Every region a change has to do with. What it names that is not registered is told elsewhere. */
function regionsOf(change: RegisterChange, register: OrganRegister): readonly string[] {
  const named = change.type === 'OrganRegistered' || change.type === 'OrganChanged' ? change.data.region : undefined;
  const organs = organsOf(change, register).map((id) => id && register.organs.get(id)?.region);
  return [named, ...organs].filter((region) => region !== undefined);
}

function organsOf(change: RegisterChange, register: OrganRegister): readonly (Uuid | undefined)[] {
  const { appointments, delegations } = register;
  const served = (appointment: Uuid | undefined) => appointment && appointments.get(appointment)?.organ;
  switch (change.type) {
    case 'OrganRegistered':
    case 'OrganChanged':
    case 'AppointmentMade':
      return [change.data.organ];
    case 'OrganAbolished':
      return [change.data.organ, change.data.into];
    case 'PersonRegistered':
    case 'PersonRenamed':
    case 'AccountLinked':
    case 'AccountUnlinked':
      return [...appointments.values()].flatMap(({ person, organ }) => (person === change.data.person ? [organ] : []));
    case 'AppointmentEnded':
    case 'DelegationMade':
      return [served(change.data.appointment)];
    case 'DelegationEnded':
      return [served(delegations.get(change.data.delegation)?.appointment)];
  }
}

/** Whose appointment, account or delegation a change is about. */
export function concerned(change: RegisterChange, { appointments, delegations }: OrganRegister): readonly Uuid[] {
  const holder = (appointment: Uuid | undefined): readonly Uuid[] => {
    const held = appointment && appointments.get(appointment)?.person;
    return held ? [held] : [];
  };
  switch (change.type) {
    case 'OrganRegistered':
    case 'OrganChanged':
    case 'OrganAbolished':
      return [];
    case 'PersonRegistered':
    case 'PersonRenamed':
    case 'AccountLinked':
    case 'AccountUnlinked':
    case 'AppointmentMade':
      return [change.data.person];
    case 'AppointmentEnded':
      return holder(change.data.appointment);
    case 'DelegationMade':
      return [change.data.person, ...holder(change.data.appointment)];
    case 'DelegationEnded': {
      const made = delegations.get(change.data.delegation);
      return made ? [made.person, ...holder(made.appointment)] : [];
    }
  }
}

/** 四眼: who decides is another person than who asked; whatever account or appointment they use. @throws Refusal */
export function assertOtherPerson(asked: RequestedChange, register: OrganRegister, { recorder }: Asking): void {
  const requesters = personsBehind(asked.recorder, register);
  if (personsBehind(recorder, register).some((person) => requesters.includes(person)))
    throw refusal('APPROVER_IS_REQUESTER', { kind: 'notEntitled', pointer: '/request' });
}

/** And nobody approves what benefits themselves, or whom they act for. @throws Refusal */
export function assertNotConcerned(asked: RequestedChange, register: OrganRegister, { recorder }: Asking): void {
  const about = asked.changes.flatMap((change) => concerned(change, register));
  if (personsBehind(recorder, register).some((person) => about.includes(person)))
    throw refusal('APPROVER_BENEFITS', { kind: 'notEntitled', pointer: '/request' });
}

/** That two persons are left who can keep the register, where there were two. @throws Refusal */
export function assertRegistrarsLeft(
  before: OrganRegister,
  after: OrganRegister,
  { changes }: Pick<RequestedChange, 'changes'>,
  { now }: Asking,
): void {
  for (const day of [dayOf(now), ...changes.map(({ occurredAt }) => occurredAt.on)]) {
    const left = registrarsOn(after, day).size;
    if (left < 2 && left < registrarsOn(before, day).size) throw refusal('REGISTRARS_TOO_FEW', { kind: 'impossible' });
  }
}
