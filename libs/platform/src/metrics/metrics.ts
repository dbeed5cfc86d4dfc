import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Why a request was answered with a problem. */
export type ProblemKind = 'malformed' | 'unauthenticated' | 'refused' | 'limited' | 'absent' | 'unavailable' | 'failed';

/** How an append to the event log ended. */
export type AppendOutcome = 'stored' | 'conflict' | 'unavailable' | 'refused';

interface Handled {
  readonly method: string;
  /** The route's template, or `none`: never an address, which may hold a case or a name. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

interface Told {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly code: string;
  readonly kind: ProblemKind;
}

const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * 指标, in Prometheus' text format. No label holds a case, a person, a query or anything else that somebody sent: only
 * route templates, methods, statuses and this program's own codes.
 */
export class Metrics {
  private readonly registry = new Registry();
  private readonly requests = new Counter({
    name: 'kesu_http_requests_total',
    help: 'Requests answered, by route template.',
    labelNames: ['method', 'route', 'status'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'kesu_http_request_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly problems = new Counter({
    name: 'kesu_http_problems_total',
    help: 'Requests answered with a problem, by its code and kind.',
    labelNames: ['method', 'route', 'status', 'code', 'kind'],
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'kesu_log_append_seconds',
    help: 'Time until an append to the event log was durable, or was not.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }

  handled({ method, route, status, seconds }: Handled): void {
    this.requests.inc({ method, route, status });
    this.durations.observe({ method, route }, seconds);
  }

  told(problem: Told): void {
    this.problems.inc({ ...problem });
  }

  appended(outcome: AppendOutcome, seconds: number): void {
    this.appends.observe({ outcome }, seconds);
  }

  /** A value that is asked for when it is read; left out while it has none. */
  gauge(name: string, help: string, value: () => number | undefined): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        const now = value();
        if (now === undefined) this.remove();
        else this.set(now);
      },
    });
  }

  /** What this service is: a value of 1 with what is to be known in its labels. */
  info(labels: Readonly<Record<string, string>>): void {
    new Gauge({
      name: 'kesu_info',
      help: 'What this process is.',
      labelNames: Object.keys(labels),
      registers: [this.registry],
    }).set({ ...labels }, 1);
  }

  get contentType(): string {
    return this.registry.contentType;
  }

  text(): Promise<string> {
    return this.registry.metrics();
  }
}
