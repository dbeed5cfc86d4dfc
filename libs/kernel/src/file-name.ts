import { searched } from './words.js';

/**
 * What separates the parts of a path, and what is drawn like it: fraction and division slashes, set minus, the solidi of
 * mathematics, box diagonals. Their full-width and small forms are these under NFKC.
 */
const SEPARATOR = /[/\\\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9]/u;
/** Controls, line and paragraph separators: a name stands on one line. */
const BREAK = /[\p{Cc}\p{Zl}\p{Zp}]/u;

export const FILE_NAME_SAYS = '不得含有路径分隔符（/、\\ 及其全角和形近字符）、换行或者控制字符，也不得为 . 或者 ..';

/**
 * 文件名称 is a name and no path: without separators, whatever they are written as, without breaks, and neither of the two
 * names by which file systems call a folder and the one above it. Names that one system reserves (CON) are names.
 */
export function isFileName(name: string): boolean {
  if (SEPARATOR.test(name) || SEPARATOR.test(name.normalize('NFKC')) || BREAK.test(name)) return false;
  const { text } = searched(name);
  return text !== '.' && text !== '..';
}
