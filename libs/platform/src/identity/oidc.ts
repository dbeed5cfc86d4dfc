import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';

const DISCOVERY_TIMEOUT_MS = 5_000;

/**
 * The keys of an OIDC issuer, found through its discovery document (OpenID Connect Discovery 1.0 section 4) at first
 * use and fetched again when a token names an unknown key, at most every 30 seconds.
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
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(DISCOVERY_TIMEOUT_MS), redirect: 'error' });
  const document = answer.ok ? ((await answer.json()) as { issuer?: unknown; jwks_uri?: unknown }) : {};
  if (document.issuer !== issuer || typeof document.jwks_uri !== 'string')
    throw new errors.JWKSTimeout(`${address} is no discovery document of ${issuer}`);
  return createRemoteJWKSet(new URL(document.jwks_uri), {
    timeoutDuration: DISCOVERY_TIMEOUT_MS,
    cooldownDuration: 30_000,
  });
}
