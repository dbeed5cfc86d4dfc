import type { LegalDate, Uuid } from '#libs/kernel';
import { isHeldOn, organOn, staffingOfficesOf, type Appointment, type Organ, type OrganRegister } from '#libs/law';
import { paged, type Paging } from './paging.js';
import { namesIn } from './sentences.js';

const traits = ({ name, kind, region, level, superior }: Organ): object => ({
  name,
  kind,
  region,
  ...(level && { level }),
  ...(superior && { superior }),
});

/** 登记册 as a whole: how much it holds, and how many changes wait for a decision. */
export const registerPage = ({ organs, persons, appointments, requests }: OrganRegister): object => ({
  organs: organs.size,
  persons: persons.size,
  appointments: appointments.size,
  pendingChanges: [...requests.values()].filter(({ decision }) => !decision).length,
});

/** 机关 that are there on `on`, as they are on that day, with who serves in them. */
export function organsPage(register: OrganRegister, on: LegalDate): object {
  const serving = new Map<Uuid, object[]>();
  for (const held of register.appointments.values())
    if (isHeldOn(held, on)) {
      const organ = serving.get(held.organ) ?? [];
      organ.push(described(register, held));
      serving.set(held.organ, organ);
    }
  const organs = [...register.organs.keys()].flatMap((id) => organOn(register, id, on) ?? []);
  return { on, organs: organs.map((o) => ({ id: o.id, ...traits(o), appointments: serving.get(o.id) ?? [] })) };
}

/** 一个机关 with its 沿革; undefined when it is not registered. */
export function organPage(register: OrganRegister, id: Uuid, on: LegalDate): object | undefined {
  const latest = register.organs.get(id);
  if (!latest) return undefined;
  const organ = organOn(register, id, on);
  const ids = [...register.organs.keys()];
  const { abolishedOn, mergedInto } = latest;
  return {
    on,
    id,
    inBeing: organ !== undefined,
    ...(organ ? traits(organ) : {}),
    ...(abolishedOn && { abolishedOn }),
    ...(mergedInto && { mergedInto }),
    history: (register.histories.get(id) ?? []).map(({ from, organ: was }) => ({
      ...(from && { from }),
      ...traits(was),
      inBeing: was.abolishedOn === undefined || (from !== undefined && from < was.abolishedOn),
    })),
    subordinates: organ ? ids.filter((other) => organOn(register, other, on)?.superior === id) : [],
    staffingOffices: staffingOfficesOf(register, id, on).map((office) => office.id),
    appointments: organ
      ? [...register.appointments.values()]
          .filter((held) => held.organ === id && isHeldOn(held, on))
          .map((held) => described(register, held))
      : [],
  };
}

/** 人员, with the number of their accounts for who keeps the register. */
export function personsPage(register: OrganRegister, name: string | undefined, keeps: boolean, paging: Paging): object {
  const accounts = [...register.accounts.values()];
  const found = [...register.persons.values()].filter((person) => name === undefined || person.name.includes(name));
  const { items, next } = paged(found, ({ id }) => id, paging);
  return {
    persons: items.map((person) => ({
      id: person.id,
      name: person.name,
      ...(keeps ? { accounts: accounts.filter((holder) => holder === person.id).length } : {}),
    })),
    ...(next && { next }),
  };
}

export interface AppointmentFilter extends Paging {
  readonly organ?: Uuid | undefined;
  readonly person?: Uuid | undefined;
  /** Only what is held on this day; past and coming ones too when left out. */
  readonly on?: LegalDate | undefined;
}

/** 任职 and what was delegated of each. */
export function appointmentsPage(register: OrganRegister, filter: AppointmentFilter): object {
  const { organ, person, on } = filter;
  const found = [...register.appointments.values()].filter(
    (held) =>
      (organ === undefined || held.organ === organ) &&
      (person === undefined || held.person === person) &&
      (on === undefined || (isHeldOn(held, on) && organOn(register, held.organ, on) !== undefined)),
  );
  const { items, next } = paged(found, ({ id }) => id, filter);
  const shown = new Set(items.map(({ id }) => id));
  const delegations = [...register.delegations.values()].filter(
    (made) => shown.has(made.appointment) && (on === undefined || isHeldOn(made, on)),
  );
  return {
    appointments: items.map((held) => ({
      ...described(register, held),
      delegations: delegations
        .filter(({ appointment }) => appointment === held.id)
        .map(({ id, person: receiver, roles, from, to }) => ({
          delegation: id,
          person: receiver,
          name: namesIn(register).person(receiver),
          roles,
          from,
          to,
        })),
    })),
    ...(next && { next }),
  };
}

const described = (register: OrganRegister, held: Appointment): object => {
  const { id, person, organ, post, roles, from, to } = held;
  const name = namesIn(register).person(person);
  return { appointment: id, person, name, organ, post, roles, from, ...(to && { to }) };
};
