import { compoundOf, zipOf } from './packages.js';

export { compoundOf, zipOf } from './packages.js';

const bytes = (...parts: readonly (string | ArrayLike<number>)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

/** Two frames of MPEG 1 Layer III, 128 kbit/s at 44.1 kHz: 417 bytes each. */
const FRAMES = bytes(
  [0xff, 0xfb, 0x90, 0x64],
  Array<number>(413).fill(0),
  [0xff, 0xfb, 0x90, 0x64],
  Array<number>(413).fill(0),
);
const openXml = (part: string, more: Readonly<Record<string, string>> = {}): Buffer =>
  zipOf({ '[Content_Types].xml': '<Types/>', '_rels/.rels': '<Relationships/>', [part]: '<x/>', ...more });

/** One small file of each kind that the store takes, by the media type its bytes tell. */
export const SAMPLE_FILES: Readonly<Record<string, Buffer>> = {
  'application/pdf': bytes('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n'),
  'application/ofd': zipOf({ 'OFD.xml': '<ofd:OFD/>', 'Doc_0/Document.xml': '<ofd:Document/>' }),
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': openXml('word/document.xml'),
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': openXml('xl/workbook.xml'),
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': openXml('ppt/presentation.xml'),
  'application/msword': compoundOf(['1Table', 'WordDocument', '\u0005SummaryInformation']),
  'application/vnd.ms-excel': compoundOf(['\u0005SummaryInformation', 'a', 'b', 'c', 'Workbook'], 200),
  'application/vnd.ms-powerpoint': compoundOf(['Current User', 'PowerPoint Document']),
  'image/png': bytes([0x89], 'PNG\r\n\u001a\n', [0, 0, 0, 13], 'IHDR', Array<number>(17).fill(0)),
  'image/jpeg': bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', Array<number>(20).fill(0)),
  'image/tiff': bytes('II*', [0, 8, 0, 0, 0], Array<number>(20).fill(0)),
  'text/plain; charset=utf-8': Buffer.from('\ufeff询问笔录，二〇二六年九月十七日。\r\n问：\t…\r\n', 'utf8'),
  /** 询问笔录 in GB 18030. */
  'text/plain; charset=gb18030': bytes([0xd1, 0xaf, 0xce, 0xca, 0xb1, 0xca, 0xc2, 0xbc], ': 1\r\n'),
  'video/mp4': bytes([0, 0, 0, 24], 'ftypisom', [0, 0, 2, 0], 'isommp42', Array<number>(64).fill(0)),
  'audio/mp4': bytes([0, 0, 0, 24], 'ftypM4A ', [0, 0, 2, 0], 'M4A mp42', Array<number>(64).fill(0)),
  'audio/mpeg': bytes('ID3', [3, 0, 0, 0, 0, 1, 10], Array<number>(138).fill(0), FRAMES),
  'audio/wav': bytes('RIFF', [36, 0, 0, 0], 'WAVEfmt ', [16, 0, 0, 0, 1, 0, 1, 0], Array<number>(20).fill(0)),
  'audio/amr': bytes('#!AMR\n', Array<number>(64).fill(60)),
};

/** Files that are not taken, by what they are. */
export const UNFIT_FILES: Readonly<Record<string, Buffer>> = {
  'a program of Windows': bytes('MZ', [0x90, 0, 3, 0, 0, 0, 4, 0], Array<number>(80).fill(0)),
  'a program of Linux': bytes([0x7f], 'ELF', [2, 1, 1, 0], Array<number>(80).fill(0)),
  'a script of the shell': bytes('#!/bin/sh\nrm -rf /\n'),
  'a page': bytes('<!DOCTYPE html><script>alert(1)</script>'),
  'a page after blanks and a mark': Buffer.from('\ufeff \r\n\t<html><body onload=alert(1)>', 'utf8'),
  'a picture that can carry scripts': bytes('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
  'an archive': zipOf({ 'a.txt': 'a' }),
  'an archive with a program named as a document': zipOf({ 'setup.exe': 'MZ', '[Content_Types].xml': '<Types/>' }),
  'a document with macros': openXml('word/document.xml', { 'word/vbaProject.bin': 'x' }),
  'an archive cut short': zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<x/>' }).subarray(0, -10),
  'an installer': compoundOf(['\u0005SummaryInformation', '䡀㼿䕷䑬㭪䗤䠤']),
  'an older document with macros': compoundOf(['WordDocument', 'Macros', 'VBA']),
  'a compound file whose chain leads nowhere': compoundOf(['WordDocument']).fill(0x7f, 512, 1024),
  'an archive of another kind': bytes('7z\u00bc\u00af\u0027\u001c', Array<number>(60).fill(1)),
  'a compressed file': bytes([0x1f, 0x8b, 8, 0], Array<number>(60).fill(1)),
  'a moving picture of the web': bytes('RIFF', [36, 0, 0, 0], 'WEBPVP8 ', Array<number>(40).fill(0)),
  'a text with a NUL': bytes('a\u0000b'),
  'a text in UTF-16': Buffer.from('\ufeff询问笔录', 'utf16le'),
  'a text that is neither UTF-8 nor GB 18030': bytes('ab', [0xff, 0xff, 0x20]),
  'sound without a second frame': FRAMES.subarray(0, 417),
};
