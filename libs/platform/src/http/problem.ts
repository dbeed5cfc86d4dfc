import {
  AppendTooLarge,
  Conflict,
  IntegrityBroken,
  KeyErased,
  KeyMissing,
  LogUnavailable,
  Refusal,
  UnknownFact,
  type RefusalDetail,
  type RefusalKind,
  type Uuid,
} from '#libs/kernel';
import { citation } from '#libs/law';
import { TooManyRefusals } from '../attempts/index.js';
import { DocumentDamaged, DocumentRefused, DocumentStoreFailed } from '../documents/index.js';
import { IdentityRefused } from '../identity/index.js';
import { KeyDamaged } from '../keys/index.js';
import { Denial, Quarantined } from '../ledger/index.js';
import { Fault, type FaultDetail } from './fault.js';
import { RefusedCommand } from './refused-command.js';
import { PLATFORM_TEXTS, platformText, type PlatformCode } from './texts.js';

/** application/problem+json (RFC 9457), with a stable code and a sentence in Chinese. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: FaultDetail['errors'];
  /** The rule that is the reason, and where it stands. */
  readonly rule?: string;
  readonly article?: string;
  /** Of a case in quarantine: up to which revision it can be read; −1 where not at all. */
  readonly lastGoodRevision?: number;
  /** Of a command that was refused, or whose outcome is not known: its id, and where its outcome can be asked. */
  readonly commandId?: Uuid;
  readonly statusUrl?: string;
  readonly traceId: string;
}

/** The sentences of all systems' refusals, by code, and of those common to all. */
export type RefusalTexts = Readonly<Record<string, RefusalText>>;
export type RefusalText = (values: Readonly<Record<string, string | number>>) => string;

const REFUSAL_STATUS: Readonly<Record<RefusalKind, number>> = {
  absent: 404,
  impossible: 409,
  notEntitled: 403,
  incomplete: 422,
  malformed: 422,
};

const TITLES: Readonly<Record<number, string>> = {
  400: '请求有误',
  401: '未认证',
  403: '无权办理',
  404: '没有找到',
  405: '方法不支持',
  408: '请求超时',
  409: '与现状冲突',
  410: '已经删除',
  412: '版本已过时',
  413: '内容过大',
  415: '类型不支持',
  416: '范围不符',
  417: '预期不能满足',
  422: '内容不能接受',
  428: '须先查看',
  429: '过于频繁',
  431: '请求头过大',
  500: '内部错误',
  503: '暂不可用',
};

/** The problem that `error` is told as. Anything unexpected is INTERNAL_ERROR and says nothing of itself. */
export function problemOf(error: unknown, refusals: RefusalTexts, traceId: string): Problem {
  if (error instanceof RefusedCommand) return { ...problemOf(error.refusal, refusals, traceId), ...error.command };
  if (error instanceof Refusal) return refusalProblem(error, refusals, traceId);
  const { code, detail } = platformFault(error);
  const [status] = PLATFORM_TEXTS[code];
  return {
    ...named(code, status),
    detail: platformText(code, detail.values),
    ...(detail.errors ? { errors: detail.errors } : {}),
    ...(detail.lastGoodRevision === undefined ? {} : { lastGoodRevision: detail.lastGoodRevision }),
    ...detail.command,
    traceId,
  };
}

function refusalProblem({ code, detail }: Refusal, refusals: RefusalTexts, traceId: string): Problem {
  const text = refusals[code]?.(detail.values ?? {}) ?? code;
  return {
    ...named(code, REFUSAL_STATUS[detail.kind]),
    detail: text,
    ...errorsOf(code, detail, text),
    ...citedRule(detail.rule),
    traceId,
  };
}

/** The rule that is the reason, with where it stands; nothing where there is none. */
export function citedRule(id: string | undefined): { readonly rule?: string; readonly article?: string } {
  return (id === undefined ? undefined : citation(id)) ?? {};
}

/** Stands for the values of a sentence where nobody kept them. */
const UNKEPT = new Proxy<Readonly<Record<string, string>>>({}, { get: () => '……' });

/** The sentence of a refusal of which only the code is known: the values it was told with are left open. */
export function sentenceOfCode(code: string, refusals: RefusalTexts): string {
  const known = Object.hasOwn(refusals, code) ? refusals[code]?.(UNKEPT) : undefined;
  return known ?? (Object.hasOwn(PLATFORM_TEXTS, code) ? platformText(code as PlatformCode, UNKEPT) : code);
}

/** One by one where there are several; else the sentence itself, at its place. */
function errorsOf(code: string, { faults, pointer }: RefusalDetail, text: string): Pick<Problem, 'errors'> {
  if (faults) return { errors: faults.map((fault) => ({ pointer: fault.pointer, code, message: fault.message })) };
  return pointer === undefined ? {} : { errors: [{ pointer, code, message: text }] };
}

function named(code: string, status: number): Pick<Problem, 'type' | 'title' | 'status' | 'code'> {
  return { type: `urn:kesu:problem:${code}`, title: TITLES[status] ?? '出错', status, code };
}

function platformFault(error: unknown): { code: PlatformCode; detail: FaultDetail } {
  if (error instanceof Fault) return error;
  if (error instanceof Denial) return { code: error.code, detail: denialDetail(error) };
  if (error instanceof DocumentRefused) return { code: error.code, detail: { values: error.values } };
  if (error instanceof IdentityRefused) return { code: error.code, detail: {} };
  if (error instanceof Quarantined) return { code: 'CASE_QUARANTINED', detail: quarantineDetail(error) };
  const told = TOLD_BY_KIND.find(([kind]) => error instanceof kind);
  return { code: told?.[1] ?? frameworkCode(error), detail: {} };
}

const quarantineDetail = ({ lastGoodRevision }: Quarantined): FaultDetail => ({
  lastGoodRevision,
  values: { revision: lastGoodRevision },
});

/** Errors whose kind says all that is told of them. */
const TOLD_BY_KIND: readonly (readonly [kind: abstract new (...args: never[]) => Error, code: PlatformCode])[] = [
  [TooManyRefusals, 'TOO_MANY_REFUSALS'],
  [Conflict, 'CASE_CONFLICT'],
  [IntegrityBroken, 'CASE_INTEGRITY_BROKEN'],
  [UnknownFact, 'FACT_UNKNOWN'],
  [LogUnavailable, 'LOG_UNAVAILABLE'],
  [AppendTooLarge, 'COMMAND_TOO_LARGE'],
  [KeyDamaged, 'KEY_UNUSABLE'],
  [KeyErased, 'KEY_UNUSABLE'],
  [KeyMissing, 'KEY_UNUSABLE'],
  [DocumentDamaged, 'DOCUMENT_DAMAGED'],
  [DocumentStoreFailed, 'DOCUMENT_STORE_UNAVAILABLE'],
];

function denialDetail({ code, detail }: Denial): FaultDetail {
  const { pointer, values } = detail;
  const message = platformText(code, values);
  return { ...(pointer === undefined ? {} : { errors: [{ pointer, code, message }] }), ...(values ? { values } : {}) };
}

const FRAMEWORK_CODES: Readonly<Record<string, PlatformCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'BODY_TOO_LARGE',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'CONTENT_TYPE_UNSUPPORTED',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'REQUEST_INVALID',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BODY_NOT_JSON',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BODY_NOT_JSON',
};

/** What Nest and Fastify refuse by themselves: their codes, else their status. */
function frameworkCode(error: unknown): PlatformCode {
  const { code, statusCode, status } = (error ?? {}) as { code?: unknown; statusCode?: unknown; status?: unknown };
  const known = typeof code === 'string' ? FRAMEWORK_CODES[code] : undefined;
  if (known) return known;
  const asked = typeof statusCode === 'number' ? statusCode : status;
  if (error instanceof SyntaxError && asked === 400) return 'BODY_NOT_JSON';
  if (asked === 404) return 'ROUTE_NOT_FOUND';
  if (asked === 413) return 'BODY_TOO_LARGE';
  if (asked === 415) return 'CONTENT_TYPE_UNSUPPORTED';
  return typeof asked === 'number' && asked >= 400 && asked < 500 ? 'REQUEST_INVALID' : 'INTERNAL_ERROR';
}
