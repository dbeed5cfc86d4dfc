import { Agent, request } from 'node:http';
import { sha256 } from './known.js';
import type { Headers } from './requests.js';

export interface Came {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** SHA-256 of its bytes. */
  readonly digest?: string;
}

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array;
}

const ANSWER_MS_MAX = 20_000;

/** Sends what `fetch` would not: odd paths, headers that come several times. One connection serves them all. */
export class Sender {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(private readonly url: string) {}

  send({ method, path, headers, body }: Sent): Promise<Came> {
    const { hostname, port } = new URL(this.url);
    // Said in every case: for some methods it would be left out, and the body be taken for another request.
    const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
    const lines = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    );
    return new Promise((resolve, reject) => {
      const sent = request(
        { hostname, port, method, path, headers: { ...lines, ...length }, agent: this.agent },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const bytes = Buffer.concat(parts);
            const { statusCode: status = 0, headers } = answer;
            resolve({ status, headers, text: bytes.toString('utf8'), digest: sha256(bytes) });
          });
          answer.on('error', reject);
        },
      );
      sent.setTimeout(ANSWER_MS_MAX, () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
      sent.on('error', reject);
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
