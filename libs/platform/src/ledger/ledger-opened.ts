import type { FactTypes } from '#libs/kernel';
import type { Mode } from '../settings/index.js';

/** 账本建立: the ledger's first event says for ever what it is. */
export interface LedgerOpened {
  readonly type: 'LedgerOpened';
  readonly data: { readonly mode: Mode };
}

export const ledgerFacts: FactTypes<LedgerOpened> = { LedgerOpened: { version: 1 } };

const MODE_NAMES: Readonly<Record<Mode, string>> = { production: '生产', development: '开发', simulation: '模拟' };

export const modeName = (mode: Mode): string => MODE_NAMES[mode];

/** 开发, 模拟, or nothing for production: what every answer of such a ledger says. */
export const modeLabel = (mode: Mode): string | undefined => (mode === 'production' ? undefined : MODE_NAMES[mode]);
