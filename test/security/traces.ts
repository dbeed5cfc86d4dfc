import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `secret` as it could stand in bytes. */
export function forms(secret: string): readonly Buffer[] {
  const utf8 = Buffer.from(secret, 'utf8');
  const utf16 = Buffer.from(secret, 'utf16le');
  const base64 = [0, 1, 2].flatMap((shift) => {
    // Whole groups of the middle, whatever stands before and after.
    const inner = Buffer.concat([Buffer.alloc(shift), utf8])
      .toString('base64')
      .replace(/=+$/, '')
      .slice(shift === 0 ? 0 : 4, -4);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const escaped = [...secret].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  const texts = [
    ...base64,
    utf8.toString('hex'),
    utf8.toString('hex').toUpperCase(),
    encodeURIComponent(secret),
    escaped,
  ];
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    ...texts.filter((form) => form.length > 8).map((form) => Buffer.from(form, 'latin1')),
  ];
}

/** Every file in a folder and below it. */
export function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Whether `secret` stands in the bytes, in any of its forms. */
export const stands = (secret: string, bytes: Buffer): boolean => forms(secret).some((form) => bytes.includes(form));
