import { isCode } from '../files/index.js';
import { bytesAt } from './looking.js';
import type { Plain } from './sealed-file.js';

const CHARSETS = ['utf-8', 'gb18030'] as const;
/** Enough to see through what may stand before a page's first tag: a mark of order, blanks and lines. */
const BEGINNING_BYTES = 4096;
/** Control characters no text has: all but tab, line feed, form feed and carriage return. */
const CONTROL = /[\u0000-\u0008\u000b\u000e-\u001f\u007f]/;
/** A page, a picture or a feed with tags that a program would act on, and a script of the shell's. */
const ACTIVE = /^\ufeff?\s*(<|#!)/;

/** How the file is written, if all of it is text and none that a program acts on. UTF-8 where both would read. */
export async function charsetOf(file: Plain): Promise<(typeof CHARSETS)[number] | undefined> {
  if (ACTIVE.test((await bytesAt(file, 0, BEGINNING_BYTES)).toString('utf8'))) return undefined;
  for (const charset of CHARSETS) if (await reads(file, charset)) return charset;
  return undefined;
}

async function reads(file: Plain, charset: (typeof CHARSETS)[number]): Promise<boolean> {
  const decoder = new TextDecoder(charset, { fatal: true });
  try {
    for await (const part of file.bytes(0, file.size))
      if (CONTROL.test(decoder.decode(part, { stream: true }))) return false;
    return !CONTROL.test(decoder.decode());
  } catch (error) {
    if (isCode(error, 'ERR_ENCODING_INVALID_ENCODED_DATA')) return false;
    throw error;
  }
}
