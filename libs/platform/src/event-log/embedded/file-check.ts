import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { damageTexts, refusalTexts } from './refusal-texts.js';
import { Damage, EmbeddedLogRefused } from './refused.js';

/**
 * Looks at an LMDB data file (lmdb 3.5, data format 2, little-endian) with plain reads, before anything is mapped: a
 * mapped page that is missing or broken ends the process. Checked are the two meta pages, that each names a root page
 * its own commit wrote (a stale root would hide the newest events), and the whole table of free pages, which no reader
 * of records ever touches but the next write does.
 */
const PAGE = 4096;
const MAGIC = 0xbeefc0de;
const DATA_VERSION = 2;
const NO_PAGE = 0xffffffffffffffffn;
const HEADER = 24;
const FLAG = { branch: 0x01, leaf: 0x02, overflow: 0x04, meta: 0x08 };
/** Pages at the end of the file that are looked at for a hole. */
const TAIL_PAGES = 256;
const DEPTH_MAX = 32;

interface Meta {
  readonly flags: number;
  readonly mainFlags: number;
  readonly freeRoot: bigint;
  readonly mainRoot: bigint;
  readonly lastPage: number;
  readonly transaction: number;
}

export interface FileCheck {
  /** Bytes there, and bytes the newest commit speaks of. The last pages of a sound file may lie unwritten, if free. */
  readonly size: number;
  readonly expected: number;
  /** The end is not where it should be, or has a hole, which may or may not matter: every record has to be read. */
  readonly doubtful: boolean;
}

/**
 * @param failed whether the last process is known to have stopped at a commit that failed. LMDB then puts the number of
 * the commit before over the failed one's meta page, which otherwise looks like a newest commit whose number decayed.
 * @throws EmbeddedLogRefused when the file must not be mapped.
 */
export function checkFile(file: string, failed: boolean): FileCheck {
  const descriptor = openSync(file, 'r+');
  try {
    return new DataFile(file, descriptor).check(failed);
  } finally {
    closeSync(descriptor);
  }
}

class DataFile {
  private readonly size: number;

  constructor(
    private readonly file: string,
    private readonly descriptor: number,
  ) {
    this.size = fstatSync(descriptor).size;
  }

  check(failed: boolean): FileCheck {
    if (this.size < 2 * PAGE) throw this.truncated(2 * PAGE);
    const first = this.meta(0);
    const second = this.meta(1);
    // Commit n writes meta page n mod 2.
    if (first.transaction % 2 !== 0 || Math.abs(first.transaction - second.transaction) !== 1)
      throw this.damaged(damageTexts.metaOrder);
    const newest = first.transaction > second.transaction ? first : second;
    const expected = (newest.lastPage + 1) * PAGE;
    const older = newest === first ? second : first;
    this.checkRoots(newest, [newest.transaction], expected);
    this.checkRoots(older, failed ? [older.transaction, newest.transaction + 1] : [older.transaction], expected);
    this.checkFreePages(newest, expected);
    return { size: this.size, expected, doubtful: this.size !== expected || this.hasHoleAtEnd(expected) };
  }

  private meta(number: number): Meta {
    const page = this.page(number, 2 * PAGE);
    if (page.readUInt32LE(HEADER) !== MAGIC || page.readUInt32LE(HEADER + 4) !== DATA_VERSION) {
      const other = this.page(1 - number, 2 * PAGE);
      const blank = page.every((byte) => byte === 0);
      const half = blank || other.readUInt32LE(HEADER) === MAGIC;
      throw half
        ? this.damaged(damageTexts.metaPage(number))
        : new EmbeddedLogRefused('LOG_FOREIGN', refusalTexts.foreign(this.file));
    }
    const meta = {
      flags: page.readUInt16LE(52),
      mainFlags: page.readUInt16LE(100),
      freeRoot: page.readBigUInt64LE(88),
      mainRoot: page.readBigUInt64LE(136),
      lastPage: Number(page.readBigUInt64LE(144)),
      transaction: Number(page.readBigUInt64LE(152)),
    };
    const sound =
      Number(page.readBigUInt64LE(0)) === number &&
      page.readUInt16LE(18) === FLAG.meta &&
      page.readUInt32LE(48) === PAGE &&
      page.readBigUInt64LE(32) === 0n &&
      meta.mainFlags === 0 &&
      meta.lastPage < 2 ** 40 &&
      meta.transaction < 2 ** 48 &&
      Number(page.readBigUInt64LE(40)) < 2 ** 47;
    if (!sound) throw this.damaged(damageTexts.metaPage(number));
    return meta;
  }

  /** A page is written with the number of its commit, and every commit of this log writes both roots anew. */
  private checkRoots(meta: Meta, transactions: readonly number[], expected: number): void {
    for (const root of [meta.freeRoot, meta.mainRoot]) {
      const page = this.page(Number(root), expected);
      const transaction = Number(page.readBigUInt64LE(8));
      if (Number(page.readBigUInt64LE(0)) !== Number(root) || !transactions.includes(transaction))
        throw this.damaged(damageTexts.rootPage(Number(root)));
    }
  }

  private checkFreePages(meta: Meta, expected: number): void {
    const walk = (number: number, depth: number): void => {
      const page = this.page(number, expected);
      const flags = page.readUInt16LE(18);
      const lower = page.readUInt16LE(20);
      const leaf = flags === FLAG.leaf;
      const sound =
        Number(page.readBigUInt64LE(0)) === number &&
        (leaf || flags === FLAG.branch) &&
        Number(page.readBigUInt64LE(8)) <= meta.transaction &&
        lower > 0 &&
        lower <= page.readUInt16LE(22) &&
        page.readUInt16LE(22) <= PAGE - HEADER &&
        depth < DEPTH_MAX;
      if (!sound) throw this.damaged(damageTexts.freePage(number));
      // This data format counts all offsets of a page from behind its header.
      for (let at = HEADER; at < HEADER + lower; at += 2) {
        const node = page.readUInt16LE(at) + HEADER;
        if (node + 16 > PAGE) throw this.damaged(damageTexts.freePage(number));
        if (leaf) this.checkFreeList(page, node, expected);
        else walk(page.readUInt32LE(node) + page.readUInt16LE(node + 4) * 2 ** 32, depth + 1);
      }
    };
    if (meta.freeRoot !== NO_PAGE) walk(Number(meta.freeRoot), 0);
  }

  /** A list of free pages too long for its page stands on pages of its own. */
  private checkFreeList(page: Buffer, node: number, expected: number): void {
    const OWN_PAGES = 0x01;
    const bytes = page.readUInt32LE(node);
    const own = Number(page.readBigUInt64LE(0));
    const dataAt = node + 8 + page.readUInt16LE(node + 6);
    if (page.readUInt16LE(node + 4) !== OWN_PAGES) {
      if (dataAt + bytes > PAGE) throw this.damaged(damageTexts.freePage(own));
      return;
    }
    if (dataAt + 8 > PAGE) throw this.damaged(damageTexts.freePage(own));
    const number = Number(page.readBigUInt64LE(dataAt));
    const list = this.page(number, expected);
    const pages = Math.ceil((HEADER + bytes) / PAGE);
    const sound =
      Number(list.readBigUInt64LE(0)) === number &&
      (list.readUInt16LE(18) & FLAG.overflow) !== 0 &&
      list.readUInt32LE(20) >= pages;
    if (!sound) throw this.damaged(damageTexts.freePage(number));
    this.page(number + pages - 1, expected);
  }

  /** No page in use is all zeros; a free one may never have been written. */
  private hasHoleAtEnd(expected: number): boolean {
    const last = expected / PAGE - 1;
    const from = Math.max(2, last - TAIL_PAGES);
    for (let number = last; number >= from; number -= 1)
      if (this.page(number, expected).every((byte) => byte === 0)) return true;
    return false;
  }

  private page(number: number, expected: number): Buffer {
    const at = number * PAGE;
    if (at + PAGE > this.size)
      throw at < expected ? this.truncated(expected) : this.damaged(damageTexts.rootPage(number));
    const page = Buffer.alloc(PAGE);
    readSync(this.descriptor, page, 0, PAGE, at);
    return page;
  }

  private damaged(what: string): EmbeddedLogRefused {
    return new EmbeddedLogRefused('LOG_DAMAGED', refusalTexts.damaged(this.file, what), { cause: new Damage(what) });
  }

  private truncated(expected: number): EmbeddedLogRefused {
    return new EmbeddedLogRefused('LOG_TRUNCATED', refusalTexts.truncated(this.file, this.size, expected));
  }
}
