import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
  type JWK,
  type JWTVerifyGetKey,
} from 'jose';

export const DEVELOPMENT_ISSUER = 'urn:kesu:development';
const TOKEN_LIFETIME = '8h';

/**
 * 开发签发者: signs tokens for whoever asks on this machine. It exists only in development and simulation mode. Its key
 * lies in the key folder, so tokens outlive a restart and several processes agree on it.
 */
export class DevelopmentIssuer {
  private constructor(
    private readonly key: JWK,
    private readonly audience: string,
  ) {}

  static async open(folder: string, audience: string): Promise<DevelopmentIssuer> {
    const path = join(folder, 'development-issuer.jwk');
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const key = (await readKey(path)) ?? (await makeKey(path));
    return new DevelopmentIssuer(key, audience);
  }

  get keys(): JWTVerifyGetKey {
    return createLocalJWKSet({ keys: [publicPart(this.key)] });
  }

  /** A token for `subject`, valid for eight hours from now by the real clock. */
  async tokenFor(subject: string): Promise<string> {
    return new SignJWT({ client_id: 'kesu-development' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: this.key.kid ?? '' })
      .setIssuer(DEVELOPMENT_ISSUER)
      .setAudience(this.audience)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime(TOKEN_LIFETIME)
      .setJti(randomUUID())
      .sign(await importJWK(this.key, 'ES256'));
  }
}

function publicPart({ kty, crv, x, y, kid }: JWK): JWK {
  return { kty, crv, x, y, kid, alg: 'ES256', use: 'sig' } as JWK;
}

async function readKey(path: string): Promise<JWK | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as JWK;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Whoever links first wins; the others read that key. */
async function makeKey(path: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: randomUUID() };
  const made = `${path}.${randomUUID()}.new`;
  const file = await open(made, 'wx', 0o600);
  await file.writeFile(JSON.stringify(key));
  await file.sync();
  await file.close();
  await link(made, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await rm(made, { force: true });
  return (await readKey(path)) ?? key;
}
