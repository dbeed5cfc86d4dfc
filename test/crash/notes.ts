import { appendFileSync, readFileSync } from 'node:fs';

/** What the load generator writes down of a command once it was answered, before it goes on. */
export type Note =
  | {
      readonly kind: 'acknowledged';
      readonly key: string;
      readonly case: string;
      readonly events: readonly { readonly id: string; readonly revision: number }[];
      /** What was sent in clear, by the RFC 6901 pointer into the data of the first event. */
      readonly sent: Readonly<Record<string, string>>;
      /** Digests of the documents its first event cites. */
      readonly documents: readonly string[];
    }
  | { readonly kind: 'unexpected'; readonly what: string };

export type Acknowledged = Extract<Note, { kind: 'acknowledged' }>;

export const writeNote = (file: string, note: Note): void => appendFileSync(file, `${JSON.stringify(note)}\n`);

export const notesIn = (file: string): readonly Note[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Note);

export const acknowledgedIn = (file: string): readonly Acknowledged[] =>
  notesIn(file).filter((note): note is Acknowledged => note.kind === 'acknowledged');
