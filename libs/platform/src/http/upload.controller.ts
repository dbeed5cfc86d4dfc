import { IncomingMessage } from 'node:http';
import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { declaredIn, DocumentRefused, DocumentStore, type StoredDocument } from '../documents/index.js';
import { Http, single, type Exchange } from './caller.js';
import { Deposits } from './document-acts.js';
import { Fault } from './fault.js';
import { arriving, UPLOADS } from './uploads.js';

/** What every answer of a ledger says that is not a production one. */
export abstract class ModeTold {
  abstract readonly mode?: string;
}

/** 上传附件. A file is brought first and cited afterwards, by its digest. */
@ApiTags('documents 附件')
@Controller(UPLOADS)
export class UploadController {
  constructor(
    @Inject(DocumentStore) private readonly documents: DocumentStore,
    @Inject(ModeTold) private readonly told: ModeTold,
  ) {}

  /** The same bytes again are the same document: no Idempotency-Key is needed. */
  @Deposits()
  async deposit(@Http() http: Exchange): Promise<StoredDocument & { readonly mode?: string }> {
    const stored = await this.put(http);
    void http.reply.header('cache-control', 'no-store');
    return { ...this.told, ...stored };
  }

  private put({ caller, request }: Exchange): Promise<StoredDocument> {
    const { headers, body } = request;
    const packed = (headers['content-encoding'] ?? 'identity') !== 'identity';
    const declared = declaredIn(headers['content-type']);
    if (!declared || packed) throw new DocumentRefused('DOCUMENT_TYPE_UNSUPPORTED');
    const digest = digestIn(single(headers['content-digest']));
    // Without a body there is nothing of this kind; a body of any other kind has been refused by its declared type.
    if (!(body instanceof IncomingMessage)) throw new DocumentRefused('DOCUMENT_EMPTY');
    const { bytesMax: max } = this.documents;
    if (Number(headers['content-length'] ?? 0) > max) throw new DocumentRefused('DOCUMENT_TOO_LARGE', { max });
    return this.documents.put(arriving(body), {
      organ: caller.viewer.organ,
      ...(declared === 'unsaid' ? {} : { declared }),
      ...(digest === undefined ? {} : { digest }),
    });
  }
}

/** The SHA-256 that a Content-Digest (RFC 9530) names, as hex. @throws Fault CONTENT_DIGEST_MALFORMED */
function digestIn(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const base64 = /(?:^|,)\s*sha-256=:([A-Za-z0-9+/]{43}=):\s*(?=,|$)/.exec(header)?.[1];
  if (base64 === undefined) throw new Fault('CONTENT_DIGEST_MALFORMED');
  return Buffer.from(base64, 'base64').toString('hex');
}
