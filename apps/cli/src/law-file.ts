import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import { readJson, type Fault, type JsonText, type LinedFault } from '#libs/law';
import { MISUSED, Refused } from './refused.js';

/** A file of law data, as it was read. */
export interface LawFile extends JsonText {
  readonly path: string;
  readonly value: object;
}

/** @throws Refused for a file that cannot be read, or holds no object in JSON. */
export async function lawFile(path: string | undefined): Promise<LawFile> {
  if (path === undefined) throw new Refused('请给出文件', MISUSED);
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new Refused(`文件读不出来：${path}（${error.code ?? error.message}）`, MISUSED);
  });
  if (!isUtf8(bytes)) throw new Refused(`${path} 不是 UTF-8 编码的文件，请另存为 UTF-8`, MISUSED);
  const read = readJson(bytes.toString('utf8').replace(/^\ufeff/, ''));
  if ('fault' in read) throw refusedWhole(path, [read.fault]);
  const { value } = read;
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw refusedWhole(path, [{ at: '', says: '须为 JSON 对象', line: 1 }]);
  return { ...read, value, path };
}

/** The file is refused whole: every fault with its line. */
export const faultyFile = ({ path, lineOf }: LawFile, faults: readonly Fault[]): Refused =>
  refusedWhole(
    path,
    faults.map(({ at, says }) => ({ line: lineOf(at), at, says })).toSorted((a, b) => a.line - b.line),
  );

function refusedWhole(path: string, faults: readonly LinedFault[]): Refused {
  const told = faults.map(({ line, at, says }) => `  ${path}:${line}  ${at || '/'} ${says}`);
  return new Refused([`${path} 有 ${faults.length} 处错误，整份不予接受：`, ...told].join('\n'), MISUSED);
}
