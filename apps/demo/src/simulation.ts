import { randomUUID } from 'node:crypto';

/** An appointment as GET /v1/organs lists it. */
export interface Appointed {
  readonly person: string;
  readonly name: string;
  readonly organ: string;
  readonly post: string;
}

/** Who acts in a story, by account. */
export type Cast = (account: string) => Appointed;

export interface Recorded {
  readonly case: string;
  readonly revision: number;
  readonly events: readonly { readonly id: string }[];
}

interface Sent {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

const CLOCK_KEEPER = 'zhong.clock';

/** A service in simulation mode, spoken to over HTTP like any client would. */
export class Simulation {
  private readonly tokens = new Map<string, string>();
  private readonly me = new Map<string, Appointed>();

  private constructor(private readonly url: string) {}

  /** @throws Error with a Chinese message when no simulation answers at `url`. */
  static async on(url: string): Promise<Simulation> {
    const simulation = new Simulation(url.replace(/\/$/, ''));
    await simulation.get(CLOCK_KEEPER, '/v1/simulation/clock').catch((error: Error) => {
      throw new Error(`${url} 不是模拟模式的服务：${error.message}`);
    });
    for (const account of ACCOUNTS) {
      const { person, name, appointments } = await simulation.get<{
        person: string;
        name: string;
        appointments: Appointed[];
      }>(account, '/v1/me');
      const [appointment] = appointments;
      if (appointment) simulation.me.set(account, { ...appointment, person, name });
    }
    return simulation;
  }

  readonly cast: Cast = (account) => {
    const appointed = this.me.get(account);
    if (!appointed) throw new Error(`没有账户 ${account}`);
    return appointed;
  };

  /** Moves the clock to nine in the morning of `day`, Asia/Shanghai, unless it is later already. */
  async moveTo(day: string): Promise<void> {
    const { now } = await this.get<{ now: string }>(CLOCK_KEEPER, '/v1/simulation/clock');
    const morning = new Date(`${day}T09:00:00+08:00`);
    if (Date.parse(now) < morning.getTime())
      await this.send(CLOCK_KEEPER, {
        method: 'POST',
        path: '/v1/simulation/clock',
        body: { to: { at: morning.toISOString() } },
      });
  }

  get<T>(as: string, path: string): Promise<T> {
    return this.send(as, { method: 'GET', path });
  }

  /** Records an act, and returns when the read models show it. */
  record(as: string, path: string, body: object, seen: number | undefined): Promise<Recorded> {
    const headers = {
      'idempotency-key': randomUUID(),
      prefer: 'respond-when=visible, wait=10',
      ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
    };
    return this.send(as, { method: 'POST', path, body, headers });
  }

  private async send<T>(as: string, { method, path, body, headers: extra }: Sent): Promise<T> {
    const headers: Record<string, string> = {
      'kesu-purpose': 'supervision',
      ...extra,
      authorization: `Bearer ${await this.token(as)}`,
    };
    if (body) headers['content-type'] = 'application/json';
    const request = { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) };
    return answered<T>(await fetch(this.url + path, request));
  }

  private async token(as: string): Promise<string> {
    const kept = this.tokens.get(as);
    if (kept !== undefined) return kept;
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ as }) };
    const { token } = await answered<{ token: string }>(await fetch(`${this.url}/development/tokens`, request));
    this.tokens.set(as, token);
    return token;
  }
}

/** The officers of the development register who take part. */
const ACCOUNTS = [
  'chen.handler',
  'huang.head',
  'wu.handler',
  'zheng.deputy',
  'xu.head',
  'wang.handler',
  'li.deputy',
  'zhang.handler',
  'liu.head',
  'yang.supervisor',
] as const;

async function answered<T>(answer: Response): Promise<T> {
  const content = (await answer.json()) as T & { detail?: string; code?: string; errors?: unknown };
  if (answer.ok) return content;
  throw new Error(
    `${content.detail ?? answer.statusText}（${content.code ?? answer.status}）${JSON.stringify(content.errors ?? '')}`,
  );
}
