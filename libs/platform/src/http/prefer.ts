import { Fault } from './fault.js';

const WAIT_SECONDS_MAX = 30;
const WAIT_SECONDS_DEFAULT = 5;

/** What the caller waits for: nothing beyond durability, or that the read models show it. */
export interface Preference {
  readonly visible: boolean;
  readonly waitSeconds: number;
}

/**
 * The Prefer header (RFC 7240): `respond-when=visible` with `wait=<seconds>`. Preferences of others are left alone.
 * @throws Fault PREFER_MALFORMED
 */
export function preferenceOf(header: string | undefined): Preference {
  let visible = false;
  let waitSeconds = WAIT_SECONDS_DEFAULT;
  for (const part of (header ?? '').split(',')) {
    const [name = '', value = ''] = part.trim().split('=', 2);
    if (name === 'respond-when') {
      if (value !== 'visible' && value !== 'durable') throw new Fault('PREFER_MALFORMED');
      visible = value === 'visible';
    } else if (name === 'wait') {
      if (!/^\d{1,2}$/.test(value) || Number(value) > WAIT_SECONDS_MAX) throw new Fault('PREFER_MALFORMED');
      waitSeconds = Number(value);
    }
  }
  return { visible, waitSeconds };
}
