import { pointerTo } from '#libs/kernel';
import type { LinedFault } from './data-check.js';

/** A JSON text that was read, and on which line each value of it begins, by its pointer. */
export interface JsonText {
  readonly value: unknown;
  /** The line of `pointer`, or of the nearest value around it that is there: where a missing member belongs. */
  readonly lineOf: (pointer: string) => number;
}

const DEEPEST = 60;
const TOKEN =
  /[\t\n\r ]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null))/y;

/** What keeps a text from being JSON, and its line. */
class NotJson extends Error {
  constructor(
    readonly says: string,
    readonly offset: number,
  ) {
    super(says);
  }
}

/** Reads RFC 8259 JSON. A member given twice is a fault, because one of the two would vanish unseen. */
export function readJson(text: string): JsonText | { readonly fault: LinedFault } {
  const reader = new Reader(text);
  try {
    const value = reader.whole();
    const lineOf = (pointer: string): number => {
      for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
        const offset = reader.offsets.get(at);
        if (offset !== undefined) return lineAt(text, offset);
        if (at === '') return 1;
      }
    };
    return { value, lineOf };
  } catch (error) {
    if (!(error instanceof NotJson)) throw error;
    return { fault: { at: '', says: error.says, line: lineAt(text, error.offset) } };
  }
}

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

class Reader {
  readonly offsets = new Map<string, number>();
  private at = 0;

  constructor(private readonly text: string) {}

  whole(): unknown {
    const value = this.value('', 0);
    if (/[^\t\n\r ]/.test(this.text.slice(this.at))) throw new NotJson('JSON 之后还有别的内容', this.at);
    return value;
  }

  /** The next token, and where it begins. */
  private token(): { readonly token: string; readonly offset: number } {
    TOKEN.lastIndex = this.at;
    const [whole, mark, string, literal] = TOKEN.exec(this.text) ?? [];
    const token = mark ?? string ?? literal;
    if (whole === undefined || token === undefined)
      throw new NotJson(/[^\t\n\r ]/.test(this.text.slice(this.at)) ? '不是 JSON' : 'JSON 没有写完', this.at);
    this.at += whole.length;
    return { token, offset: this.at - token.length };
  }

  private value(pointer: string, depth: number): unknown {
    const { token, offset } = this.token();
    this.offsets.set(pointer, offset);
    if (depth > DEEPEST) throw new NotJson(`嵌套超过 ${DEEPEST} 层`, offset);
    if (token === '{') return this.object(pointer, depth);
    if (token === '[') return this.array(pointer, depth);
    if ('}],:'.includes(token)) throw new NotJson(`此处不能是“${token}”`, offset);
    return parsed(token, offset);
  }

  private object(pointer: string, depth: number): unknown {
    const members: [string, unknown][] = [];
    const names = new Set<string>();
    if (this.closes('}')) return {};
    for (;;) {
      const { token, offset } = this.token();
      if (!token.startsWith('"')) throw new NotJson('须为带引号的字段名', offset);
      const name = String(parsed(token, offset));
      if (names.has(name)) throw new NotJson(`字段“${name}”出现两次`, offset);
      names.add(name);
      this.expect(':');
      members.push([name, this.value(pointerTo(pointer, name), depth + 1)]);
      if (this.closes('}')) return Object.fromEntries(members);
      this.expect(',');
    }
  }

  private array(pointer: string, depth: number): unknown {
    const items: unknown[] = [];
    if (this.closes(']')) return items;
    for (;;) {
      items.push(this.value(pointerTo(pointer, String(items.length)), depth + 1));
      if (this.closes(']')) return items;
      this.expect(',');
    }
  }

  /** Takes the next token if it is `mark`. */
  private closes(mark: string): boolean {
    const before = this.at;
    if (this.token().token === mark) return true;
    this.at = before;
    return false;
  }

  private expect(mark: string): void {
    const { token, offset } = this.token();
    if (token !== mark) throw new NotJson(`此处须为“${mark}”，现为“${token.slice(0, 20)}”`, offset);
  }
}

function parsed(token: string, offset: number): unknown {
  try {
    return JSON.parse(token) as unknown;
  } catch {
    throw new NotJson('不是 JSON', offset);
  }
}
