import { refusals as ofAssistance } from '#libs/assistance';
import { commonRefusals } from '#libs/kernel';
import { refusals as ofOrgans } from '#libs/organs';
import { refusals as ofPublishing } from '#libs/publishing';
import { refusals as ofSupervision, samplingRefusals as ofSampling } from '#libs/supervision';
import { PLATFORM_TEXTS } from '../../libs/platform/src/http/texts.js';
import type { Interface, Schema } from './document.js';
import type { Asked } from './requests.js';
import type { Came } from './send.js';

/** Every code there is: a spec holds that every `refusals.ts` is among them. */
export const CODES: ReadonlySet<string> = new Set([
  ...Object.keys(PLATFORM_TEXTS),
  ...[commonRefusals, ofOrgans, ofAssistance, ofPublishing, ofSupervision, ofSampling].flatMap((texts) =>
    Object.keys(texts),
  ),
]);

/** What nobody is told who asks as the document describes. A cursor may be of another list. */
const ONLY_OF_ODD =
  /^(BODY_|CONTENT_TYPE_|IDEMPOTENCY_KEY_(REQUIRED|MALFORMED)|IF_MATCH_(REQUIRED|MALFORMED)|PREFER_|PURPOSE_UNKNOWN|QUERY_|ROUTE_|METHOD_|REQUEST_|HEADERS_|EXPECTATION_|ACTING_AS_|TOKEN_)/;

const PROBLEM = 'application/problem+json';

/** What is wrong with an answer; nothing when it is one the document promises. */
export function faultsOf(document: Interface, asked: Asked, came: Came): readonly string[] {
  const { operation, elsewhere } = asked;
  const declared = operation.responses[String(came.status)];
  return [
    ...(came.status >= 500 ? ['an answer of the service’s own failing'] : []),
    ...(!declared && !elsewhere ? [`status ${came.status} is not declared`] : []),
    ...(came.status >= 400 ? problemFaults(came) : []),
    ...(declared && !elsewhere ? contentFaults(document, declared.content, came) : []),
    ...askedFaults(document, asked, came),
    ...fileFaults(asked, came),
    ...(asked.elsewhere ? [] : placeFaults(declared?.headers, came)),
  ];
}

function contentFaults(
  document: Interface,
  content: Readonly<Record<string, { readonly schema?: Schema }>> | undefined,
  { headers, text }: Came,
): readonly string[] {
  if (!content) return [];
  const type = typeOf(headers['content-type']);
  const media = content[type] ?? content['*/*'];
  if (!media) return [`content of type ${type} is not declared`];
  if (!media.schema || !type.endsWith('json')) return [];
  const value = parsed(text);
  return value === undefined
    ? ['no JSON']
    : document.answerFaultsOf(media.schema, value).map((fault) => `answer: ${fault}`);
}

/** RFC 9457, in Chinese, with a code of the catalogue and nothing of the service's inside. */
function problemFaults({ status, headers, text }: Came): readonly string[] {
  const problem = parsed(text) as Readonly<Record<string, unknown>> | undefined;
  if (!problem) return [`a problem that is no JSON: ${text.slice(0, 200)}`];
  const { code, detail, title, type, traceId } = problem;
  const said = (value: unknown): string => (typeof value === 'string' ? value : '');
  const must: readonly (readonly [holds: boolean, what: string])[] = [
    [typeOf(headers['content-type']) === PROBLEM, 'the type of a problem'],
    [headers['cache-control'] === 'no-store', 'no-store'],
    [CODES.has(said(code)), 'a code of the catalogue'],
    [type === `urn:kesu:problem:${said(code)}`, 'a type of its code'],
    [problem.status === status, 'its status'],
    [/[\u4e00-\u9fff]{2}/.test(said(detail)), 'a Chinese sentence'],
    [/^[\u4e00-\u9fff]+$/.test(said(title)), 'a Chinese title'],
    [/^[0-9a-f]{32}$/.test(said(traceId)), 'a trace'],
    [!/node_modules|\.[tj]s:\d|at [A-Z]\w+\.|SELECT |\/home\/|\/tmp\//.test(text), 'nothing of the inside'],
  ];
  return must.flatMap(([holds, what]) => (holds ? [] : [`a problem without ${what}`]));
}

/** What follows from what was asked: sound requests are taken as such, and what the document forbids is not taken. */
function askedFaults(document: Interface, asked: Asked, came: Came): readonly string[] {
  const { code = '', errors } = (parsed(came.text) ?? {}) as Told;
  const schema = asked.operation.requestBody?.content['application/json']?.schema;
  const taken = came.status < 300 && !asked.elsewhere;
  const forbidden = taken && schema && 'said' in asked ? document.faultsOf(schema, asked.said) : [];
  return [
    ...(asked.sound && came.status >= 400 && ONLY_OF_ODD.test(code) && !isBeyondSchema(errors)
      ? [`a sound request was told ${code}`]
      : []),
    ...forbidden.map((fault) => `taken, though the document forbids it: ${fault}`),
  ];
}

const POSITION = /^\d{1,20}(-\d{1,20})?$/;

/** An answer that may say for which place of the log it speaks says so, twice the same where its body says so too. */
function placeFaults(headers: Readonly<Record<string, unknown>> | undefined, came: Came): readonly string[] {
  if (headers?.['Kesu-Position'] === undefined) return [];
  const { status, position } = (parsed(came.text) ?? {}) as { readonly status?: unknown; readonly position?: unknown };
  // Of a command only where it was recorded can be said.
  if (status === 'unknown' || status === 'refused') return [];
  const told = String(came.headers['kesu-position']);
  return POSITION.test(told) && (position === undefined || position === told) ? [] : [`a place of the log: ${told}`];
}

/** A whole file is the one its address names. */
function fileFaults({ operation, elsewhere, path }: Asked, { status, digest }: Came): readonly string[] {
  const named = status === 200 && !elsewhere && operation.path.endsWith('/documents/{digest}');
  return named && !path.includes(`/documents/${digest}`) ? ['a file of another digest'] : [];
}

interface Told {
  readonly code?: string;
  readonly errors?: readonly { readonly code?: string }[];
}

/**
 * Parameters must fit each other, which a schema of each does not say: of a limit, of a period, or one of two; and an organ
 * asked about must be registered.
 */
const isBeyondSchema = (errors: Told['errors']): boolean =>
  errors?.every(({ code = '' }) => ['limit', 'period', 'either', 'unknownOrgan'].includes(code)) === true;

const typeOf = (header: string | string[] | undefined): string =>
  typeof header === 'string' ? (header.split(';')[0] ?? '').trim() : '';

export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
