import {
  keyedDigest,
  ledgerSubject,
  dayOf,
  isUuid,
  type Clock,
  type Keys,
  type Recorder,
  type Uuid,
  type Viewer,
} from '#libs/kernel';
import { accountKey, appointmentsOf, type Appointment, type LawBook } from '#libs/law';
import { IdentityRefused } from './identity-refused.js';
import type { TokenCheck, TokenHolder } from './token-check.js';

/** Who a request comes from: an authenticated person, acting under one appointment that is held today. */
export interface Caller {
  readonly recorder: Recorder & { readonly appointment: Uuid; readonly organ: Uuid };
  readonly viewer: Viewer;
}

const DIGESTS_KEPT_MAX = 10_000;

/**
 * 身份: from a bearer token to a person of the organ register and the appointment acted under. Rights are looked up in
 * the register at every request; a token says only who somebody is.
 */
export class Identity {
  private readonly digests = new Map<string, string>();

  constructor(
    private readonly tokens: TokenCheck,
    private readonly keys: Keys,
    private readonly clock: Clock,
    private readonly ledger: string,
  ) {}

  /**
   * @param authorization value of the Authorization header.
   * @param actingAs value of Kesu-Acting-As: the id of an appointment. Needed when several are held today.
   * @throws IdentityRefused
   */
  async callerOf(authorization: string | undefined, actingAs: string | undefined, law: LawBook): Promise<Caller> {
    const holder = await this.tokens.holderOf(authorization);
    const subjectDigest = await this.digestOf(holder);
    const person = law.organs.accounts.get(accountKey(holder.issuer, subjectDigest));
    if (!person) throw new IdentityRefused('PERSON_NOT_REGISTERED');
    const { issuer, client } = holder;
    const held = appointmentsOf(law.organs, person, dayOf(this.clock.now()));
    const appointment = actingAppointment(held, actingAs, { person, issuer, subjectDigest, client });
    return {
      recorder: {
        person,
        appointment: appointment.id,
        organ: appointment.organ,
        issuer,
        subjectDigest,
        client,
      },
      viewer: { organ: appointment.organ, roles: appointment.roles },
    };
  }

  private async digestOf({ issuer, subject }: TokenHolder): Promise<string> {
    const name = accountKey(issuer, subject);
    const kept = this.digests.get(name);
    if (kept) return kept;
    const digest = keyedDigest([issuer, subject], await this.keys.obtain(ledgerSubject(this.ledger)));
    if (this.digests.size >= DIGESTS_KEPT_MAX) this.digests.clear();
    this.digests.set(name, digest);
    return digest;
  }
}

function actingAppointment(held: readonly Appointment[], actingAs: string | undefined, who: Recorder): Appointment {
  if (actingAs !== undefined && !isUuid(actingAs)) throw new IdentityRefused('ACTING_AS_MALFORMED');
  const fitting = actingAs === undefined ? held : held.filter(({ id }) => id === actingAs);
  const [appointment, another] = fitting;
  if (!appointment)
    throw new IdentityRefused(actingAs === undefined ? 'NO_APPOINTMENT' : 'ACTING_AS_NOT_HELD', { who });
  if (another) throw new IdentityRefused('ACTING_AS_REQUIRED');
  return appointment;
}
