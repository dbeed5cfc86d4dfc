import {
  AskedInstant,
  IntegerText,
  JudgedAsOf,
  LogPosition,
  Optional,
  type Instant,
  type Position,
} from '#libs/kernel';
import type { AskedMoment, Moment } from '../../reading/index.js';
import type { Exchange } from '../caller.js';
import { Fault } from '../fault.js';
import { ShapePipe } from '../shape-pipe.js';

const REVISION_MAX = 2 ** 31 - 1;

/** 时刻: as of when a case is asked for. */
export class MomentQuery implements AskedMoment {
  @Optional() @IntegerText('案件版本', 0, REVISION_MAX) revision?: number;
  @Optional() @AskedInstant('以何时所知为准') knownAt?: Instant;
  @Optional() @LogPosition('日志位置') position?: Position;
  @Optional() @AskedInstant('只计何时以前发生的行为') occurredBy?: Instant;
  @Optional() @JudgedAsOf('以何时判断期限') asOf?: Instant;
}

/** Two such instants. Where nothing is said of one, the earlier is the opening of the case, and the later is now. */
export class DifferenceQuery {
  @Optional() @IntegerText('先前的案件版本', 0, REVISION_MAX) fromRevision?: number;
  @Optional() @AskedInstant('先前以何时所知为准') fromKnownAt?: Instant;
  @Optional() @LogPosition('先前的日志位置') fromPosition?: Position;
  @Optional() @AskedInstant('先前只计何时以前发生的行为') fromOccurredBy?: Instant;
  @Optional() @JudgedAsOf('先前以何时判断期限') fromAsOf?: Instant;
  @Optional() @IntegerText('后来的案件版本', 0, REVISION_MAX) toRevision?: number;
  @Optional() @AskedInstant('后来以何时所知为准') toKnownAt?: Instant;
  @Optional() @LogPosition('后来的日志位置') toPosition?: Position;
  @Optional() @AskedInstant('后来只计何时以前发生的行为') toOccurredBy?: Instant;
  @Optional() @JudgedAsOf('后来以何时判断期限') toAsOf?: Instant;
}

/** @throws Fault MOMENT_AMBIGUOUS */
export function askedIn(query: AskedMoment): AskedMoment {
  const { revision, knownAt, position } = query;
  if ([revision, knownAt, position].filter((one) => one !== undefined).length > 1) throw new Fault('MOMENT_AMBIGUOUS');
  return query;
}

/** The moment that the parameters of a request name. @throws Fault QUERY_INVALID, MOMENT_AMBIGUOUS */
export const momentIn = (query: Readonly<Record<string, string>>): AskedMoment =>
  askedIn(new ShapePipe().transform(query, { type: 'query', metatype: MomentQuery }) as MomentQuery);

/** The two instants of a difference. @throws Fault MOMENT_AMBIGUOUS */
export function sidesIn(query: DifferenceQuery): { readonly from: AskedMoment; readonly to: AskedMoment } {
  const from = {
    revision: query.fromRevision,
    knownAt: query.fromKnownAt,
    position: query.fromPosition,
    occurredBy: query.fromOccurredBy,
    asOf: query.fromAsOf,
  };
  const to = {
    revision: query.toRevision,
    knownAt: query.toKnownAt,
    position: query.toPosition,
    occurredBy: query.toOccurredBy,
    asOf: query.toAsOf,
  };
  const opening = Object.values(from).every((one) => one === undefined);
  return { from: opening ? { revision: 0 } : askedIn(from), to: askedIn(to) };
}

/**
 * Says on the answer which place of the log it speaks for, and, of the past, under which address the same answer is found
 * for ever (RFC 9110 section 8.7).
 */
export function tellMoment({ reply, request }: Exchange, { position, asOf, occurredBy }: Moment, past: boolean): void {
  void reply.headers({ 'cache-control': 'no-store', 'kesu-position': position });
  if (!past) return;
  const [path = ''] = request.url.split('?');
  const query = new URLSearchParams({ position, asOf, ...(occurredBy === undefined ? {} : { occurredBy }) });
  void reply.header('content-location', `${path}?${query.toString()}`);
}
