import { createRemoteJWKSet, type JWTVerifyGetKey } from 'jose';
import { isTrustworthyUrl, UNTRUSTWORTHY } from '../settings/index.js';

const DISCOVERY_TIMEOUT_MS = 5_000;

/** The issuer cannot be used as it presents itself. For the operator: whoever asks is told ISSUER_UNAVAILABLE. */
export class IssuerUnusable extends Error {
  override readonly name = 'IssuerUnusable';
}

/**
 * The keys of an OIDC issuer, found through its discovery document (OpenID Connect Discovery 1.0 section 4) at first
 * use and fetched again when a token names an unknown key, at most every 30 seconds. Neither the issuer nor its keys are
 * asked over a connection on which somebody else could answer.
 */
export function oidcKeys(issuer: string): JWTVerifyGetKey {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  return async (header, token) => {
    keys ??= discover(issuer).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}

async function discover(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  assertTrustworthy('issuer', issuer);
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS), redirect: 'error' });
  const document = answer.ok ? ((await answer.json()) as { issuer?: unknown; jwks_uri?: unknown }) : {};
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw new IssuerUnusable(`身份提供方的发现文档不可用：${address} 不是 ${issuer} 的发现文档`);
  assertTrustworthy('jwks_uri', document.jwks_uri);
  return createRemoteJWKSet(new URL(document.jwks_uri), {
    timeoutDuration: DISCOVERY_TIMEOUT_MS,
    cooldownDuration: 30_000,
  });
}

function assertTrustworthy(what: string, address: string): void {
  if (!isTrustworthyUrl(address)) throw new IssuerUnusable(`身份提供方的 ${what} ${UNTRUSTWORTHY}：${address}`);
}
