import { setTimeout as sleep } from 'node:timers/promises';
import {
  commonFacts,
  corrected,
  partsOf,
  recordedFrom,
  type AnyFact,
  type AnyReaction,
  type EventLog,
  type FactTypes,
  type LoggedEvent,
  type Position,
  type Recorded,
  type Recorder,
} from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { issue } from '../ledger/index.js';
import type { Logger } from '../log/index.js';
import { isFinal } from './final.js';
import type { Progress } from './progress.js';
import { issuedBy } from './service-caller.js';

export interface ReactorParts {
  readonly log: EventLog;
  readonly law: { readonly book: LawBook };
  readonly progress: Progress;
  readonly recorder: Recorder;
  /** Sends an issued command over the bus. Resolves when what it asks for is durable, however often it was asked. */
  readonly perform: (command: object) => Promise<unknown>;
  readonly logger: Logger;
}

const RETRY_MS = [50, 200, 1_000, 5_000] as const;
/** How often progress is written while there is any. */
const SAVE_EVERY_MS = 1_000;

/**
 * Lets one reaction look at the log: from where it stood to the end, and on, event by event and in order. It moves past a
 * fact only when the command is durable or will never be recorded; whatever else goes wrong is tried again for ever. Any
 * number may run at once, in any processes: the command's id follows from the fact.
 */
export class Reactor {
  private position: Position | undefined;
  private saved: Position | undefined;
  private savedAt = -Infinity;

  constructor(
    private readonly reaction: AnyReaction<LawBook>,
    private readonly parts: ReactorParts,
  ) {}

  /** Works until `signal` is aborted. Never throws. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let begun = false;
    while (!signal.aborted) {
      const turn = new AbortController();
      try {
        if (!begun) this.saved = this.position = await this.parts.progress.read();
        begun = true;
        for await (const item of this.parts.log.follow(this.position, AbortSignal.any([signal, turn.signal]))) {
          if (item.kind === 'caughtUp') continue;
          if (item.kind === 'event') await this.take(item.event);
          this.position = item.kind === 'event' ? item.event.position : item.position;
          failures = 0;
          await this.save(SAVE_EVERY_MS);
        }
      } catch (error) {
        if (!signal.aborted) await this.pause(error, failures++, signal);
      } finally {
        turn.abort();
      }
    }
    await this.save(0).catch((error: unknown) => this.warn('progress of a reaction was not kept', { error }));
  }

  private async take(event: LoggedEvent): Promise<void> {
    const { name, when, category } = this.reaction;
    const place = partsOf(event.stream);
    if (event.type !== when || !place || (category !== undefined && category !== place.category)) return;
    try {
      const command = await this.commandFor(event);
      if (command) await this.parts.perform(issue(command, issuedBy(name, event, this.parts.recorder)));
    } catch (error) {
      if (!isFinal(error)) throw error;
      this.warn('a reaction has nothing to record: the case does not take it', { stream: event.stream, error });
    }
  }

  private async commandFor(event: LoggedEvent): Promise<object | undefined> {
    const { facts, remembers } = this.reaction;
    const { book } = this.parts.law;
    const types = { ...facts, ...commonFacts } as FactTypes<AnyFact>;
    const fact = recordedFrom<AnyFact>(types, event);
    if (!remembers) return this.reaction.then(fact, undefined, book);
    const events = await this.parts.log.readStream(event.stream, 0, event.revision + 1);
    const known = corrected<AnyFact>(
      events.filter(({ type }) => Object.hasOwn(types, type)).map((one) => recordedFrom<AnyFact>(types, one)),
    );
    const evolve = remembers.evolve as Readonly<Record<string, (state: unknown, fact: Recorded) => unknown>>;
    const state = known.reduce((so, one) => evolve[one.type]?.(so, one) ?? so, remembers.initial);
    return this.reaction.then(known.find(({ id }) => id === event.id) ?? fact, state, book);
  }

  private async save(everyMs: number): Promise<void> {
    const { position } = this;
    if (position === undefined || position === this.saved || performance.now() - this.savedAt < everyMs) return;
    await this.parts.progress.write(position);
    this.saved = position;
    this.savedAt = performance.now();
  }

  private async pause(error: unknown, failures: number, signal: AbortSignal): Promise<void> {
    const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 0;
    this.warn('a reaction could not act, and tries again', { error, waitMs });
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }

  private warn(message: string, detail: object): void {
    this.parts.logger.error(message, { reaction: this.reaction.name, ...detail });
  }
}
