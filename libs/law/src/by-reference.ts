import type { OrganKind } from './register-facts.js';

/** 参照执行: bodies that may follow a measure without being bound by it (XM-26-1, 厦门市行政协助管理办法第二十六条). */
export const BY_REFERENCE = '参照执行的单位';

/** The name as people read it: what such a body misses is shown as missed by one that follows by reference, not as a breach. */
export const nameShown = ({ name, kind }: { readonly name: string; readonly kind: OrganKind }): string =>
  kind === 'byReference' ? `${name}（${BY_REFERENCE}）` : name;
