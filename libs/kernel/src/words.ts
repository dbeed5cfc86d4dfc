/** What is looked for has at least two characters: one is in nearly every text. */
export const WORDS_MIN = 2;
export const WORDS_MAX = 100;

/** Brackets of a 文号 and of quotation are typed in many ways. */
const BRACKETS: Readonly<Record<string, string>> = {
  '〔': '[',
  '【': '[',
  '〖': '[',
  '(': '[',
  '〕': ']',
  '】': ']',
  '〗': ']',
  ')': ']',
};

/** A text as it is searched, and for each of its characters which one of the text it comes from. */
export interface Searched {
  readonly text: string;
  /** Index into the characters (code points) of the text as it was written, in NFC. */
  readonly from: readonly number[];
}

/** White space, and what is not seen: controls, format characters, lone surrogates. */
const UNSEEN = /[\s\p{Cc}\p{Cf}\p{Cs}]/u;

/** Nothing but what is not seen; also what a font draws nothing for, such as fillers, joiners and the empty Braille cell. */
const BLANK = /^[\s\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** Whether nothing of a text can be seen: two zero-width spaces say as little as none. */
export const isBlank = (written: string): boolean => BLANK.test(written);

const charactersOf = (written: string): readonly string[] => [...written.normalize('NFC')];

/**
 * A text as it is searched, whatever its language: compatibility forms made one (NFKC: full-width letters and digits),
 * lower case, brackets of one kind, white space left out. Everything else is literal.
 */
export function searched(written: string): Searched {
  const characters: string[] = [];
  const from: number[] = [];
  charactersOf(written).forEach((character, index) => {
    for (const part of character.normalize('NFKC').toLowerCase()) {
      if (UNSEEN.test(part)) continue;
      characters.push(BRACKETS[part] ?? part);
      from.push(index);
    }
  });
  return { text: characters.join(''), from };
}

/** What is looked for, as it is searched; undefined when it is too short or too long to be looked for. */
export function wordsFrom(asked: string): string | undefined {
  const { text, from } = searched(asked);
  return from.length >= WORDS_MIN && from.length <= WORDS_MAX ? text : undefined;
}

/** Every two neighbouring characters of a searched text, each pair once. */
export function pairsOf(text: string): readonly string[] {
  const characters = [...text];
  const pairs = new Set<string>();
  characters.forEach((character, index) => {
    const next = characters[index + 1];
    if (next !== undefined) pairs.add(character + next);
  });
  return [...pairs];
}

/** Where words were found in a text: what stands before and after, cut short, and the words as they were written. */
export interface Snippet {
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** How much of a text is shown on each side. */
const AROUND = 30;

/** The first place in `written` where `words` (see {@link wordsFrom}) stand; undefined when they do not. */
export function snippetOf(written: string, words: string): Snippet | undefined {
  const { text, from } = searched(written);
  const at = text.indexOf(words);
  if (at < 0) return undefined;
  const characters = charactersOf(written);
  const first = from[[...text.slice(0, at)].length] ?? 0;
  const last = from[[...text.slice(0, at + words.length)].length - 1] ?? first;
  const begin = Math.max(0, first - AROUND);
  const end = Math.min(characters.length, last + 1 + AROUND);
  return {
    before: `${begin > 0 ? '…' : ''}${characters.slice(begin, first).join('')}`,
    match: characters.slice(first, last + 1).join(''),
    after: `${characters.slice(last + 1, end).join('')}${end < characters.length ? '…' : ''}`,
  };
}
