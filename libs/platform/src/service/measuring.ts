import type { Metrics } from '../metrics/index.js';
import type { Settings } from '../settings/index.js';
import type { ClockWatch } from './clock-watch.js';
import type { OpenedLog } from './open-log.js';
import type { Troubles } from './troubles.js';
import type { Viewing } from './viewing.js';

interface Measured {
  readonly metrics: Metrics;
  readonly settings: Settings;
  readonly clockWatch: ClockWatch;
  readonly viewing: Viewing;
  readonly log: OpenedLog;
  readonly troubles: Troubles;
}

/** What is asked of the parts of a service when its metrics are read. Nothing here waits for anything. */
export function measureParts({ metrics, settings, clockWatch, viewing, log, troubles }: Measured): void {
  metrics.info({ ledger: settings.ledger, mode: settings.mode, roles: [...settings.roles].sort().join(',') });
  metrics.gauge(
    'kesu_clock_skew_seconds',
    'How far the worst of the other clocks is from ours.',
    () => clockWatch.worstMs / 1000,
  );
  metrics.gauge('kesu_views_lag_seconds', 'How long the read models have been behind the log.', () => {
    const feeding = viewing.feeding();
    return feeding && feeding.milliseconds / 1000;
  });
  metrics.gauge(
    'kesu_views_lag_events',
    'Events of the log that the read models have not passed yet.',
    () => viewing.feeding() && log.countAfter(viewing.position),
  );
  metrics.gauge('kesu_views_feeding', 'Whether this process feeds the read models now.', () => {
    const feeding = viewing.feeding();
    return feeding && (feeding.ended === undefined ? 1 : 0);
  });
  metrics.gauge(
    'kesu_quarantined_streams',
    'Streams with an event that this program cannot read.',
    () => troubles.now.quarantined.length,
  );
  metrics.gauge(
    'kesu_integrity_alarms',
    'Findings of streams that were tampered with or damaged.',
    () => troubles.now.alarms.length,
  );
}
