import { createHmac, createPublicKey, randomUUID, sign, type KeyObject } from 'node:crypto';

/** A JSON Web Token made by hand: any header, any payload, any signature. */
type Members = Readonly<Record<string, unknown>>;

export const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export interface Issuer {
  readonly privateKey: KeyObject;
  readonly kid: string;
  readonly issuer: string;
  readonly audience: string;
  readonly subject: string;
}

/** Makes tokens as the true issuer does, but for what is changed. A member that is `undefined` is left out. */
export class Forger {
  constructor(readonly issuer: Issuer) {}

  header(changes: Members = {}): Members {
    return { alg: 'ES256', typ: 'at+jwt', kid: this.issuer.kid, ...changes };
  }

  claims(changes: Members = {}): Members {
    const { issuer: iss, audience: aud, subject: sub } = this.issuer;
    return { iss, aud, sub, iat: now(), exp: now() + 600, jti: randomUUID(), client_id: 'forger', ...changes };
  }

  /** Signed with the true key, whatever the header says. */
  token(header: Members = {}, claims: unknown = {}): string {
    const payload = typeof claims === 'object' && claims !== null ? this.claims(claims as Members) : claims;
    return this.signed(`${encoded(this.header(header))}.${encoded(payload)}`, this.issuer.privateKey);
  }

  /** ECDSA over the input, as JWS wants it. */
  signed(input: string, key: KeyObject, dsaEncoding: 'ieee-p1363' | 'der' = 'ieee-p1363'): string {
    return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding }).toString('base64url')}`;
  }

  /** The header says HMAC, and the secret is something everybody can know. */
  hmac(alg: 'HS256' | 'HS384' | 'HS512', secret: string | Buffer): string {
    const input = `${encoded(this.header({ alg }))}.${encoded(this.claims())}`;
    return `${input}.${createHmac(`sha${alg.slice(2)}`, secret)
      .update(input)
      .digest('base64url')}`;
  }

  /** Header and payload, and no signature. */
  unsigned(header: Members): string {
    return `${encoded(this.header(header))}.${encoded(this.claims())}.`;
  }

  get publicPem(): string {
    return createPublicKey(this.issuer.privateKey).export({ type: 'spki', format: 'pem' }).toString();
  }

  get publicJwk(): Members {
    return { ...createPublicKey(this.issuer.privateKey).export({ format: 'jwk' }) };
  }
}

export const now = (): number => Math.floor(Date.now() / 1000);
