import { heldOn, POSTS, type Post } from '../simulation/cast.js';
import type { Chance } from '../simulation/chance.js';
import type { Operation } from './document.js';
import { garbled, HEADERS, mutated, PLACES, QUERIES, WAYS } from './hostile.js';
import { valueOf, type Source } from './values.js';

type Said = string | readonly string[];
export type Headers = Readonly<Record<string, Said>>;

/** A request, and what is known of it before it is sent. */
export interface Asked {
  readonly operation: Operation;
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string | Uint8Array;
  readonly post: Post;
  /** The case it is about, where there is one. */
  readonly about?: string;
  /** Nothing in it is otherwise than the document describes. */
  readonly sound: boolean;
  /** Its address or method may be those of another operation, or of none. */
  readonly elsewhere: boolean;
  /** What its body says, where that can be told from its bytes alone. */
  readonly said?: unknown;
}

type Oddity = 'none' | 'value' | 'values' | 'bytes' | 'header' | 'headers' | 'place' | 'way' | 'query' | 'method';

const JSON_BODY = 'application/json';

/** A request to `operation`: as described, or odd in one respect or in several. */
export function drawn(source: Source, operation: Operation): Asked {
  const { chance } = source;
  const oddity = oddityFor(chance, operation);
  const about = operation.path.startsWith('/v1/assistance/{id}') ? caseFor(source, operation) : undefined;
  const post = officerFor(source, operation, about);
  source.known.focus = { about, path: operation.path, organ: post.organ };
  const address = addressOf(source, operation, { about, oddity });
  const body = bodyOf(source, operation, oddity);
  const headers = headersOf(source, operation, { about, post, oddity, type: body.type });
  return {
    operation,
    method:
      oddity === 'method'
        ? chance.pick(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])
        : operation.method.toUpperCase(),
    path: address,
    headers,
    post,
    ...(about !== undefined && { about }),
    ...(body.bytes !== undefined && { body: body.bytes }),
    ...('said' in body && { said: body.said }),
    sound: oddity === 'none',
    elsewhere: oddity === 'way' || oddity === 'method',
  };
}

function oddityFor(chance: Chance, { requestBody, parameters, path }: Operation): Oddity {
  const hasPlace = path.includes('{');
  return chance.weighted<Oddity>([
    [50, 'none'],
    [requestBody ? 14 : 0, 'value'],
    [requestBody ? 6 : 0, 'values'],
    [requestBody ? 9 : 0, 'bytes'],
    [8, 'header'],
    [3, 'headers'],
    [hasPlace ? 5 : 0, 'place'],
    [hasPlace ? 3 : 0, 'way'],
    [parameters.some((parameter) => parameter.in === 'query') ? 10 : 3, 'query'],
    [1.5, 'method'],
  ]);
}

const readsFile = ({ path }: Operation): boolean => path.endsWith('/documents/{digest}');

function caseFor({ chance, known }: Source, operation: Operation): string | undefined {
  if (readsFile(operation) && known.cited.size > 0 && chance.is(0.9)) return chance.pick([...known.cited.keys()]);
  const ids = [...known.cases].filter(([, { organs }]) => organs.length > 1 || chance.is(0.2)).map(([id]) => id);
  return ids.length === 0 || chance.is(0.02) ? undefined : chance.pick(ids.slice(-12));
}

/** Mostly somebody whose office it is: who leads or works at an organ the case is of, keeps the register, supervises. */
function officerFor({ chance, known }: Source, { path, method }: Operation, about: string | undefined): Post {
  const present = POSTS.filter(heldOn(known.today));
  const { organs = [] } = known.cases.get(about ?? '') ?? {};
  const organ = organs.length > 0 ? chance.pick([organs[0], organs.at(-1), organs.at(-1)]) : undefined;
  const keeps = path.startsWith('/v1/register') && method === 'post';
  const role = keeps ? 'registrar' : OFFICES.find(([root]) => path.startsWith(root))?.[1];
  const fitting = present.filter((post) =>
    role !== undefined
      ? post.roles.includes(role)
      : organ === undefined
        ? worksOnCases(post)
        : post.organ === organ && worksOnCases(post),
  );
  return chance.pick(fitting.length > 0 && chance.is(0.85) ? fitting : present);
}

/** Below these paths, what is read is read by office. */
const OFFICES: readonly (readonly [root: string, role: Post['roles'][number]])[] = [
  ['/v1/attempts', 'supervisor'],
  ['/v1/operations', 'operator'],
  ['/v1/supervision', 'supervisor'],
];

const worksOnCases = ({ roles }: Post): boolean =>
  roles.some((role) => ['head', 'deputyHead', 'handler'].includes(role));

interface Drawn {
  readonly about: string | undefined;
  readonly oddity: Oddity;
}

function addressOf(source: Source, { path, parameters }: Operation, { about, oddity }: Drawn): string {
  const { chance, known } = source;
  const placed = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    if (oddity === 'place') return chance.pick(PLACES);
    if (oddity === 'way') return chance.pick(WAYS);
    const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? {};
    if (name === 'id' && path.startsWith('/v1/supervision/')) return known.supervisionFile();
    if (name === 'id') return path.includes('/organs/') ? known.id('organ') : (about ?? known.id('none'));
    return encodeURIComponent(
      /digest/i.test(name) ? known.citedDigest() : textOf(valueOf(source, schema, name), known.id(name)),
    );
  });
  // All that is asked for must hold: mostly little is, or nothing would be found.
  const share = chance.pick([0, 0, 0.15, 0.5]);
  const asked = parameters.filter(
    ({ in: place, required, name }) =>
      place === 'query' && (required === true || chance.is(name === 'limit' ? 0.6 : share)),
  );
  const query = asked.map(
    ({ name, schema = {} }) => `${name}=${encodeURIComponent(String(valueOf(source, schema, name)))}`,
  );
  if (oddity === 'query') query.push(...chance.some(QUERIES, 0.05), chance.pick(QUERIES));
  return query.length === 0 ? placed : `${placed}?${query.join('&')}`;
}

/** A path parameter of which nothing but "a text" is said is an id. */
const textOf = (value: unknown, id: string): string =>
  typeof value === 'string' && /^[0-9a-f-]{36}$|^[0-9a-f]{64}$/.test(value) ? value : id;

interface DrawnBody {
  readonly type?: string;
  readonly bytes?: string | Uint8Array;
  readonly said?: unknown;
}

function bodyOf(source: Source, { requestBody }: Operation, oddity: Oddity): DrawnBody {
  const { chance } = source;
  if (!requestBody) return {};
  const [type = '', { schema = {} } = {}] = chance.pick(Object.entries(requestBody.content));
  if (type !== JSON_BODY) return { type, bytes: fileOf(chance, type) };
  let said = valueOf(source, schema);
  const times = oddity === 'value' ? 1 : oddity === 'values' ? chance.between(2, 6) : 0;
  for (let n = 0; n < times; n += 1) said = mutated(chance, said);
  const json = JSON.stringify(said) ?? '';
  const bytes = oddity === 'bytes' ? garbled(chance, json) : json;
  return { type, bytes, said: heardIn(bytes) };
}

/** What JSON cannot tell apart, or tells otherwise, is what was really said; nothing where it is none. */
function heardIn(bytes: string | Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as unknown;
  } catch {
    return undefined;
  }
}

/** What a file of each kind begins with. */
const HEADS: Readonly<Record<string, string>> = {
  pdf: '%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n',
  png: '\u0089PNG\r\n\u001a\n\u0000\u0000\u0000\rIHDR',
  jpeg: '\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF',
  text: 'some text of ',
};

function fileOf(chance: Chance, type: string): Uint8Array {
  const own = Object.entries(HEADS).find(([kind]) => type.includes(kind))?.[1] ?? HEADS.text ?? '';
  const odd = ['GIF89a', 'PK\u0003\u0004', '<svg onload=alert(1)>', 'MZ', '\u0000', ''];
  const head = chance.is(0.8) ? own : chance.pick([...odd, ...Object.values(HEADS)]);
  return Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(`${chance.between(0, 1_000_000)}`)]);
}

interface DrawnHeaders extends Drawn {
  readonly post: Post;
  readonly type: string | undefined;
}

function headersOf(source: Source, operation: Operation, drawnHeaders: DrawnHeaders): Headers {
  const { chance } = source;
  const { oddity } = drawnHeaders;
  const headers = soundHeaders(source, operation, drawnHeaders);
  const odd = oddity === 'header' ? 1 : oddity === 'headers' ? chance.between(2, 4) : 0;
  for (let n = 0; n < odd; n += 1) {
    const name = chance.pick(Object.keys(HEADERS));
    // One that is left out says nothing at all: also not what is said otherwise without being asked.
    headers[name] = chance.pick(HEADERS[name] ?? []) ?? [];
  }
  return headers;
}

/** How often a header is said that need not be. */
const SHARES: Readonly<Record<string, number>> = {
  ...{ prefer: 0.06, 'if-match': 0.06, 'content-digest': 0.06 },
  ...{ 'kesu-purpose': 0.6, range: 0.6 },
};

function soundHeaders(
  source: Source,
  { parameters, path }: Operation,
  { about, post, type }: DrawnHeaders,
): Record<string, Said> {
  const { chance, known } = source;
  const revision = known.cases.get(about ?? '')?.revision ?? known.revisions.get(rootOf(path));
  const headers: Record<string, Said> = type === undefined ? {} : { 'content-type': type };
  for (const { name, required, schema = {} } of parameters.filter((parameter) => parameter.in === 'header')) {
    const lower = name.toLowerCase();
    const said = SOUND[lower] ?? ((): string => String(valueOf(source, schema, name)));
    if (required || chance.is(SHARES[lower] ?? 0.3)) headers[lower] = said(chance, { revision, post });
  }
  const posts = POSTS.filter(heldOn(known.today)).filter(({ person }) => person === post.person);
  return { ...headers, ...(posts.length > 1 && { 'kesu-acting-as': post.id }) };
}

/** `/v1/register` of all that is below it. */
export const rootOf = (path: string): string => path.split('/').slice(0, 3).join('/');

/** What each header says, where the document says of it no more than "a text". */
const SOUND: Readonly<
  Record<string, (chance: Chance, of: { readonly revision: number | undefined; readonly post: Post }) => string>
> = {
  'idempotency-key': (chance) => `fuzz-${chance.between(0, 0x7fff_ffff)}`,
  'if-match': (chance, { revision = 0 }) => `"${chance.is(0.9) ? revision : chance.between(0, 9)}"`,
  prefer: () => 'respond-when=visible, wait=1',
  'kesu-acting-as': (_chance, { post }) => post.id,
  'content-digest': () => 'sha-512=:AAAA:',
  range: (chance) => (chance.is(0.2) ? 'bytes=100000-' : `bytes=${chance.between(0, 5)}-${chance.between(5, 20)}`),
};
