import { isUtf8 } from 'node:buffer';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { repeatedMemberIn } from '#libs/kernel';
import { Fault } from './fault.js';
import { REPEATED_MEMBER_TEXT } from './texts.js';

/**
 * Bodies are JSON in UTF-8 (RFC 8259 section 8.1) in which no object says a member twice (RFC 7493 section 2.3): no forms,
 * no plain text, and no byte is replaced. Members that name a prototype become members like any other, and are refused
 * with their pointer where the body's shape is checked. What Fastify throws itself has lost its code by the time Nest
 * hands it on, so it is told here.
 */
export function takeJsonOnly(adapter: FastifyAdapter): void {
  const fastify = adapter.getInstance();
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    try {
      assertPlain(request);
      done(null, valueIn(body));
    } catch (error) {
      done(error as Error);
    }
  });
}

/** What is packed, or says it is in another encoding, would be read as something else than was sent. */
function assertPlain({ headers }: FastifyRequest): void {
  const packed = (headers['content-encoding'] ?? 'identity') !== 'identity';
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
  if (packed || charset.toLowerCase() !== 'utf-8') throw new Fault('CONTENT_TYPE_UNSUPPORTED');
}

/** @throws Fault BODY_NOT_JSON, BODY_MEMBER_REPEATED */
function valueIn(body: Buffer): unknown {
  if (!isUtf8(body)) throw new Fault('BODY_NOT_JSON');
  const text = body.toString('utf8');
  const value = parsed(text);
  const pointer = repeatedMemberIn(text);
  if (pointer === undefined) return value;
  throw new Fault('BODY_MEMBER_REPEATED', { errors: [{ pointer, code: 'repeated', message: REPEATED_MEMBER_TEXT }] });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Fault('BODY_NOT_JSON');
  }
}
