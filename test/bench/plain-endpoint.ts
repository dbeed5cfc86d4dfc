import { createHash, randomUUID } from 'node:crypto';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTVerifyOptions } from 'jose';

/** An event as an endpoint without framework or law stores it: about 600 bytes. */
export interface Stored {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly commandId: string;
  readonly recordedAt: string;
  readonly recorder: { readonly person: string; readonly issuer: string; readonly client: string };
  readonly data: { readonly requested?: string; readonly [field: string]: unknown };
}

/** Where such an endpoint keeps its events. */
export interface Store {
  /** The events of a case, in order; none where there is no such case. */
  load(id: string): Iterable<Stored> | Promise<Iterable<Stored>>;
  /** Stores the event of a case at its revision, once it is on disk. @returns false when another stands there. */
  append(id: string, event: Stored): Promise<boolean>;
}

interface Case {
  readonly revision: number;
  readonly requested: string | undefined;
  readonly closed: boolean;
  readonly commands: ReadonlySet<string>;
}

const ISSUER = 'urn:bench:bare';
const TYPES: Readonly<Record<string, string>> = {
  receipts: 'RequestDelivered',
  steps: 'StepRecorded',
  closure: 'Closed',
};
const BODY = {
  type: 'object',
  required: ['occurredAt'],
  properties: {
    occurredAt: { type: 'object', required: ['on'], properties: { on: { type: 'string' } } },
    by: { type: 'object' },
    proof: { type: 'object' },
    requested: { type: 'string' },
    form: { type: 'string' },
    matter: { type: 'string', maxLength: 2000 },
    step: { type: 'string', maxLength: 2000 },
  },
  additionalProperties: false,
};

const CHECKS: JWTVerifyOptions = {
  algorithms: ['ES256'],
  issuer: ISSUER,
  audience: 'kesu',
  typ: 'at+jwt',
  requiredClaims: ['exp', 'iat', 'sub'],
  maxTokenAge: '12h',
  clockTolerance: 30,
};

function folded(events: Iterable<Stored>): Case {
  let state: Case = { revision: -1, requested: undefined, closed: false, commands: new Set() };
  for (const event of events) {
    state = {
      revision: event.revision,
      requested: state.requested ?? event.data.requested,
      closed: state.closed || event.type === 'Closed',
      commands: new Set(state.commands).add(event.commandId),
    };
  }
  return state;
}

function decide(state: Case, act: string | undefined, commandId: string): string {
  if (act === undefined) return 'Requested';
  const type = TYPES[act];
  if (!type || !state.requested || state.closed || state.commands.has(commandId)) throw new Error('refused');
  return type;
}

/**
 * The least that can record a command as the service does: the same token check, the stream loaded and folded, a decision
 * on its state, one event appended at the revision seen, 201 after it is on disk. No framework but Fastify, no sealing, no
 * law, no memory of cases. It says where it listens on its first line of output.
 */
export async function serve(store: Store): Promise<void> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(publicKey)), kid: 'bare', alg: 'ES256' }] });
  const tokenFor = (subject: string): Promise<string> =>
    new SignJWT({ client_id: 'bench-bare' })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: 'bare' })
      .setIssuer(ISSUER)
      .setAudience('kesu')
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('8h')
      .setJti(randomUUID())
      .sign(privateKey);
  const app = Fastify();
  app.post<{ Body: { as: string } }>('/development/tokens', async ({ body }) => ({ token: await tokenFor(body.as) }));
  const record = async (request: FastifyRequest, reply: FastifyReply): Promise<object> => {
    const { payload } = await jwtVerify(request.headers.authorization?.slice(7) ?? '', keys, CHECKS);
    const key = `${payload.sub} ${request.url} ${String(request.headers['idempotency-key'])}`;
    const commandId = createHash('sha256').update(key).digest('base64url');
    const { id = randomUUID(), act } = request.params as { id?: string; act?: string };
    const state = folded(await store.load(id));
    const type = decide(state, act, commandId);
    const revision = state.revision + 1;
    const recorder = { person: payload.sub ?? '', issuer: ISSUER, client: String(payload.client_id) };
    const recordedAt = new Date().toISOString();
    const data = request.body as Stored['data'];
    const event: Stored = { id: randomUUID(), type, revision, commandId, recordedAt, recorder, data };
    if (!(await store.append(id, event))) return reply.code(409).send({ error: 'conflict' });
    void reply.code(201).headers({ etag: `"${revision}"`, location: `/v1/assistance/${id}` });
    return { case: id, revision, events: [{ id: event.id, type, revision, recordedAt }] };
  };
  app.post('/v1/assistance', { schema: { body: BODY } }, record);
  app.post('/v1/assistance/:id/:act', { schema: { body: BODY } }, record);
  process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
}
