import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { parsed, type Told } from './client.js';

export interface RawReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly body: Told;
}

/** A request with headers and paths that `fetch` would not send. */
export function rawRequest(
  url: string,
  asked: { method?: string; path: string; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array },
): Promise<RawReply> {
  const { method = 'POST', path, headers = {}, body } = asked;
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      { hostname, port, method, path, headers, setHost: headers.host === undefined },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString('utf8');
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text, body: parsed(text) });
        });
      },
    );
    sent.setTimeout(20_000, () => sent.destroy(new Error('no answer')));
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Bytes as they are, on a connection of their own. @returns what came back until the service closed it or fell silent. */
export function rawBytes(url: string, bytes: string | Uint8Array, silentMs = 1_000): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let said = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setEncoding('latin1').on('data', (text) => (said += String(text)));
    socket.setTimeout(silentMs, () => socket.destroy());
    socket.on('error', () => undefined).on('close', () => resolve(said));
  });
}
