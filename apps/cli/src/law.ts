import type { Asked } from './asked.js';
import { decided, print, proposed, requestLine, service, wordAt, type ToldRequest } from './law-desk.js';
import { faultyFile, lawFile } from './law-file.js';
import { MISUSED, Refused } from './refused.js';

const ROOT = '/v1/law/packs';

interface Packs {
  readonly editions: readonly { label: string; instrument: string; effectiveTo?: string }[];
  readonly pending: readonly { request: string; pack: string; says: string }[];
}

/** `kesu law check|propose|approve|refuse|list`: 规则包版次. */
export async function law(asked: Asked): Promise<void> {
  const [act, ...words] = asked.words;
  const acts: Readonly<Record<string, (asked: Asked) => Promise<void>>> = { check, propose, approve, refuse, list };
  const perform = act !== undefined && Object.hasOwn(acts, act) ? acts[act] : undefined;
  if (!perform) throw new Refused(`kesu law 之后须为 ${Object.keys(acts).join('、')} 之一`, MISUSED);
  await perform({ ...asked, words });
}

/** Against the editions this program ships, and what it can do. */
async function check(asked: Asked): Promise<void> {
  const file = await lawFile(asked.words[0]);
  const { shippedEditionFaults } = await import('./pack-file.js');
  const faults = shippedEditionFaults(file.value);
  if (faults.length > 0) throw faultyFile(file, faults);
  print(asked, { faults: [] }, ['没有发现错误（与本程序所带的版次核对，未与账本核对）']);
}

async function propose(asked: Asked): Promise<void> {
  const file = await lawFile(asked.words[0]);
  const code = (file.value as { pack?: unknown }).pack;
  if (typeof code !== 'string') throw faultyFile(file, [{ at: '/pack', says: '缺少该字段，或者不是文字' }]);
  const path = `${ROOT}/${encodeURIComponent(code)}/editions`;
  const request = await proposed(asked, file, { path, field: 'pack' });
  print(asked, { request }, [`已申请发布：${request}`, `须由另一人准予：kesu law approve ${request} --as <账户>`]);
}

const approve = (asked: Asked): Promise<void> => decide(asked, 'approve');
const refuse = (asked: Asked): Promise<void> => decide(asked, 'refuse');

async function decide(asked: Asked, outcome: 'approve' | 'refuse'): Promise<void> {
  const request = wordAt(asked, 0, '申请的标识');
  const client = await service(asked);
  const { pending } = await client.call<Packs>('GET', ROOT);
  const code = pending.find((one) => one.request === request)?.pack;
  if (code === undefined) throw new Refused(`没有待决定的申请 ${request}`);
  const root = `${ROOT}/${code}`;
  const seen = await client.call<ToldRequest & { revision: number }>('GET', `${root}/editions/${request}`);
  await decided(asked, { root, request, revision: seen.revision }, outcome);
  print(asked, { request, outcome }, [
    outcome === 'approve' ? `已准予发布，案件自此按它重新判定：${seen.says}` : `不予发布：${seen.says}`,
  ]);
}

async function list(asked: Asked): Promise<void> {
  const client = await service(asked);
  const { editions, pending } = await client.call<Packs>('GET', ROOT);
  const codes = [...new Set(editions.map(({ label }) => label.split('@')[0] ?? ''))];
  const packs = await Promise.all(
    codes.map((code) => client.call<{ requests: readonly ToldRequest[] }>('GET', `${ROOT}/${code}`)),
  );
  const requests = packs.flatMap((pack) => pack.requests);
  print(asked, { editions, pending, requests }, [
    ...editions.map(
      ({ label, instrument, effectiveTo }) =>
        `${label}  ${instrument}${effectiveTo === undefined ? '' : `（至${effectiveTo}止）`}`,
    ),
    ...requests.map(requestLine),
  ]);
}
