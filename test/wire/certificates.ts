import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A private authority and a certificate of it for this machine's loopback addresses. */
export interface Certificates {
  /** What a client must trust. */
  readonly caFile: string;
  readonly certificate: Buffer;
  readonly key: Buffer;
  /** Deletes the folder they stand in. */
  remove(): void;
}

const NODE = 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:localhost,IP:127.0.0.1\n';
const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Makes both with the machine's openssl, in a temporary folder. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'wire-tls-'));
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  writeFileSync(join(folder, 'node.ext'), NODE);
  openssl(
    'req',
    '-x509',
    ...KEY,
    '-days',
    '2',
    '-subj',
    '/CN=wire test authority',
    '-keyout',
    'ca.key',
    '-out',
    'ca.crt',
  );
  openssl('req', ...KEY, '-subj', '/CN=wire', '-keyout', 'node.key', '-out', 'node.csr');
  const signing = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'node.ext'];
  openssl('x509', '-req', '-in', 'node.csr', ...signing, '-out', 'node.crt');
  return {
    caFile: join(folder, 'ca.crt'),
    certificate: readFileSync(join(folder, 'node.crt')),
    key: readFileSync(join(folder, 'node.key')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
