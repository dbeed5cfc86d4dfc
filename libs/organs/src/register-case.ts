import { dayOf, on, type CommandType, type Context, type Decider, type Decision, type Uuid } from '#libs/kernel';
import { REGISTER_CATEGORY, registerFacts, type LawBook, type OrganRegister, type RegisterFact } from '#libs/law';
import * as asking from './asked.js';
import type { Asked } from './asked.js';
import * as commands from './commands.js';
import { assertFits } from './fitting.js';
import { assertKeeps, assertNotConcerned, assertOtherPerson, assertRegistrarsLeft, capacityIn } from './keeping.js';
import { refusal } from './refusals.js';
import { evolve, RegisterState } from './register-state.js';

type Asking = Context<LawBook>;

/*
 * Every change is asked for by one person and approved by another; only the approval has effect. What was asked for is
 * stored as the entries it will make. Everything is checked against the register as its stream stands, at the request
 * and once more at the approval.
 */

interface Change {
  readonly documentNumber?: string;
  readonly reason?: string;
}

const toAsk = (asked: readonly Asked[], { documentNumber, reason }: Change) => ({
  changes: asked.map(({ change }) => change),
  ...(documentNumber !== undefined && { documentNumber }),
  ...(reason !== undefined && { reason }),
});

/** 申请登记变更, by who keeps the register. */
const registrarAsks =
  <C extends Change>(build: (command: C, context: Asking) => readonly Asked[]) =>
  (command: C, { register }: RegisterState, context: Asking) => {
    const asked = build(command, context);
    const data = toAsk(asked, command);
    assertKeeps(register, data.changes, context);
    const after = assertFits(register, asked, dayOf(context.now));
    assertRegistrarsLeft(register, after, data, context);
    return [{ type: 'RegisterChangeRequested' as const, data }];
  };

/** 申请授权委托: only of an appointment of one's own, and never of what was itself delegated. */
function askDelegation(command: commands.MakeDelegation, { register }: RegisterState, context: Asking) {
  const { recorder } = context;
  assertServes(register, context);
  const asked = asking.delegationMade(command, context);
  const holder = register.appointments.get(command.appointment)?.person;
  const delegated = recorder.delegation !== undefined && recorder.appointment === command.appointment;
  if (delegated) throw refusal('DELEGATION_CHAIN', { kind: 'notEntitled', pointer: '/appointment' });
  if (holder !== undefined && holder !== recorder.person)
    throw refusal('DELEGATION_NOT_HELD', { kind: 'notEntitled', pointer: '/appointment' });
  assertFits(register, asked, dayOf(context.now));
  return [{ type: 'DelegationChangeRequested' as const, data: toAsk(asked, command) }];
}

/** 申请终止授权. It also ends by itself, on its last day and with the appointment. */
function askDelegationEnd(command: commands.EndDelegation, { register }: RegisterState, context: Asking) {
  assertServes(register, context);
  const asked = asking.delegationEnded(command);
  assertFits(register, asked, dayOf(context.now));
  const made = register.delegations.get(command.delegation);
  const sides = [made?.person, made && register.appointments.get(made.appointment)?.person];
  const keeps = capacityIn(register, context)?.roles.includes('registrar');
  if (!keeps && !sides.includes(context.recorder.person))
    throw refusal('DELEGATION_NOT_YOURS', { kind: 'notEntitled', pointer: '/delegation' });
  return [{ type: 'DelegationChangeRequested' as const, data: toAsk(asked, command) }];
}

/** Whoever's appointment the register has ended meanwhile asks for nothing. */
function assertServes(register: OrganRegister, context: Asking): void {
  if (!capacityIn(register, context)) throw refusal('APPOINTMENT_NOT_HELD', { kind: 'notEntitled' });
}

/** 准予变更. */
function approve({ request }: commands.ApproveRegisterChange, { register }: RegisterState, context: Asking) {
  const asked = undecided(register, request);
  assertKeeps(register, asked.changes, context);
  assertOtherPerson(asked, register, context);
  assertNotConcerned(asked, register, context);
  const entries = asked.changes.map((change) => ({ change, at: '' }));
  const after = assertFits(register, entries, dayOf(context.now), '/request');
  assertRegistrarsLeft(register, after, asked, context);
  return [{ type: 'RegisterChangeApproved' as const, data: { request } }];
}

/** 不予变更. */
function refuse({ request, reason }: commands.RefuseRegisterChange, { register }: RegisterState, context: Asking) {
  const asked = undecided(register, request);
  assertKeeps(register, asked.changes, context);
  assertOtherPerson(asked, register, context);
  return [{ type: 'RegisterChangeRefused' as const, data: { request, reason } }];
}

function undecided(register: OrganRegister, request: Uuid) {
  const asked = register.requests.get(request);
  if (!asked) throw refusal('CHANGE_UNKNOWN', { kind: 'malformed', pointer: '/request' });
  const { decision } = asked;
  if (decision) {
    const values = { on: dayOf(decision.recordedAt) };
    throw refusal('CHANGE_DECIDED', { kind: 'impossible', pointer: '/request', values });
  }
  return asked;
}

const requested = <C extends commands.Change>(
  command: CommandType<C>,
  build: (command: C, context: Asking) => readonly Asked[],
): Decision<RegisterState, RegisterFact, LawBook> =>
  on({ command, records: 'RegisterChangeRequested', decide: registrarAsks(build) });

/** What may be asked, and what it records. */
const decisions: readonly Decision<RegisterState, RegisterFact, LawBook>[] = [
  requested(commands.RegisterOrgan, asking.organRegistered),
  requested(commands.ChangeOrgan, asking.organChanged),
  requested(commands.AbolishOrgan, asking.organAbolished),
  requested(commands.RegisterPerson, asking.personRegistered),
  requested(commands.RenamePerson, asking.personRenamed),
  requested(commands.LinkAccount, asking.accountLinked),
  requested(commands.UnlinkAccount, asking.accountUnlinked),
  requested(commands.MakeAppointment, asking.appointmentMade),
  requested(commands.EndAppointment, asking.appointmentEnded),
  on({ command: commands.MakeDelegation, records: 'DelegationChangeRequested', decide: askDelegation }),
  on({ command: commands.EndDelegation, records: 'DelegationChangeRequested', decide: askDelegationEnd }),
  on({ command: commands.ApproveRegisterChange, records: 'RegisterChangeApproved', seen: true, decide: approve }),
  on({ command: commands.RefuseRegisterChange, records: 'RegisterChangeRefused', seen: true, decide: refuse }),
];

export const registerCase: Decider<RegisterState, RegisterFact, LawBook> = {
  category: REGISTER_CATEGORY,
  facts: registerFacts,
  initial: RegisterState.empty,
  evolve,
  decisions,
};
