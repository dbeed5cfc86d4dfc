import { bytesAt } from './looking.js';
import type { MediaKind } from './media-types.js';
import type { Plain } from './sealed-file.js';

/* The compound file of older office programs (MS-CFB): sectors chained by a table, among them those of a directory. */
const HEADER_BYTES = 512;
const TABLE_SECTORS_IN_HEADER = 109;
const ENTRY_BYTES = 128;
/** A directory beyond this is none of a document's. */
const DIRECTORY_SECTORS_MAX = 4096;
const SECTOR_MAX = 0xfffffffa;

/** The streams that make a compound file a document, and those that hold its macros. */
const KINDS: Readonly<Record<string, MediaKind>> = {
  WordDocument: 'doc',
  Workbook: 'xls',
  Book: 'xls',
  'PowerPoint Document': 'ppt',
};
const MACROS: ReadonlySet<string> = new Set(['Macros', '_VBA_PROJECT_CUR', 'VBA', '_VBA_PROJECT']);

/** The kind of document a compound file is; undefined for another one (an installer is one too), or one with macros. */
export async function compoundKindOf(file: Plain): Promise<MediaKind | undefined> {
  const names = await new CompoundFile(file).names();
  if (!names || names.some((name) => MACROS.has(name))) return undefined;
  const kinds = new Set(names.flatMap((name) => (Object.hasOwn(KINDS, name) ? [KINDS[name]] : [])));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}

class CompoundFile {
  private header: Buffer = Buffer.alloc(0);
  private sectorBytes = 0;

  constructor(private readonly file: Plain) {}

  /** The names in the directory; undefined when its chain does not hold together. */
  async names(): Promise<readonly string[] | undefined> {
    this.header = await bytesAt(this.file, 0, HEADER_BYTES);
    const shift = this.header.length < HEADER_BYTES ? 0 : this.header.readUInt16LE(30);
    if (shift !== 9 && shift !== 12) return undefined;
    this.sectorBytes = 2 ** shift;
    const names: string[] = [];
    let sector = this.header.readUInt32LE(48);
    for (let count = 0; sector <= SECTOR_MAX; count += 1) {
      const directory = await this.sector(sector);
      if (count === DIRECTORY_SECTORS_MAX || !directory) return undefined;
      for (let at = 0; at < directory.length; at += ENTRY_BYTES) names.push(nameOf(directory.subarray(at)));
      const next = await this.after(sector);
      if (next === undefined) return undefined;
      sector = next;
    }
    return names;
  }

  /** What follows a sector in its chain, by the table; undefined when the table does not say. */
  private async after(sector: number): Promise<number | undefined> {
    const perSector = this.sectorBytes / 4;
    const place = await this.tableSector(Math.floor(sector / perSector));
    const table = place === undefined ? undefined : await this.sector(place);
    return table?.readUInt32LE((sector % perSector) * 4);
  }

  /** The sector that holds the `index`-th part of the table: listed in the header, then in a chain of its own. */
  private async tableSector(index: number): Promise<number | undefined> {
    if (index < TABLE_SECTORS_IN_HEADER) return this.header.readUInt32LE(76 + index * 4);
    const perSector = this.sectorBytes / 4 - 1;
    let rest = index - TABLE_SECTORS_IN_HEADER;
    let list = await this.sector(this.header.readUInt32LE(68));
    for (; list && rest >= perSector; rest -= perSector) list = await this.sector(list.readUInt32LE(perSector * 4));
    return list?.readUInt32LE(rest * 4);
  }

  /** A whole sector; undefined when the file has none of this number. */
  private async sector(number: number): Promise<Buffer | undefined> {
    if (number > SECTOR_MAX) return undefined;
    const bytes = await bytesAt(this.file, (number + 1) * this.sectorBytes, this.sectorBytes);
    return bytes.length === this.sectorBytes ? bytes : undefined;
  }
}

/** The name of a directory entry: UTF-16, its length in bytes with the final zero standing behind it. */
function nameOf(entry: Buffer): string {
  const length = Math.min(entry.readUInt16LE(64), 64);
  return length < 2 ? '' : entry.subarray(0, length - 2).toString('utf16le');
}
