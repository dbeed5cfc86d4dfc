import development from '../data/organs/development.json';
import { assertSound, day, fields, id, list, matching, memberOf, oneOf, text, then, type Fault } from './data-check.js';
import type { Organ } from './organ-history.js';
import type { Appointment, Delegation, Person } from './organ-register.js';
import { APPOINTMENT_ROLES, ORGAN_KINDS, ORGAN_LEVELS } from './register-facts.js';

/** 机关登记的初始内容: what an operator's file holds and the first facts of the register are made from. */
export interface OrganSeed {
  readonly organs: readonly Organ[];
  readonly persons: readonly SeededPerson[];
  readonly appointments: readonly Appointment[];
  readonly delegations?: readonly Delegation[];
}

/** `account` is the subject of the person's tokens; one who only acts on paper has none. It never reaches the log. */
export interface SeededPerson extends Person {
  readonly account?: string;
}

const member = (field: string) => (item: unknown) => memberOf(item, field);

const roles = list(oneOf(APPOINTMENT_ROLES), { min: 1, key: (role) => role });

const seedShape = fields(
  {
    organs: list(
      fields(
        {
          id,
          name: text(100),
          kind: oneOf(ORGAN_KINDS),
          region: matching(/^\d{6}$/, '须为 6 位行政区划代码'),
        },
        { level: oneOf(ORGAN_LEVELS), superior: id },
      ),
      { min: 1, key: member('id') },
    ),
    persons: list(
      fields(
        { id, name: text(50) },
        { account: matching(/^[\x21-\x7e]{1,255}$/, '须为 1 至 255 个 ASCII 字符，不含空格') },
      ),
      { min: 1, key: member('id') },
    ),
    appointments: list(
      fields(
        {
          id,
          person: id,
          organ: id,
          post: text(100),
          roles,
          from: day,
        },
        { to: day },
      ),
      { min: 1, key: member('id') },
    ),
  },
  {
    delegations: list(fields({ id, appointment: id, person: id, roles, from: day, to: day }), { key: member('id') }),
  },
);

/** Every fault of a seed: its shape, then references that lead nowhere, lines that run in a circle, shared accounts. */
export const organSeedFaults = (json: unknown): readonly Fault[] =>
  then(seedShape, (value) => {
    // The check before admits nothing that is not a seed.
    const seed = value as OrganSeed;
    return [...organFaults(seed), ...personFaults(seed), ...appointmentFaults(seed), ...delegationFaults(seed)];
  })(json, '');

/** @throws DataFaulty naming every fault, in Chinese, for the operator whose file it is. */
export function organSeedFrom(json: unknown): OrganSeed {
  assertSound('机关登记文件', organSeedFaults(json));
  return json as OrganSeed;
}

/** The organs, persons and appointments of a development or simulation ledger. The persons are invented. */
export const developmentOrgans = (): OrganSeed => organSeedFrom(development);

function organFaults({ organs }: OrganSeed): readonly Fault[] {
  const superiorOf = new Map(organs.map((organ) => [organ.id, organ.superior]));
  const names = new Set<string>();
  return organs.flatMap(({ id: organ, name, superior }, index) => {
    const faults: Fault[] = [];
    if (names.has(name)) faults.push({ at: `/organs/${index}/name`, says: `机关名称重复：${name}` });
    names.add(name);
    if (superior !== undefined && !superiorOf.has(superior))
      faults.push({ at: `/organs/${index}/superior`, says: '上级机关未在文件中登记' });
    const seen = new Set<string>();
    let above = superior;
    while (above !== undefined && above !== organ && !seen.has(above)) {
      seen.add(above);
      above = superiorOf.get(above);
    }
    if (above === organ) faults.push({ at: `/organs/${index}/superior`, says: '隶属关系成环' });
    return faults;
  });
}

function personFaults({ persons }: OrganSeed): readonly Fault[] {
  const accounts = new Set<string>();
  return persons.flatMap(({ account }, index) => {
    if (account === undefined) return [];
    const shared = accounts.has(account);
    accounts.add(account);
    return shared ? [{ at: `/persons/${index}/account`, says: '账户已属于另一人员' }] : [];
  });
}

function appointmentFaults({ organs, persons, appointments }: OrganSeed): readonly Fault[] {
  const knownOrgans = new Set<string>(organs.map((organ) => organ.id));
  const knownPersons = new Set<string>(persons.map((person) => person.id));
  return appointments.flatMap(({ person, organ, from, to }, index) => [
    ...(knownPersons.has(person) ? [] : [{ at: `/appointments/${index}/person`, says: '人员未在文件中登记' }]),
    ...(knownOrgans.has(organ) ? [] : [{ at: `/appointments/${index}/organ`, says: '机关未在文件中登记' }]),
    ...(to !== undefined && to <= from ? [{ at: `/appointments/${index}/to`, says: '免职日期须晚于任职日期' }] : []),
  ]);
}

function delegationFaults({ persons, appointments, delegations = [] }: OrganSeed): readonly Fault[] {
  const knownPersons = new Set<string>(persons.map((person) => person.id));
  const given = new Map(appointments.map((appointment) => [appointment.id, appointment]));
  return delegations.flatMap(({ appointment, person, roles, from, to }, index) => {
    const at = `/delegations/${index}`;
    const made = given.get(appointment);
    const faults: Fault[] = [];
    if (!knownPersons.has(person)) faults.push({ at: `${at}/person`, says: '人员未在文件中登记' });
    if (to <= from) faults.push({ at: `${at}/to`, says: '授权终止日期须晚于授权日期' });
    if (!made) return [...faults, { at: `${at}/appointment`, says: '任职未在文件中登记' }];
    if (made.person === person) faults.push({ at: `${at}/person`, says: '不能授权给任职者本人' });
    if (roles.some((role) => !made.roles.includes(role)))
      faults.push({ at: `${at}/roles`, says: '授权的角色须为该任职所有' });
    if (from < made.from || (made.to !== undefined && made.to < to))
      faults.push({ at, says: '授权期间须在任职期间之内' });
    return faults;
  });
}
