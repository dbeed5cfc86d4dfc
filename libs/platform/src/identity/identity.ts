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
import { accountKey, capacitiesOf, type AccountHolder, type Capacity, type LawBook } from '#libs/law';
import { IdentityRefused } from './identity-refused.js';
import type { TokenCheck, TokenHolder } from './token-check.js';

/** Who a request comes from: an authenticated person, acting under one appointment held today, or by delegation of one. */
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
   * @param actingAs value of Kesu-Acting-As: the id of an appointment or of a delegation. Needed when several
   * appointments are held today; a delegation is acted under only when it is named.
   * @throws IdentityRefused
   */
  async callerOf(authorization: string | undefined, actingAs: string | undefined, law: LawBook): Promise<Caller> {
    const holder = await this.tokens.holderOf(authorization);
    const subjectDigest = await this.digestOf(holder);
    const person = law.organs.accounts.get(accountKey(holder.issuer, subjectDigest));
    if (!person) throw new IdentityRefused('PERSON_NOT_REGISTERED');
    const { issuer, client } = holder;
    const held = capacitiesOf(law.organs, person, dayOf(this.clock.now()));
    const { appointment, delegation, roles } = actingCapacity(held, actingAs, {
      person,
      issuer,
      subjectDigest,
      client,
    });
    return {
      recorder: {
        person,
        appointment: appointment.id,
        organ: appointment.organ,
        ...(delegation && { delegation: delegation.id }),
        issuer,
        subjectDigest,
        client,
      },
      viewer: { organ: appointment.organ, roles },
    };
  }

  /** The account named `subject` of the issuer whose tokens are taken, as the register holds it. */
  async accountOf(subject: string): Promise<Omit<AccountHolder, 'person'>> {
    const { issuer } = this.tokens;
    return { issuer, subjectDigest: await this.digestOf({ issuer, subject }) };
  }

  private async digestOf({ issuer, subject }: Omit<TokenHolder, 'client'>): Promise<string> {
    const name = accountKey(issuer, subject);
    const kept = this.digests.get(name);
    if (kept) return kept;
    const digest = keyedDigest([issuer, subject], await this.keys.obtain(ledgerSubject(this.ledger)));
    if (this.digests.size >= DIGESTS_KEPT_MAX) this.digests.clear();
    this.digests.set(name, digest);
    return digest;
  }
}

function actingCapacity(held: readonly Capacity[], actingAs: string | undefined, who: Recorder): Capacity {
  if (actingAs === undefined) return onlyAppointment(held, who);
  if (!isUuid(actingAs)) throw new IdentityRefused('ACTING_AS_MALFORMED');
  const named = held.find(({ id }) => id === actingAs);
  if (!named) throw new IdentityRefused('ACTING_AS_NOT_HELD', { who });
  return named;
}

function onlyAppointment(held: readonly Capacity[], who: Recorder): Capacity {
  const [own, another] = held.filter(({ delegation }) => !delegation);
  if (own && !another) return own;
  throw held.length === 0 ? new IdentityRefused('NO_APPOINTMENT', { who }) : new IdentityRefused('ACTING_AS_REQUIRED');
}
