import { createHash, randomBytes } from 'node:crypto';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { SAMPLE_FILES } from '../../libs/testing/src/sample-files/index.js';
import { aRequest, buildApps, Officer, ServiceProcess, tempFolder, type TempFolder } from '../service/index.js';

let folder: TempFolder;
let service: ServiceProcess;

beforeAll(async () => {
  buildApps();
  folder = await tempFolder();
}, 180_000);

afterAll(async () => {
  await service.kill();
  await folder.remove();
});

const start = async (): Promise<Officer> => {
  service = await ServiceProcess.start({ KESU_DATA: folder.at('data'), KESU_PORT: '0', KESU_ROLES: 'api' });
  return new Officer(() => service.url, 'chen.handler');
};
const incoming = (): string[] => readdirSync(folder.at('data', 'documents', 'incoming'));
const recording = (): Buffer =>
  Buffer.concat([
    SAMPLE_FILES['audio/amr'] ?? Buffer.alloc(0),
    randomBytes(60_000 + Math.floor(Math.random() * 200_000)),
  ]);

/** Sends files, each cited by a request once it is taken in, until the service is gone. */
async function bring(chen: Officer, acknowledged: Map<string, { bytes: Buffer; case: string }>): Promise<void> {
  for (;;) {
    const bytes = recording();
    const { status, body } = await chen.upload(bytes);
    if (status !== 201) throw new Error(`${status}`);
    const documents = [{ digest: body.digest, name: '录音.amr' }];
    const recorded = await chen.post('/v1/assistance', aRequest({ documents }));
    if (recorded.status !== 201) throw new Error(`${recorded.status}`);
    acknowledged.set(body.digest, { bytes, case: recorded.body.case });
  }
}

it('killed while files arrive: what a fact cites is there, and what had not arrived is nowhere', async () => {
  const acknowledged = new Map<string, { bytes: Buffer; case: string }>();
  for (let round = 0; round < 2; round += 1) {
    const chen = await start();
    const halfway = await halfAnUpload(chen);
    const before = acknowledged.size;
    const bringing = Promise.all([1, 2, 3].map(() => bring(chen, acknowledged).catch(() => undefined)));
    while (acknowledged.size < before + 5) await new Promise((resume) => setTimeout(resume, 5));
    await service.kill();
    await bringing;
    halfway.destroy();
    expect(incoming().length).toBeGreaterThan(0);
    // As if the next start came minutes later.
    for (const name of incoming()) utimesSync(folder.at('data', 'documents', 'incoming', name), 0, 0);
  }
  const chen = await start();
  expect(incoming()).toEqual([]);
  for (const [digest, { bytes, case: id }] of acknowledged) {
    const { status, bytes: got } = await chen.download(`/v1/assistance/${id}/documents/${digest}`);
    expect([digest, status, got.equals(bytes)]).toEqual([digest, 200, true]);
  }
  // Every file that has a name is whole, also those whose answer nobody got.
  for (const name of namedFiles()) {
    const documents = [{ digest: name, name: '录音.amr' }];
    const { status, body } = await chen.post('/v1/assistance', aRequest({ documents }));
    if (status === 422) expect(body.code).toBe('DOCUMENT_UNKNOWN');
    else {
      const { bytes: got } = await chen.download(`/v1/assistance/${body.case}/documents/${name}`);
      expect(createHash('sha256').update(got).digest('hex')).toBe(name);
    }
  }
}, 180_000);

const namedFiles = (): string[] =>
  readdirSync(folder.at('data', 'documents'), { recursive: true, encoding: 'utf8' })
    .flatMap((path) => /([0-9a-f]{64})$/.exec(path)?.[1] ?? [])
    .filter((digest) => existsSync(folder.at('data', 'documents', digest.slice(0, 2), digest)));

/** An upload of which half has arrived. */
async function halfAnUpload(chen: Officer): Promise<ReturnType<typeof httpRequest>> {
  const headers = { ...(await chen.authorization()), 'content-type': 'audio/amr', 'content-length': '400000' };
  const sent = httpRequest(`${service.url}/v1/documents`, { method: 'POST', headers });
  sent.on('error', () => undefined);
  sent.write(recording().subarray(0, 60_000));
  while (incoming().length === 0) await new Promise((resume) => setTimeout(resume, 10));
  return sent;
}
