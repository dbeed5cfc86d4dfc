import { randomUUID } from 'node:crypto';

/** Every field any route answers with: a test reads those of the route it asked. */
export interface Told {
  readonly case: string;
  readonly commandId: string;
  readonly revision: number;
  readonly events: readonly {
    id: string;
    type: string;
    revision: number;
    recordedAt: string;
    judged?: readonly object[];
  }[];
  readonly status: string | number;
  readonly answer: object;
  readonly position: string;
  readonly asOf: string;
  readonly settled: boolean;
  readonly assessment: {
    readonly asOf: string;
    readonly clocks: readonly { rule: string; due?: string; verdict: string; says: string }[];
    readonly flags: readonly { rule: string; code: string; says: string }[];
    readonly duties: readonly { rule: string; code: string; says: string }[];
  };
  readonly entries: readonly {
    event: string;
    type: string;
    sentence: string;
    recordedAt: string;
    revision: number;
    recordedLate: boolean;
    documents: readonly { name: string; digest: string; href: string }[];
    fact: object;
    corrections?: readonly object[];
    nowReads?: { sentence: string };
  }[];
  readonly days: number;
  readonly turns: readonly {
    since: string;
    task: string;
    clock?: string;
    days: number;
    holders: readonly { organ: string; officers: readonly { person: string }[] }[];
    says: string;
  }[];
  readonly digest: string;
  readonly size: number;
  readonly facts: {
    readonly came: readonly { revision: number; type: string; says: string }[];
    readonly left: readonly { revision: number; type: string; says: string }[];
    readonly corrected: readonly { revision: number; changes: readonly object[]; says: string }[];
  };
  readonly clocks: readonly { says: string }[];
  readonly flags: readonly { says: string }[];
  readonly duties: readonly { says: string }[];
  readonly from: { readonly revision: number; readonly position: string };
  readonly to: { readonly revision: number; readonly position: string };
  readonly cases: readonly {
    case: string;
    revision: number;
    hits?: readonly { revision: number; pointer: string; before: string; match: string; after: string }[];
  }[];
  readonly changes: readonly { request: string; status: string; says: string; changes: readonly object[] }[];
  readonly persons: readonly { id: string; name: string }[];
  readonly organs: readonly { id: string; name: string; superior?: string }[];
  readonly appointments: readonly { appointment: string; person: string; organ: string; post: string }[];
  readonly next?: string;
  readonly particulars: object;
  readonly mode?: string;
  readonly code: string;
  readonly type: string;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly { pointer: string; code: string; message: string }[];
  readonly rule?: string;
  readonly statusUrl?: string;
  readonly traceId: string;
  readonly token: string;
  readonly as: string;
  readonly now: string;
  readonly hash: string;
  readonly target: string;
  readonly ready: boolean;
  readonly parts: Readonly<Record<string, object>>;
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body, when it is a JSON object. */
  readonly body: Told;
}

export interface Downloaded extends Omit<Reply, 'text'> {
  readonly bytes: Buffer;
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
    signal: AbortSignal.timeout(45_000),
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

  /** Brings a file, of which nothing is said but its type. */
  async upload(
    bytes: Uint8Array,
    type = 'application/octet-stream',
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const all = { ...(await this.authorization()), 'content-type': type, ...headers };
    return request(`${this.url()}/v1/documents`, 'POST', all, bytes);
  }

  /** What stands at `path`, in bytes. */
  async download(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Downloaded> {
    const all = { ...(await this.authorization()), ...headers };
    const answer = await fetch(this.url() + path, { headers: all, signal: AbortSignal.timeout(45_000) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, headers: answer.headers, bytes, body: parsed(bytes.toString('utf8')) };
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
  return body.token;
}

/** The members of the JSON object `text` is; of anything else, none. */
export function parsed(text: string): Told {
  try {
    // What is read of it is for the test to expect.
    return JSON.parse(text) as Told;
  } catch {
    return {} as Told;
  }
}
