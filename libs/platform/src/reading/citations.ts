import { documentsOf, documentSubject, type AnyFact, type CitedDocument, type Recorded } from '#libs/kernel';

/**
 * How a case cites a document, as far as the reader may see its facts: by the newest of them, as it was recorded. What a
 * correction says a fact should have cited was never asked of the store, and counts for nothing here.
 */
export const citationIn = (
  facts: readonly Recorded<AnyFact>[],
  digest: string,
  maySee: (fact: Recorded<AnyFact>) => boolean,
): CitedDocument | undefined =>
  facts
    .filter(maySee)
    .flatMap(({ data }) => documentsOf(data))
    .findLast((cited) => cited.digest === digest);

/** Whether the case decided to erase the document: then it is gone, also before its key has been destroyed. */
export const isErasedIn = (facts: readonly Recorded<AnyFact>[], digest: string): boolean =>
  facts.some(
    ({ type, data }) =>
      type === 'SubjectErased' && (data as { readonly subject?: unknown }).subject === documentSubject(digest),
  );
