import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { endingsOf, type OpenedDocument } from '../documents/index.js';
import { Fault } from './fault.js';

const NAME_CHARACTERS_MAX = 150;
/**
 * What would lead out of a folder, or has a meaning to some file system or reader: such characters become `_`. Names that
 * were recorded before these were refused hold some, also in forms that are made one with them or look like them.
 */
const UNFIT =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}/\\:*?"<>|%\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9\uff0f\uff3c\ufe68]/gu;
/** Dots by other names: two of them would be the folder above. */
const DOTS = /[\uff0e\u2024\u2025\u2026]/gu;
/** Names that one file system keeps for devices, whatever ends them. */
const RESERVED = /^(?=(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$))/i;

/**
 * Answers with a document, or with the one range of it that was asked for (RFC 9110 section 14); it is let go of when the
 * answer ends, however it does. A browser saves it and does nothing else with it.
 * @throws Fault RANGE_NOT_SATISFIABLE
 */
export async function documentAnswer(
  document: OpenedDocument,
  name: string,
  { headers }: Pick<FastifyRequest, 'headers'>,
  reply: FastifyReply,
): Promise<Readable> {
  const { size, type, digest } = document;
  const range = headers['if-range'] === undefined ? rangeIn(headers.range, size) : undefined;
  if (range === 'none') {
    await document.close();
    void reply.header('content-range', `bytes */${size}`);
    throw new Fault('RANGE_NOT_SATISFIABLE', { values: { size } });
  }
  const { from, to } = range ?? { from: 0, to: size };
  const sha256 = `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`;
  void reply.status(range ? 206 : 200).headers({
    'content-type': type,
    'content-length': to - from,
    'content-disposition': dispositionOf(name, type),
    'accept-ranges': 'bytes',
    'repr-digest': sha256,
    ...(range ? { 'content-range': `bytes ${from}-${to - 1}/${size}` } : { 'content-digest': sha256 }),
    'cache-control': 'no-store',
    'content-security-policy': "sandbox; default-src 'none'",
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  });
  const stream = Readable.from(document.bytes(from, to), { objectMode: false });
  return stream.once('close', () => void document.close());
}

/** The range asked for; undefined when it is none that is served: the whole is, then. `none`: nothing stands there. */
function rangeIn(header: string | undefined, size: number): { from: number; to: number } | 'none' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return last === '0' ? 'none' : { from: Math.max(0, size - Number(last)), to: size };
  const [from, to] = [Number(first), last === '' ? size : Math.min(Number(last) + 1, size)];
  if (last !== '' && Number(last) < from) return undefined;
  return from >= size ? 'none' : { from, to };
}

/** As an attachment under its name (RFC 6266, RFC 8187), with an ending that says what it is. */
export function dispositionOf(name: string, type: string): string {
  const fit = fitName(name, endingsOf(type));
  const ascii = fit.replace(/[^\x20-\x7e]/g, '_');
  const encoded = encodeURIComponent(fit).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** `endings` are those of its type: a name with any other ending is given the first, or it would open as something else. */
function fitName(name: string, endings: readonly string[]): string {
  const plain = name
    .replace(UNFIT, '_')
    .replace(DOTS, (dots) => dots.normalize('NFKC'))
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .replace(RESERVED, '_');
  const cut = [...plain].slice(0, NAME_CHARACTERS_MAX).join('');
  const named = cut === '' ? 'document' : cut;
  return endings.some((ending) => named.toLowerCase().endsWith(ending)) ? named : `${named}${endings[0]}`;
}
