import { setTimeout as sleep } from 'node:timers/promises';
import { IntegrityBroken, type Alarm, type StreamName, type Uuid } from '#libs/kernel';
import type { Logger } from '../log/index.js';
import type { Quarantine } from '../views/index.js';

const EVERY_MS = 2_000;

/** What is the matter with streams. */
export interface Trouble {
  /** Streams from some event on of which this program makes nothing. */
  readonly quarantined: readonly Quarantine[];
  /** Streams that were tampered with or damaged, each finding. */
  readonly alarms: readonly Alarm[];
}

const NONE: Trouble = { quarantined: [], alarms: [] };

/**
 * 隔离与告警 as the log and the read models know of them, looked up every two seconds and kept in memory: whoever records
 * or reads a case asks here without waiting. An alarm the read models once kept stays, whatever the log says of the stream
 * now: a store that was tampered with does not become sound by being tampered with again.
 */
export class Troubles {
  private known: Trouble = NONE;
  private broken: ReadonlyMap<string, Alarm> = new Map();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly inLog: () => readonly Alarm[],
    /** Undefined where this process has no read models. */
    private readonly inViews: (() => Promise<Trouble>) | undefined,
    private readonly logger: Logger,
  ) {}

  /** Knows what there is to know, once it is open. */
  static async open(...parts: ConstructorParameters<typeof Troubles>): Promise<Troubles> {
    const troubles = new Troubles(...parts);
    await troubles.refresh();
    return troubles;
  }

  get now(): Trouble {
    return this.known;
  }

  /** @throws IntegrityBroken when there is an alarm of `stream`. */
  assertSound(stream: StreamName): void {
    const alarm = this.broken.get(stream);
    if (alarm) throw new IntegrityBroken(alarm);
  }

  quarantineOf(caseId: Uuid): Quarantine | undefined {
    return this.known.quarantined.find(({ stream }) => stream.endsWith(`-${caseId}`));
  }

  isAlarmed(caseId: Uuid): boolean {
    return this.known.alarms.some(({ stream }) => stream.endsWith(`-${caseId}`));
  }

  /** Looks again; what it knew before stays when the read models do not answer. Never throws. */
  refresh(): Promise<void> {
    this.looking = this.looking.then(() => this.look());
    return this.looking;
  }

  /** @returns how to stop. */
  start(): () => Promise<void> {
    const stopped = new AbortController();
    const loop = async (): Promise<void> => {
      while (!stopped.signal.aborted) {
        await sleep(EVERY_MS, undefined, { signal: stopped.signal, ref: false }).catch(() => undefined);
        if (!stopped.signal.aborted) await this.refresh();
      }
    };
    const running = loop();
    return async () => {
      stopped.abort();
      await running;
    };
  }

  private async look(): Promise<void> {
    try {
      const { quarantined, alarms } = (await this.inViews?.()) ?? NONE;
      const all = distinct([...alarms, ...this.inLog()]);
      this.broken = new Map(all.map((alarm) => [alarm.stream, alarm]));
      this.known = { quarantined, alarms: all };
    } catch (error) {
      this.logger.warn('quarantine and alarms could not be looked up', { error });
    }
  }
}

const distinct = (alarms: readonly Alarm[]): readonly Alarm[] => [
  ...new Map(alarms.map((alarm) => [`${alarm.stream} ${alarm.reason} ${alarm.detail}`, alarm])).values(),
];
