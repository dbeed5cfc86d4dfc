import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Asked } from './asked.js';
import { Refused, refusedBy, type ToldProblem } from './refused.js';

const TIMEOUT_MS = 600_000;
const PROBE_TIMEOUT_MS = 2_000;

/** The running service, as far as this command line can see one. */
export class Client {
  private constructor(
    readonly url: string,
    private readonly asked: Asked,
  ) {}

  /** The service named by KESU_URL, else the one that wrote its address into the data folder; undefined: none runs. */
  static async find(asked: Asked): Promise<Client | undefined> {
    const named = process.env.KESU_URL;
    const url = named ?? (await recordedUrl());
    if (url === undefined) return undefined;
    if (await answers(url)) return new Client(url.replace(/\/$/, ''), asked);
    if (named !== undefined) throw new Refused(`KESU_URL 所示的服务没有应答：${named}`);
    return undefined;
  }

  /** @throws Refused with the service's own Chinese sentence. */
  async call<T>(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<T> {
    const headers: Record<string, string> = { ...more, authorization: `Bearer ${await this.token()}` };
    if (this.asked.actingAs !== undefined) headers['kesu-acting-as'] = this.asked.actingAs;
    if (this.asked.purpose !== undefined) headers['kesu-purpose'] = this.asked.purpose;
    return send<T>(this.url + path, { method, headers, body });
  }

  /** A development token for `--as`. */
  async developmentToken(as: string): Promise<string> {
    const { token } = await send<{ token: string }>(`${this.url}/development/tokens`, {
      method: 'POST',
      headers: {},
      body: { as },
    });
    return token;
  }

  private async token(): Promise<string> {
    const given = process.env.KESU_TOKEN;
    if (given !== undefined && this.asked.as === undefined) return given;
    if (this.asked.as === undefined)
      throw new Refused('请用 --as <账户> 说明以谁的身份办理，或在 KESU_TOKEN 中给出令牌', 2);
    return this.developmentToken(this.asked.as);
  }
}

async function send<T>(
  url: string,
  request: { method: string; headers: Record<string, string>; body: object | undefined },
): Promise<T> {
  const { method, headers, body } = request;
  const answer = await fetch(url, {
    method,
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const content = (await answer.json()) as T & Partial<ToldProblem>;
  if (!answer.ok) throw refusedBy({ detail: answer.statusText, code: String(answer.status), ...content });
  return content;
}

/** The address a service left in its data folder, unless it names a process that is gone. */
async function recordedUrl(): Promise<string | undefined> {
  try {
    const path = join(resolve(process.env.KESU_DATA ?? './data'), 'service.json');
    const { url, pid } = JSON.parse(await readFile(path, 'utf8')) as { url: string; pid: number };
    process.kill(pid, 0);
    return url;
  } catch {
    return undefined;
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(`${url.replace(/\/$/, '')}/health/live`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) }).then(
    (answer) => answer.ok,
    () => false,
  );
