import { randomUUID } from 'node:crypto';

/** What the service's answers are read as: whatever a route answers, every field is looked for by a test that needs it. */
export type Told = ReturnType<typeof JSON.parse>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, when it is JSON. */
  readonly body: Told;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** The Idempotency-Key; a new one when left out. */
  readonly key?: string;
  /** The body as bytes of its own, instead of JSON of an object. */
  readonly raw?: string | Uint8Array;
}

/** One request, as it is. */
export async function request(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Uint8Array,
): Promise<Reply> {
  const answer = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parsed(text) };
}

/** An officer at a desk: an account of the development register, with its token. */
export class Officer {
  private token: Promise<string> | undefined;

  constructor(
    private readonly url: () => string,
    readonly account: string,
    private readonly standing: Readonly<Record<string, string>> = {},
  ) {}

  /** The same officer, with these headers on every request. */
  with(headers: Readonly<Record<string, string>>): Officer {
    return new Officer(this.url, this.account, { ...this.standing, ...headers });
  }

  async get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return request(this.url() + path, 'GET', { ...(await this.authorization()), ...headers });
  }

  /** A write with an Idempotency-Key. */
  async post(path: string, body: object, sent: Sent = {}): Promise<Reply> {
    const { key = randomUUID(), headers = {}, raw = JSON.stringify(body) } = sent;
    const all = { ...(await this.authorization()), 'content-type': 'application/json', 'idempotency-key': key };
    return request(this.url() + path, 'POST', { ...all, ...headers }, raw);
  }

  async authorization(): Promise<Record<string, string>> {
    this.token ??= developmentToken(this.url(), this.account);
    return { authorization: `Bearer ${await this.token}`, ...this.standing };
  }
}

export async function developmentToken(url: string, account: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  const { status, text, body } = await request(
    `${url}/development/tokens`,
    'POST',
    headers,
    JSON.stringify({ as: account }),
  );
  if (status !== 200) throw new Error(`no token for ${account}: ${text}`);
  return String(body.token);
}

function parsed(text: string): Told {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
