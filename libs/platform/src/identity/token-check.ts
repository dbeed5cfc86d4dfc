import { errors, jwtVerify, type JWTVerifyGetKey, type JWTVerifyOptions } from 'jose';
import { IdentityRefused } from './identity-refused.js';

export interface TokenHolder {
  readonly issuer: string;
  readonly subject: string;
  /** `client_id` or `azp` of the token, or the word for none. */
  readonly client: string;
}

/** Longer tokens are not parsed. */
const TOKEN_CHARACTERS_MAX = 8 * 1024;
const CLOCK_TOLERANCE_S = 30;
const BEARER = /^Bearer ([A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+)$/i;

/**
 * The one place where tokens are checked, with every option that RFC 8725 section 3 asks for: the algorithms are listed
 * (no `none`, no HMAC, RSA keys for RS256 only), issuer, audience and `typ: at+jwt` (RFC 9068) must fit, `exp`, `iat` and
 * `sub` must be there, no token is older than 12 hours, and clocks may differ by 30 seconds. Headers that carry or name
 * keys (`jwk`, `jku`, `x5u`) are never followed. Token times run on the real clock in every mode.
 */
export class TokenCheck {
  private readonly options: JWTVerifyOptions;

  constructor(
    private readonly keyOf: JWTVerifyGetKey,
    readonly issuer: string,
    audience: string,
  ) {
    this.options = {
      algorithms: ['ES256', 'ES384', 'EdDSA', 'RS256'],
      issuer,
      audience,
      typ: 'at+jwt',
      requiredClaims: ['exp', 'iat', 'sub'],
      maxTokenAge: '12h',
      clockTolerance: CLOCK_TOLERANCE_S,
    };
  }

  /** @throws IdentityRefused TOKEN_MISSING, TOKEN_INVALID (whatever is wrong with it) or ISSUER_UNAVAILABLE. */
  async holderOf(authorization: string | undefined): Promise<TokenHolder> {
    if (authorization === undefined) throw new IdentityRefused('TOKEN_MISSING');
    const token = authorization.length <= TOKEN_CHARACTERS_MAX ? BEARER.exec(authorization)?.[1] : undefined;
    if (token === undefined) throw new IdentityRefused('TOKEN_INVALID');
    const { payload } = await jwtVerify(token, this.keyOf, this.options).catch((error: unknown) => {
      throw isOutage(error)
        ? new IdentityRefused('ISSUER_UNAVAILABLE', { cause: error })
        : new IdentityRefused('TOKEN_INVALID');
    });
    const { iss, sub, iat = 0, client_id: clientId, azp } = payload as Readonly<Record<string, unknown>>;
    // The library looks whether claims are there, not what they are: a list of one account must not read as that account.
    if (!isText(iss) || !isText(sub) || Number(iat) > Date.now() / 1000 + CLOCK_TOLERANCE_S)
      throw new IdentityRefused('TOKEN_INVALID');
    return { issuer: iss, subject: sub, client: [clientId, azp].find((c) => typeof c === 'string') ?? 'unnamed' };
  }
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** The issuer's keys could not be fetched, or what came is no set of keys: nothing is wrong with the token. */
const isOutage = (error: unknown): boolean =>
  !(error instanceof errors.JOSEError) ||
  ['ERR_JOSE_GENERIC', 'ERR_JWKS_INVALID', 'ERR_JWKS_TIMEOUT'].includes(error.code);
