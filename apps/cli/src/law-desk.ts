import { randomUUID } from 'node:crypto';
import type { Asked } from './asked.js';
import { Client } from './client.js';
import { faultyFile, type LawFile } from './law-file.js';
import { MISUSED, Refused, TellsFaults } from './refused.js';

/** What the service tells of a request about law data. */
export interface ToldRequest {
  readonly request: string;
  readonly status: 'pending' | 'approved' | 'refused';
  readonly says: string;
  readonly reason?: string;
  readonly requestedBy: { readonly person: string };
  readonly decision?: { readonly by: { readonly person: string }; readonly reason?: string };
}

const STATUS_WORDS = { pending: '待决定', approved: '已准予', refused: '不予' } as const;

/** @throws Refused when no service runs: law data is not changed behind its back. */
export async function service(asked: Asked): Promise<Client> {
  const client = await Client.find(asked);
  if (!client) throw new Refused('没有正在运行的服务：请先 npm start，或用 KESU_URL 指出它的地址');
  return client;
}

/** Proposes what a file holds. Faults that the service finds are told with their lines. @returns the request's id. */
export async function proposed(
  asked: Asked,
  file: LawFile,
  { path, field }: { readonly path: string; readonly field: string },
): Promise<string> {
  const client = await service(asked);
  const body = { ...said(asked), [field]: file.value };
  try {
    const { events } = await client.call<{ events: readonly { id: string }[] }>('POST', path, body, keyed());
    return events[0]?.id ?? '';
  } catch (error) {
    if (!(error instanceof TellsFaults)) throw error;
    const root = `/${field}`;
    const own = error.faults.filter(({ pointer }) => pointer === root || pointer.startsWith(`${root}/`));
    if (own.length === 0) throw error;
    throw faultyFile(
      file,
      own.map(({ pointer, message }) => ({ at: pointer.slice(root.length), says: message })),
    );
  }
}

/** Approves or refuses a request on the revision at which it was seen. */
export async function decided(
  asked: Asked,
  { root, request, revision }: { readonly root: string; readonly request: string; readonly revision: number },
  outcome: 'approve' | 'refuse',
): Promise<void> {
  if (outcome === 'refuse' && asked.reason === undefined) throw new Refused('不予的，须用 --reason 写明理由', MISUSED);
  const client = await service(asked);
  const path = `${root}/${outcome === 'approve' ? 'approvals' : 'refusals'}`;
  const { reason: _reason, ...approving } = said(asked);
  const body = { ...(outcome === 'approve' ? approving : said(asked)), request };
  await client.call('POST', path, body, { ...keyed(), 'if-match': `"${revision}"` });
}

/** One line a request. */
export const requestLine = ({ request, status, says, requestedBy, decision }: ToldRequest): string =>
  `${request}  ${STATUS_WORDS[status]}  ${says}  申请人${requestedBy.person}${decision ? `，决定人${decision.by.person}` : ''}`;

export const wordAt = ({ words }: Asked, index: number, what: string): string => {
  const word = words[index];
  if (word === undefined) throw new Refused(`请给出${what}`, MISUSED);
  return word;
};

export const print = ({ json }: Asked, answer: object, lines: readonly string[]): void =>
  void process.stdout.write(json ? `${JSON.stringify(answer)}\n` : lines.map((line) => `${line}\n`).join(''));

/** The day of the act is today on a clock in Shanghai, unless another is named. */
const said = ({ on, reason }: Asked): { occurredAt: object; reason?: string } => ({
  occurredAt: { on: on ?? new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10) },
  ...(reason === undefined ? {} : { reason }),
});

const keyed = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });
