import { bytesAt } from './looking.js';
import type { MediaKind } from './media-types.js';
import type { Plain } from './sealed-file.js';

/** What names the files of a ZIP package (PKWARE APPNOTE 4.3): the end of its directory, at most so far from the end. */
const END_BYTES = 22;
const COMMENT_BYTES_MAX = 0xffff;
const DIRECTORY_BYTES_MAX = 4 * 1024 * 1024;
const ENTRY_BYTES = 46;

const MACROS = /(^|\/)vbaproject\.bin$/i;
/** The main part of each kind of Office Open XML document (ISO/IEC 29500); some programs number it. */
const MAIN_PARTS: readonly (readonly [part: RegExp, kind: MediaKind])[] = [
  [/^word\/document\d*\.xml$/, 'docx'],
  [/^xl\/workbook\d*\.xml$/, 'xlsx'],
  [/^ppt\/presentation\d*\.xml$/, 'pptx'],
];

/** The kind of document a ZIP package is, by the files in it; undefined for another archive, or one with macros. */
export async function packageKindOf(file: Plain): Promise<MediaKind | undefined> {
  const names = await namesIn(file);
  if (!names || names.some((name) => MACROS.test(name))) return undefined;
  if (names.includes('OFD.xml')) return 'ofd';
  if (!names.includes('[Content_Types].xml')) return undefined;
  const kinds = MAIN_PARTS.filter(([part]) => names.some((name) => part.test(name))).map(([, kind]) => kind);
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** The names of the files in the archive; undefined when its directory cannot be read. */
async function namesIn(file: Plain): Promise<readonly string[] | undefined> {
  const begin = Math.max(0, file.size - END_BYTES - COMMENT_BYTES_MAX);
  const tail = await bytesAt(file, begin, END_BYTES + COMMENT_BYTES_MAX);
  const at = tail.lastIndexOf('PK\u0005\u0006', tail.length - END_BYTES, 'latin1');
  if (at < 0 || at + END_BYTES + tail.readUInt16LE(at + 20) !== tail.length) return undefined;
  const [size, place] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  if (size > DIRECTORY_BYTES_MAX || place + size !== begin + at) return undefined;
  return namesOf(await bytesAt(file, place, size), tail.readUInt16LE(at + 10));
}

function namesOf(directory: Buffer, count: number): readonly string[] | undefined {
  const names: string[] = [];
  let at = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== 0x02014b50) return undefined;
    const length = directory.readUInt16LE(at + 28);
    names.push(directory.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + length).toString('utf8'));
    at += ENTRY_BYTES + length + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return at === directory.length ? names : undefined;
}
