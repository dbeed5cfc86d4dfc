import type { Uuid } from './ids.js';
import { derivedId } from './ids.js';
import type { ERASED, Key } from './sealed.js';

/** 密钥库: one key per subject, kept apart from the log, with a backup and expiry of its own. Several processes share it. */
export interface Keys {
  /**
   * The key of `subject`, made when there is none. Durable when it returns; two processes get the same key.
   * A key is never dropped because an append failed.
   * @throws KeyErased when it was destroyed: once erased stays erased.
   */
  obtain(subject: Uuid): Promise<Key>;

  /** The key of `subject`, ERASED when it was destroyed, undefined when it never was. */
  find(subject: Uuid): Promise<Key | typeof ERASED | undefined>;

  /** Destroys the key for ever. Repeating it changes nothing. */
  destroy(subject: Uuid): Promise<void>;
}

/** 销毁密钥 of an erased subject: a command over the bus that no stream records, because the erasure is recorded already. */
export class DestroyKey {
  constructor(readonly subject: Uuid) {}
}

export class KeyErased extends Error {
  override readonly name = 'KeyErased';
  constructor(readonly subject: Uuid) {
    super(`the key of subject ${subject} was erased`);
  }
}

/** A key that must be there is not: the key folder is another one, or was not restored. A new key would hide that. */
export class KeyMissing extends Error {
  override readonly name = 'KeyMissing';
  constructor(readonly subject: Uuid) {
    super(`密钥库中没有主体 ${subject} 的密钥：KESU_KEYS 所指可能不是本账本的密钥目录，或密钥备份没有恢复`);
  }
}

/** The subject of the `generation`-th key (from 1) of a case: its free text is sealed, its commands digested under it. */
export const caseSubject = (caseId: Uuid, generation = 1): Uuid => derivedId([caseId, 'text', generation]);

/** The subject of the ledger's own key, under which token subjects are digested. */
export const ledgerSubject = (ledger: string): Uuid => derivedId([ledger, 'ledger key']);
