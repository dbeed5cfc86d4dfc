import type { Readable } from 'node:stream';
import type { AnyFact, CaseSystem, EventLog, Json, Keys, Recorded } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { DocumentRefused, type DocumentStore } from '../documents/index.js';
import { BEFORE_ALL, Denial, factsOf, opened, type LawShelf, type Ledger } from '../ledger/index.js';
import { citationIn, isErasedIn, maySeeFact } from '../reading/index.js';
import type { Exchange } from './caller.js';
import { disclose, type Disclosed } from './disclosed.js';
import { documentAnswer } from './document-answer.js';
import { admitted, disclosureOf } from './questions/admission.js';

export interface DocumentRoomParts {
  readonly ledger: Ledger;
  readonly law: LawShelf;
  readonly log: EventLog;
  readonly keys: Keys;
  readonly documents: DocumentStore;
}

/** 附件室: documents, to whoever may see a fact of the case that cites them. */
export class DocumentRoom {
  constructor(private readonly parts: DocumentRoomParts) {}

  /**
   * The bytes of a document, each of them checked before. What no fact cites that the reader may see is answered like what
   * does not exist. @throws Denial CASE_NOT_FOUND, DOCUMENT_NOT_FOUND; DocumentRefused DOCUMENT_ERASED; DocumentDamaged
   */
  async document<State, F extends AnyFact>(
    system: CaseSystem<State, F, LawBook>,
    { caseId, digest }: { readonly caseId: string; readonly digest: string },
    http: Exchange,
  ): Promise<Disclosed<Readable>> {
    const { parts } = this;
    const open = await admitted(parts, system, caseId, http);
    const facts: readonly Recorded[] = factsOf(system, await parts.log.readStream(open.stream));
    const cited = citationIn(facts, digest, (fact) => maySeeFact(system, open.maySee, fact, facts));
    if (!cited) throw new Denial('DOCUMENT_NOT_FOUND');
    const what = `${system.decider.category}/${open.id}/documents/${digest}`;
    return disclose(disclosureOf(http, what), async () => {
      if (isErasedIn(facts, digest)) throw new DocumentRefused('DOCUMENT_ERASED');
      // A marked value is JSON, though its interface does not say so.
      const name = await opened(cited.name as Json, parts.keys);
      const document = await parts.documents.open(digest);
      if (document === 'erased') throw new DocumentRefused('DOCUMENT_ERASED');
      const answer = await documentAnswer(document, typeof name === 'string' ? name : '', http.request, http.reply);
      // That it is cited and not erased is said of this place of the log.
      void http.reply.header('kesu-position', open.standing.position ?? BEFORE_ALL);
      return answer;
    });
  }
}
