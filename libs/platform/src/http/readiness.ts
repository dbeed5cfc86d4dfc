import type { Runtime } from '../service/index.js';
import type { Readiness } from './health.controller.js';

/** Whether the service can take work, and what each part says of itself. */
export function readinessOf({ law, log, clockWatch, viewing, settings }: Runtime): Promise<Readiness> {
  const lag = viewing.lag();
  const hasLaw = law.book.editions.length > 0;
  return Promise.resolve({
    ready: clockWatch.agrees && hasLaw,
    parts: {
      ledger: { name: settings.ledger, mode: settings.mode, roles: [...settings.roles] },
      log: log.health(),
      clock: { agrees: clockWatch.agrees, worstSkewMs: Math.round(clockWatch.worstMs) },
      law: {
        packs: law.book.editions.length,
        calendar: law.book.calendar.version,
        organs: law.book.organs.organs.size,
      },
      ...(lag === undefined ? {} : { views: lag }),
    },
  });
}
