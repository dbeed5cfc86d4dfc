import { certainBy, dayOf, type Clock, type Instant, type Occurrence } from '#libs/kernel';
import { Denial } from './denial.js';
import { recordingInstant } from './stamping.js';

/**
 * A person's act lies in the past. The future begins after the moment it would be recorded at, which a stream whose newest
 * event stands ahead of this clock moves on.
 * @param last when the newest event of the stream was recorded. @throws Denial OCCURRED_IN_FUTURE
 */
export function assertPast(occurredAt: Occurrence, clock: Clock, last: Instant | undefined): void {
  const now = recordingInstant(clock, last);
  const future = 'at' in occurredAt ? certainBy(occurredAt) > now : occurredAt.on > dayOf(now);
  if (future) throw new Denial('OCCURRED_IN_FUTURE', { pointer: '/occurredAt', values: { now } });
}
