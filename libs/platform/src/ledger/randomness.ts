import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 4_096;
const pool = Buffer.allocUnsafeSlow(POOL_BYTES);
let used = POOL_BYTES;

/** `count` random bytes (at most 4,096) that were never given before: drawn in bulk, because each draw costs far more. */
export function fresh(count: number): Buffer {
  if (used + count > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  // A copy: what is handed out must not change when the pool is filled again.
  return Buffer.from(pool.subarray(used - count, used));
}
