import type { CommandBus } from '@nestjs/cqrs';
import { caseIdOf, isUuid, LogUnavailable, type Command, type Json, type Uuid } from '#libs/kernel';
import { Denial, issue, type Answer, type Issued } from '../ledger/index.js';
import { single, type Exchange } from './caller.js';
import { Fault } from './fault.js';
import { commandIdFor, idempotencyKey, pathOf } from './issuing.js';
import { preferenceOf, type Preference } from './prefer.js';
import { ofCommand } from './refused-command.js';
import type { Refusing } from './refusing.js';

/** Waits until the read models show a case at a revision. @returns whether they did in time. */
export type Visibility = (caseId: Uuid, revision: number, waitMs: number) => Promise<boolean>;

/** A case whose id is fixed, and whether the command may be its first. */
export interface FixedCase {
  readonly id: Uuid;
  readonly opens: boolean;
}

/** The answer to a write. A ledger that is not a production one says so. */
export type Told = Answer & { readonly mode?: string };

/** 收文台: turns a write request into an issued command, sends it over the bus, and answers with what was recorded. */
export class Desk {
  constructor(
    private readonly bus: CommandBus,
    private readonly visibility: Visibility,
    private readonly clocks: { readonly agrees: boolean },
    private readonly parts: { readonly mode: { readonly mode?: string }; readonly refusing: Refusing },
  ) {}

  /**
   * @param root path of the system, below which its cases stand; or the path of each, where it is another.
   * @param of the case written to; `opens` where its id is fixed and nothing stands in it yet. Left out when the command opens one.
   */
  async record(
    command: Command,
    http: Exchange,
    root: string | ((caseId: Uuid) => string),
    of?: string | FixedCase,
  ): Promise<Told> {
    if (!this.clocks.agrees) throw new Fault('CLOCKS_DISAGREE');
    const deadline = this.parts.refusing.deadline();
    const preference = preferenceOf(single(http.request.headers.prefer));
    const caseId = typeof of === 'object' ? of.id : of;
    const issued = {
      ...issuedBy(http, caseId),
      ...(typeof of === 'object' && of.opens ? { opens: true as const } : {}),
    };
    const place = typeof root === 'string' ? (id: Uuid) => `${root}/${id}` : root;
    const { commandId, recorder } = issued;
    const answer = await this.decided(command, issued, caseId).catch(async (error: unknown) => {
      const named = { commandId, statusUrl: `${place(issued.caseId)}/commands/${commandId}` };
      if (error instanceof LogUnavailable) throw new Fault('OUTCOME_UNKNOWN', { command: named });
      const attempted = { commandId, about: issued.caseId, recorder };
      throw ofCommand(await this.parts.refusing.told(error, http.request, attempted, deadline), named);
    });
    await this.await(preference, answer, http);
    void http.reply.headers({
      etag: `"${answer.revision}"`,
      location: place(answer.case),
      'cache-control': 'no-store',
    });
    return { ...this.parts.mode, ...answer };
  }

  private async decided(command: Command, issued: Issued, caseId: string | undefined): Promise<Answer> {
    if (caseId !== undefined && !isUuid(caseId)) throw new Denial('CASE_NOT_FOUND');
    return this.bus.execute<Command, Answer>(issue(command, issued));
  }

  private async await({ visible, waitSeconds }: Preference, answer: Answer, { reply }: Exchange): Promise<void> {
    if (visible && (await this.visibility(answer.case, answer.revision, waitSeconds * 1000)))
      void reply.header('preference-applied', 'respond-when=visible');
  }
}

/** @param caseId of the case in the path; one that cannot be a case's is refused where the case is looked for. */
function issuedBy({ caller, request }: Exchange, caseId: string | undefined): Issued {
  const { headers, method } = request;
  const { recorder, viewer } = caller;
  const commandId = commandIdFor(request, recorder, idempotencyKey(request));
  const ifMatch = revisionIn(single(headers['if-match']));
  const said: Json = [method, pathOf(request), single(headers['kesu-acting-as']) ?? null, request.body as Json];
  return {
    commandId,
    caseId: isUuid(caseId) ? caseId : caseIdOf(commandId),
    recorder,
    viewer,
    said,
    ...(caseId === undefined ? { opens: true as const } : {}),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  };
}

function revisionIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const revision = /^"(0|[1-9]\d{0,8})"$/.exec(header.trim())?.[1];
  if (revision === undefined) throw new Fault('IF_MATCH_MALFORMED');
  return Number(revision);
}
