import { dayOfOccurrence, type LegalDate, type Marked, type Names, type Recorded, type Uuid } from '#libs/kernel';
import {
  type AppointmentRole,
  type ChangeAsked,
  type OrganRegister,
  type OrganTraits,
  type RegisterChange,
  type RegisterEntry,
  type RegisterEntryType,
  type RegisterFact,
  type RegisterProcedure,
} from '#libs/law';
import { kindNames, levelNames, roleNames } from './words.js';

/** What the register calls what it holds. */
export interface RegisterNames extends Names {
  /** 机关、职务、姓名. */
  readonly appointment: (id: Uuid) => string;
  /** 由谁授权给谁. */
  readonly delegation: (id: Uuid) => string;
}

export function namesIn({ organs, persons, appointments, delegations }: OrganRegister): RegisterNames {
  const organ = (id: Uuid): string => organs.get(id)?.name ?? id;
  const person = (id: Uuid): string => persons.get(id)?.name ?? id;
  const appointment = (id: Uuid): string => {
    const made = appointments.get(id);
    return made ? `${organ(made.organ)}${made.post}${person(made.person)}` : id;
  };
  const delegation = (id: Uuid): string => {
    const made = delegations.get(id);
    return made ? `${appointment(made.appointment)}对${person(made.person)}` : id;
  };
  return { organ, person, appointment, delegation };
}

type Said<T extends RegisterEntryType> = (
  data: Extract<RegisterEntry, { type: T }>['data'],
  on: LegalDate,
  names: RegisterNames,
) => string;

/** One clause per kind of entry, without a stop: a request may hold several. */
const clauses: { readonly [T in RegisterEntryType]: Said<T> } = {
  OrganRegistered: ({ organ: _organ, ...traits }, on, names) => `登记机关${traitsOf(traits, names)}，自${on}起`,
  OrganChanged: ({ organ, noSuperior, ...traits }, on, names) =>
    `变更${names.organ(organ)}：${[traitsOf(traits, names), noSuperior ? '不再有上级机关' : ''].filter(Boolean).join('，')}，自${on}起`,
  OrganAbolished: ({ organ, into }, on, names) =>
    `撤销${names.organ(organ)}${into ? `，并入${names.organ(into)}` : ''}，自${on}起`,
  PersonRegistered: ({ name }) => `登记人员${name}`,
  PersonRenamed: ({ person, name }, _on, names) => `${names.person(person)}更名为${name}`,
  AccountLinked: ({ person }, _on, names) => `为${names.person(person)}关联账户`,
  AccountUnlinked: ({ person }, _on, names) => `解除${names.person(person)}的账户关联`,
  AppointmentMade: ({ person, organ, post, roles }, on, names) =>
    `${names.person(person)}任${names.organ(organ)}${post}（${rolesOf(roles)}），自${on}起`,
  AppointmentEnded: ({ appointment }, on, names) => `${names.appointment(appointment)}的任职自${on}起终止`,
  DelegationMade: ({ appointment, person, roles, to }, on, names) =>
    `${names.appointment(appointment)}授权${names.person(person)}以其名义办理（${rolesOf(roles)}），自${on}起，至${to}前`,
  DelegationEnded: ({ delegation }, on, names) => `${names.delegation(delegation)}的授权自${on}起终止`,
};

/** What a change would do, or did. */
export function clause({ type, data, occurredAt: { on } }: RegisterChange, names: RegisterNames): string {
  // The table has the clause of exactly this type of entry, which a union of functions cannot say.
  return (clauses[type] as Said<RegisterEntryType>)(data, on, names);
}

/** All that is asked for together. Who is first named in it is called by name. */
export function clausesOf(changes: readonly RegisterChange[], names: RegisterNames): string {
  const named = new Map(
    changes.flatMap(({ type, data }) => (type === 'PersonRegistered' ? [[data.person, data.name] as const] : [])),
  );
  const person = (id: Uuid): string => named.get(id) ?? names.person(id);
  return changes.map((change) => clause(change, { ...names, person })).join('；');
}

const asks = ({ changes, documentNumber, reason }: ChangeAsked, names: RegisterNames): string =>
  `申请${clausesOf(changes, names)}${documentNumber ? `（${documentNumber}）` : ''}` +
  `${reason === undefined ? '' : `，理由是${word(reason)}`}。`;

const steps: {
  readonly [T in RegisterProcedure['type']]: (
    data: Extract<RegisterProcedure, { type: T }>['data'],
    names: RegisterNames,
  ) => string;
} = {
  RegisterChangeRequested: asks,
  DelegationChangeRequested: asks,
  RegisterChangeApproved: () => '准予变更。',
  RegisterChangeRefused: ({ reason }) => `不予变更，理由是${word(reason)}。`,
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased. */
export function sentence(fact: Recorded<RegisterFact>, names: Names): string {
  const told: RegisterNames = { ...names, appointment: (id) => id, delegation: (id) => id };
  const say = (steps as Readonly<Record<string, (data: object, names: RegisterNames) => string>>)[fact.type];
  if (say) return say(fact.data, told);
  const entry = { ...fact, occurredAt: { on: dayOfOccurrence(fact.occurredAt) } };
  // What is no step of a change is an entry.
  return `${clause(entry as unknown as RegisterChange, told)}。`;
}

/** 〔密封〕: a value that nobody opened for this reader. */
const word = (value: Marked): string =>
  typeof value === 'string' ? value.trim().replace(/[。．.；;，,！!]+$/u, '') : '〔密封〕';

const rolesOf = (roles: readonly AppointmentRole[]): string => roles.map((role) => roleNames[role]).join('、');

const traitsOf = ({ name, kind, region, level, superior }: Partial<OrganTraits>, names: Names): string =>
  [
    name,
    kind && kindNames[kind],
    level && levelNames[level],
    region && `行政区划${region}`,
    superior && `隶属${names.organ(superior)}`,
  ]
    .filter((part) => part !== undefined)
    .join('，');
