import { createHash, randomUUID } from 'node:crypto';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWTVerifyOptions } from 'jose';
import { open } from 'lmdb';

/*
 * The least that can record a command as the service does: the same token check, the stream loaded from LMDB and folded,
 * a decision on its state, one event appended at the revision seen, 201 after it is on disk. No framework but Fastify,
 * no sealing, no law, no memory of cases. It says where it listens on its first line of output.
 */

interface Stored {
  readonly id: string;
  readonly type: string;
  readonly revision: number;
  readonly commandId: string;
  readonly recordedAt: string;
  readonly recorder: { readonly person: string; readonly issuer: string; readonly client: string };
  readonly data: { readonly requested?: string; readonly [field: string]: unknown };
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

// A commit is told only after its pages and its meta page are on disk, as in the service's log.
const events = open<Stored, [string, number]>(`${process.argv[2] ?? ''}/bare.mdb`, {
  encoding: 'json',
  overlappingSync: false,
});

function load(id: string): Case {
  let state: Case = { revision: -1, requested: undefined, closed: false, commands: new Set() };
  for (const { value } of events.getRange({ start: [id, 0], end: [id, Infinity] })) {
    state = {
      revision: value.revision,
      requested: state.requested ?? value.data.requested,
      closed: state.closed || value.type === 'Closed',
      commands: new Set(state.commands).add(value.commandId),
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

async function serve(): Promise<void> {
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
    const state = load(id);
    const type = decide(state, act, commandId);
    const revision = state.revision + 1;
    const recorder = { person: payload.sub ?? '', issuer: ISSUER, client: String(payload.client_id) };
    const recordedAt = new Date().toISOString();
    const data = request.body as Stored['data'];
    const event: Stored = { id: randomUUID(), type, revision, commandId, recordedAt, recorder, data };
    if (!(await events.ifNoExists([id, revision], () => void events.put([id, revision], event))))
      return reply.code(409).send({ error: 'conflict' });
    void reply.code(201).headers({ etag: `"${revision}"`, location: `/v1/assistance/${id}` });
    return { case: id, revision, events: [{ id: event.id, type, revision, recordedAt }] };
  };
  app.post('/v1/assistance', { schema: { body: BODY } }, record);
  app.post('/v1/assistance/:id/:act', { schema: { body: BODY } }, record);
  process.stdout.write(`${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);
}

void serve();
