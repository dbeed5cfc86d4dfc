import type { Evolve, Recorded } from '#libs/kernel';
import { emptyRegister, registerAfter, type OrganRegister, type RegisterFact } from '#libs/law';

/**
 * The register as a case. Facts are put by one after the other and folded together when somebody asks, because every
 * fold copies the register.
 */
export class RegisterState {
  private folded: OrganRegister | undefined;

  private constructor(
    private earlier: RegisterState | undefined,
    private readonly fact: Recorded<RegisterFact> | undefined,
  ) {}

  static readonly empty = new RegisterState(undefined, undefined);

  with(fact: Recorded<RegisterFact>): RegisterState {
    return new RegisterState(this, fact);
  }

  get register(): OrganRegister {
    return (this.folded ??= RegisterState.fold(this));
  }

  /** Folds what follows on the nearest state that was folded, and lets go of what came before. */
  private static fold(state: RegisterState): OrganRegister {
    const facts: Recorded<RegisterFact>[] = [];
    let at: RegisterState | undefined = state;
    for (; at?.fact && !at.folded; at = at.earlier) facts.push(at.fact);
    state.earlier = undefined;
    return registerAfter(at?.folded ?? emptyRegister, facts.reverse());
  }
}

const next = (state: RegisterState, fact: Recorded<RegisterFact>): RegisterState => state.with(fact);

/** What each fact does to the register is said where everybody reads it: law/organ-register.ts. */
export const evolve: Evolve<RegisterState, RegisterFact> = {
  OrganRegistered: next,
  OrganChanged: next,
  OrganAbolished: next,
  PersonRegistered: next,
  PersonRenamed: next,
  AccountLinked: next,
  AccountUnlinked: next,
  AppointmentMade: next,
  AppointmentEnded: next,
  DelegationMade: next,
  DelegationEnded: next,
  RegisterChangeRequested: next,
  DelegationChangeRequested: next,
  RegisterChangeApproved: next,
  RegisterChangeRefused: next,
};
