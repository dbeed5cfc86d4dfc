import { isDenied } from './failures.js';
import { NOTES } from './refused.js';
import type { StreamReader } from './stream-reader.js';

/** The rights on user streams that let somebody remove or hide events. */
const DANGEROUS = { $d: '$d（删除）', $mw: '$mw（写元数据）' } as const;
const EVERYBODY = '$all';

/**
 * What `$settings` says about who may delete streams, as notes for the operator. Where nothing is set, the server lets
 * every account delete user streams and write their metadata.
 */
export async function notesOnRights(reader: StreamReader): Promise<string[]> {
  try {
    const settings = (await reader.lastOf('$settings'))?.data;
    const acl = memberOf(settings, '$userStreamAcl');
    const open = Object.entries(DANGEROUS).filter(([right]) => isOpen(memberOf(acl, right)));
    return open.length === 0 ? [] : [NOTES.open(open.map(([, text]) => text))];
  } catch (error) {
    if (isDenied(error)) return [NOTES.settingsUnreadable];
    throw error;
  }
}

const isOpen = (roles: unknown): boolean =>
  roles === undefined || roles === EVERYBODY || (Array.isArray(roles) && roles.includes(EVERYBODY));

const memberOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
