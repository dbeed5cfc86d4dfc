import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/index.js';
import { answerBrokenRequest } from './broken-request.js';
import { Fault } from './fault.js';

/** The one route whose bodies are files. */
export const UPLOADS = '/v1/documents';

/** A body of JSON has come by then, or it does not come. */
const BODY_MS = 30_000;
/** A file is given up when nothing of it has come for so long. */
const STALL_MS = 30_000;
/** What a refused upload may still send, so that its sender reads the answer, before the connection is ended. */
const REFUSED_BYTES_MAX = 64 * 1024 * 1024;

/** What Node says when it gives a request up by itself. */
const TOO_SLOW = Object.assign(new Error('the body did not come in time'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });

const isUpload = ({ routeOptions }: FastifyRequest): boolean => routeOptions.url === UPLOADS;

/** Hands a file on as it arrives, whatever it says it is, and refuses every other body that is no JSON. */
export function takeUploads(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage, done) =>
    isUpload(request) ? done(null, payload) : done(new Fault('CONTENT_TYPE_UNSUPPORTED')),
  );
  fastify.addHook('onResponse', (request, _reply, done) => {
    if (isUpload(request) && !request.raw.complete) drain(request.raw);
    done();
  });
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

/** Ends the wait for a body of JSON that comes too slowly. A file takes longer, and is watched as it arrives. */
export function limitBodyTime(fastify: FastifyInstance, metrics: Pick<Metrics, 'told'>, bodyMs = BODY_MS): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if (hasBody(raw) && !isUpload(request)) {
      const timer = setTimeout(() => answerBrokenRequest(TOO_SLOW, raw.socket, metrics), bodyMs);
      timer.unref();
      const arrived = (): void => clearTimeout(timer);
      raw.once('end', arrived).once('close', arrived);
    }
    done();
  });
}

/**
 * The bytes of a file as they arrive; the sender waits while none are asked for.
 * @throws Fault UPLOAD_STALLED; UPLOAD_ABORTED when the sender went away.
 */
export async function* arriving(body: IncomingMessage, stallMs = STALL_MS): AsyncGenerator<Uint8Array> {
  // The connection is needed for the answer, whatever becomes of the file.
  const parts = body.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const { done, value } = await within(stallMs, parts.next() as Promise<IteratorResult<Buffer, undefined>>);
      if (done) return;
      yield value;
    }
  } finally {
    // Not waited for: of a stalled file it comes only with the next part. Until then nobody else can read the stream.
    void parts.return?.();
  }
}

/** Lets an upload that was answered before it ended run out: its sender may read the answer only then. */
function drain(body: IncomingMessage): void {
  let bytes = 0;
  body.on('error', () => undefined);
  body.on('data', (part: Buffer) => {
    if ((bytes += part.length) > REFUSED_BYTES_MAX) body.destroy();
  });
  body.resume();
}

async function within<T>(ms: number, next: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Fault('UPLOAD_STALLED')), ms);
  });
  try {
    return await Promise.race([next, stalled]);
  } catch (error) {
    throw error instanceof Fault ? error : new Fault('UPLOAD_ABORTED');
  } finally {
    clearTimeout(timer);
  }
}
