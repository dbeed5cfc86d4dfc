import { pointerTo } from './json.js';

/** An object or list that has been opened: the names it has so far (a list has none), and where reading stands in it. */
interface Level {
  readonly names: Set<string> | undefined;
  key: string;
  index: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const LIST = 0x5b;
const BACKSLASH = 0x5c;
const LIST_END = 0x5d;
const OBJECT = 0x7b;
const OBJECT_END = 0x7d;

/**
 * The RFC 6901 pointer to the first member whose name its object already has (RFC 7493 section 2.3 forbids it), or
 * undefined. JSON.parse takes the last one without a word: two readers of one body would read two commands.
 * @param text valid JSON: what is not is for the parser to say first.
 */
export function repeatedMemberIn(text: string): string | undefined {
  const levels: Level[] = [];
  let nameComes = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    const here = levels.at(-1);
    if (char === QUOTE) {
      const end = endOfText(text, at);
      if (nameComes && here && !took(here, nameIn(text.slice(at, end + 1))))
        return levels.reduce((pointer, level) => pointerTo(pointer, stepOf(level)), '');
      nameComes = false;
      at = end;
    } else if (char === COMMA) {
      nameComes = here?.names !== undefined;
      if (here) here.index += 1;
    } else if (char === OBJECT || char === LIST) {
      nameComes = char === OBJECT;
      levels.push({ names: nameComes ? new Set() : undefined, key: '', index: 0 });
    } else if (char === OBJECT_END || char === LIST_END) levels.pop();
  }
  return undefined;
}

/** Goes on to the member `name`. @returns false when there was one of that name. */
function took(level: Level, name: string): boolean {
  level.key = name;
  const before = level.names?.size;
  return level.names?.add(name).size !== before;
}

const stepOf = ({ names, key, index }: Level): string => (names ? key : String(index));

/** A name may be spelt with escapes: `"\u0061"` is `"a"`. */
const nameIn = (quoted: string): string =>
  quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);

/** Where the quote stands that ends the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end;
    while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
}
