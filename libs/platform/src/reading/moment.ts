import { isSettled, judgedAt, type Instant, type Position } from '#libs/kernel';

/** What a reader may say of the instant a case is asked for. At most one of `revision`, `knownAt` and `position`. */
export interface AskedMoment {
  readonly revision?: number | undefined;
  readonly knownAt?: Instant | undefined;
  readonly position?: Position | undefined;
  readonly occurredBy?: Instant | undefined;
  readonly asOf?: Instant | undefined;
}

/** Whether anything but the present was asked for. */
export const isOfThePast = ({ revision, knownAt, position }: AskedMoment): boolean =>
  revision !== undefined || knownAt !== undefined || position !== undefined;

/**
 * What an answer speaks for: what the log held up to `position`, of acts that had taken place by `occurredBy`, judged at
 * `asOf` by the law recorded up to `position`. Asked for by these three again, it is the same answer for ever.
 */
export interface Moment {
  readonly position: Position;
  readonly asOf: Instant;
  readonly occurredBy?: Instant;
  /** False when `asOf` is so near, or to come, that what is recorded by then may not be in the log yet. */
  readonly settled: boolean;
}

/** @param known by when what counts was recorded; left out for the present. */
export function momentAt(
  position: Position,
  { occurredBy, asOf }: Pick<AskedMoment, 'occurredBy' | 'asOf'>,
  known: Instant | undefined,
  now: Instant,
): Moment {
  const judged = judgedAt({ asOf, known, occurred: occurredBy }, now);
  return {
    position,
    asOf: judged,
    ...(occurredBy === undefined ? {} : { occurredBy }),
    settled: isSettled(judged, now),
  };
}
