import { createHash } from 'node:crypto';
import { canonicalJson } from '#libs/kernel';
import chongqing from '../data/packs/cq-2007-01-01.json';
import townships from '../data/packs/gz.json';
import online from '../data/packs/pw.json';
import quzhou from '../data/packs/qz-2022-07-14.json';
import xiamen from '../data/packs/xm-2020-04-10.json';
import { calendarFrom } from './calendar-check.js';
import type { Calendar } from './calendar.js';
import { chineseCalendar } from './chinese-calendar.js';
import { packsFrom } from './pack-check.js';
import type { PackEdition } from './rule-pack.js';

/** SHA-256 (hex) of canonical JSON: what names an edition of law data, whoever holds it. */
export const lawDigest = (content: unknown): string =>
  createHash('sha256').update(canonicalJson(content)).digest('hex');

let packs: readonly PackEdition[] | undefined;
let calendar: { readonly calendar: Calendar; readonly digest: string } | undefined;

/** The packs this program ships, checked as a whole. @throws DataFaulty naming every fault of every pack. */
export function shippedPacks(): readonly PackEdition[] {
  packs ??= packsFrom([xiamen, chongqing, townships, quzhou, online]).map((pack) => ({
    pack,
    digest: lawDigest(pack),
  }));
  return packs;
}

/** The calendar this program ships, checked. @throws DataFaulty naming every fault. */
export function shippedCalendar(): { readonly calendar: Calendar; readonly digest: string } {
  if (!calendar) {
    const checked = calendarFrom(chineseCalendar());
    calendar = { calendar: checked, digest: lawDigest(checked) };
  }
  return calendar;
}
