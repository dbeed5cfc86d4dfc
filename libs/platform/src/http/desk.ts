import type { CommandBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import { caseIdOf, commandIdOf, isUuid, LogUnavailable, type Command, type Json, type Uuid } from '#libs/kernel';
import { Denial, issue, type Answer } from '../ledger/index.js';
import { single, type Exchange } from './caller.js';
import { Fault } from './fault.js';
import { preferenceOf, type Preference } from './prefer.js';

/** Waits until the read models show a case at a revision. @returns whether they did in time. */
export type Visibility = (caseId: Uuid, revision: number, waitMs: number) => Promise<boolean>;

/** The answer to a write. A ledger that is not a production one says so. */
export type Told = Answer & { readonly mode?: string };

const KEY = /^[\x21-\x7e]{1,128}$/;

/** 收文台: turns a write request into an issued command, sends it over the bus, and answers with what was recorded. */
export class Desk {
  constructor(
    private readonly bus: CommandBus,
    private readonly visibility: Visibility,
    private readonly clocks: { readonly agrees: boolean },
    private readonly mode: { readonly mode?: string },
  ) {}

  /** @param caseId of the case written to; left out when the command opens one. @param root path of the system. */
  async record(command: Command, http: Exchange, root: string, caseId?: string): Promise<Told> {
    if (!this.clocks.agrees) throw new Fault('CLOCKS_DISAGREE');
    const preference = preferenceOf(single(http.request.headers.prefer));
    const issued = issuedBy(http, caseId);
    const status = `${root}/${issued.caseId}/commands/${issued.commandId}`;
    const answer = await this.bus.execute<Command, Answer>(issue(command, issued)).catch((error: unknown) => {
      throw error instanceof LogUnavailable ? new Fault('OUTCOME_UNKNOWN', { status }) : error;
    });
    await this.await(preference, answer, http);
    void http.reply.headers({
      etag: `"${answer.revision}"`,
      location: `${root}/${answer.case}`,
      'cache-control': 'no-store',
    });
    return { ...this.mode, ...answer };
  }

  private async await({ visible, waitSeconds }: Preference, answer: Answer, { reply }: Exchange): Promise<void> {
    if (visible && (await this.visibility(answer.case, answer.revision, waitSeconds * 1000)))
      void reply.header('preference-applied', 'respond-when=visible');
  }
}

function issuedBy({ caller, request }: Exchange, caseId: string | undefined): Parameters<typeof issue>[1] {
  if (caseId !== undefined && !isUuid(caseId)) throw new Denial('CASE_NOT_FOUND');
  const { headers, method } = request;
  const path = pathOf(request);
  const { recorder, viewer } = caller;
  const key = idempotencyKey(single(headers['idempotency-key']));
  const commandId = commandIdOf({ issuer: recorder.issuer, person: recorder.person, method, path, key });
  const ifMatch = revisionIn(single(headers['if-match']));
  const said: Json = [method, path, single(headers['kesu-acting-as']) ?? null, request.body as Json];
  return {
    commandId,
    caseId: caseId ?? caseIdOf(commandId),
    recorder,
    viewer,
    said,
    ...(caseId === undefined ? { opens: true as const } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

/**
 * The one spelling of the path a request came by, from its route: `/v1/%61ssistance` and `/v1/assistance` are one place,
 * so they must not make two commands of one Idempotency-Key.
 */
function pathOf({ routeOptions, params }: FastifyRequest): string {
  const given = params as Readonly<Record<string, string>>;
  return (routeOptions.url ?? '').replace(/:(\w+)/g, (_all, name: string) => encodeURIComponent(given[name] ?? ''));
}

/** The key as it was sent; quotes of a structured-field string (RFC 9651) do not make it another key. */
function idempotencyKey(header: string | undefined): string {
  if (header === undefined) throw new Fault('IDEMPOTENCY_KEY_REQUIRED');
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (!KEY.test(key)) throw new Fault('IDEMPOTENCY_KEY_MALFORMED');
  return key;
}

function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const revision = /^"(0|[1-9]\d{0,8})"$/.exec(header.trim())?.[1];
  if (revision === undefined) throw new Fault('IF_MATCH_MALFORMED');
  return Number(revision);
}
