/**
 * Starts the built service as a user would (`npm start`), on a free port and a temporary folder, records one request over
 * HTTP and stops it with SIGTERM. It is the only check that proves the real module loading.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'kesu-smoke-'));
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('KESU_')));
const service = spawn(process.execPath, ['apps/run.mjs', 'ledger'], {
  cwd: root,
  env: { ...env, KESU_DATA: join(folder, 'data'), KESU_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const ended = new Promise((resolve) => service.once('exit', (code, signal) => resolve(code ?? signal)));
const deadline = setTimeout(() => service.kill('SIGKILL'), 120_000);

async function call(url, method, path, token, body) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
  if (token) headers.authorization = `Bearer ${token}`;
  const answer = await fetch(url + path, { method, headers, body: body && JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function ready() {
  let said = '';
  for await (const chunk of service.stdout) {
    said += chunk;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
    if (url) return url;
  }
  throw new Error(`the service ended before it was ready: ${said}`);
}

try {
  const url = await ready();
  service.stdout.resume();
  await call(url, 'GET', '/health/ready');
  const { token } = await call(url, 'POST', '/development/tokens', undefined, { as: 'chen.handler' });
  const { organs } = await call(url, 'GET', '/v1/organs', token);
  const { appointments } = await call(url, 'GET', '/v1/me', token);
  const requested = organs.find(({ id, superior }) => superior && id !== appointments[0].organ).id;
  const day = new Date(Date.now() + 8 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
  const request = {
    occurredAt: { on: day },
    requested,
    matter: '冒烟检查',
    form: 'written',
    documentNumber: '示例〔1〕号',
  };
  const recorded = await call(url, 'POST', '/v1/assistance', token, request);
  await call(url, 'GET', `/v1/assistance/${recorded.case}/timeline`, token);
  service.kill('SIGTERM');
  const code = await ended;
  if (code !== 0) throw new Error(`SIGTERM ended the service with ${code}`);
  console.log('smoke: the built service started, recorded, answered and stopped');
} finally {
  clearTimeout(deadline);
  service.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
}
