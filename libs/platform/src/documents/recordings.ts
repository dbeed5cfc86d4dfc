import { bytesAt, startsWith } from './looking.js';
import type { MediaKind } from './media-types.js';
import type { Plain } from './sealed-file.js';

/** Major brands (ISO/IEC 14496-12) of ordinary recordings. */
const VIDEO_BRANDS: ReadonlySet<string> = new Set([
  'isom',
  'iso2',
  'iso4',
  'iso5',
  'iso6',
  'mp41',
  'mp42',
  'avc1',
  'M4V ',
  'MSNV',
]);
const AUDIO_BRANDS: ReadonlySet<string> = new Set(['M4A ', 'M4B ']);

/** The kind of a file that begins with a file-type box. */
export function mp4KindOf(head: Buffer): MediaKind | undefined {
  const brand = head.subarray(8, 12).toString('latin1');
  if (AUDIO_BRANDS.has(brand)) return 'm4a';
  return VIDEO_BRANDS.has(brand) ? 'mp4' : undefined;
}

/** kbit/s of Layer III by the header's index (ISO/IEC 11172-3, 13818-3); 0 where a stream may not say. */
const MPEG1_RATES = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0];
const MPEG2_RATES = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0];
const SAMPLE_RATES = [44_100, 48_000, 32_000];
/** By the version's two bits: MPEG 2.5, none, MPEG 2, MPEG 1. */
const SAMPLE_DIVISORS = [4, 0, 2, 1];

/** Whether two whole Layer III frames follow each other at the beginning, after a tag (ID3v2) where there is one. */
export async function isMp3(file: Plain, head: Buffer): Promise<boolean> {
  const begin = startsWith(head, 'ID3') ? tagBytes(head) : 0;
  const length = frameBytes(await bytesAt(file, begin, 4));
  return length > 0 && frameBytes(await bytesAt(file, begin + length, 4)) > 0;
}

/** The length of the tag with its header: four times seven bits. */
const tagBytes = (head: Buffer): number =>
  10 + [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 0x7f), 0);

/** The length of the frame whose header this is, or 0 when it is none of Layer III. */
function frameBytes(header: Buffer): number {
  const [sync = 0, about = 0, rates = 0] = header;
  const isLayer3 = sync === 0xff && (about & 0xe6) === 0xe2;
  if (!isLayer3) return 0;
  const version = (about >> 3) & 3;
  const divisor = SAMPLE_DIVISORS[version] ?? 0;
  const kilobits = (version === 3 ? MPEG1_RATES : MPEG2_RATES)[rates >> 4] ?? 0;
  const sampleRate = SAMPLE_RATES[(rates >> 2) & 3];
  if (divisor === 0 || kilobits === 0 || sampleRate === undefined) return 0;
  const bytes = ((version === 3 ? 144 : 72) * kilobits * 1000) / (sampleRate / divisor);
  return Math.floor(bytes) + ((rates >> 1) & 1);
}
