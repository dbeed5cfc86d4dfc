import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { commonRefusals } from '#libs/kernel';
import { modeLabel } from '../ledger/index.js';
import { nestLogger } from '../log/index.js';
import type { Runtime } from '../service/index.js';
import { answerBrokenRequest, answerUnknownExpectations, noteLastAnswers, requireOneHost } from './broken-request.js';
import { CallerGuard } from './caller.js';
import { takeJsonOnly } from './json-body.js';
import { measureRequests } from './measuring.js';
import { Methods } from './methods.js';
import { openApiDocument, type DescribedSystem } from './openapi.js';
import type { RefusalText, RefusalTexts } from './problem.js';
import { ProblemFilter } from './problem-filter.js';
import { Refusing } from './refusing.js';
import { ShapePipe } from './shape-pipe.js';
import { answerWithTrace, sayTrace, traceIdOf, traceOf } from './trace.js';
import { limitBodyTime, takeUploads } from './uploads.js';

/** Limits of one request. A body of JSON has a shorter one of its own: only a file may take minutes to arrive. */
const BODY_BYTES_MAX = 64 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
const REQUEST_TIMEOUT_MS = 600_000;

export interface Application {
  readonly app: NestFastifyApplication;
  readonly document: OpenAPIObject;
}

/** What HTTP needs to know of a system beside its module. */
export interface ServedSystem extends DescribedSystem {
  readonly refusals: RefusalTexts;
}

/** The HTTP service on a runtime: routes, guard, problems, OpenAPI and its page. It is not listening yet. */
export async function createApplication(
  runtime: Runtime,
  module: Type | DynamicModule,
  systems: readonly ServedSystem[],
): Promise<Application> {
  const { logger, settings } = runtime;
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS, requireHostHeader: false },
    genReqId: (raw: IncomingMessage) => traceOf(raw).traceId,
    clientErrorHandler: (error: Error, socket: Socket) => answerBrokenRequest(error, socket, runtime.metrics),
    forceCloseConnections: 'idle',
    // What arrives while the service ends is still answered, and its connection ended with the answer.
    return503OnClosing: false,
    // Also what Fastify refuses before a route is found (a malformed URL, a bad header) is told as a problem.
    frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
      sayTrace(request, reply);
      filter.send(error, reply, traceIdOf(request));
    },
  });
  const methods = new Methods();
  const refusals: RefusalTexts = Object.fromEntries(
    [commonRefusals, ...systems.map((system) => system.refusals)].flatMap((texts) =>
      Object.entries<RefusalText>(texts),
    ),
  );
  const filter = new ProblemFilter({ refusals, logger, methods, metrics: runtime.metrics });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    logger: nestLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  prepare(adapter, methods, runtime);
  app.useGlobalFilters(filter);
  app.useGlobalPipes(new ShapePipe());
  app.useGlobalGuards(
    new CallerGuard(runtime.identity, runtime.law, new Refusing(runtime.attempts, runtime.answerWithinMs)),
  );
  logRequests(adapter, runtime);
  measureRequests(adapter, runtime.metrics);
  endConnectionsOnClose(adapter);
  const document = openApiDocument(app, systems, modeLabel(settings.mode));
  SwaggerModule.setup('docs', app, document, { jsonDocumentUrl: 'openapi.json', customSiteTitle: '可溯 Kesu API' });
  await app.init();
  await adapter.getInstance().ready();
  return { app, document };
}

/** What holds for every request, before the first route is made. */
function prepare(adapter: FastifyAdapter, methods: Methods, { metrics }: Runtime): void {
  const fastify = adapter.getInstance();
  methods.gatherFrom(fastify);
  takeJsonOnly(adapter);
  takeUploads(fastify);
  answerWithTrace(fastify);
  limitBodyTime(fastify, metrics);
  requireOneHost(fastify);
  noteLastAnswers(fastify);
  answerUnknownExpectations(fastify.server);
}

/**
 * Once the service ends, an answer is the last of its connection. Otherwise those in use when it began to end would be
 * kept open for the next request, and the process with them, for more than a minute.
 */
function endConnectionsOnClose(adapter: FastifyAdapter): void {
  let ending = false;
  adapter.getInstance().addHook('preClose', (done) => {
    ending = true;
    done();
  });
  adapter.getInstance().addHook('onSend', (_request, reply, _payload, done) => {
    if (ending) void reply.header('connection', 'close');
    done();
  });
}

/** One line a request: which route, never which case, query or body. */
function logRequests(adapter: FastifyAdapter, { logger }: Runtime): void {
  adapter.getInstance().addHook('onResponse', (request, reply, done) => {
    const { traceId, spanId, parentId } = traceOf(request.raw);
    logger.info('request', {
      traceId,
      spanId,
      ...(parentId === undefined ? {} : { parentId }),
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    });
    done();
  });
}
