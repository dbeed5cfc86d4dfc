import type { Envelope, Instant, Json, LoggedEvent, Recorder, Uuid, Viewer } from '#libs/kernel';

/** A command as it was issued: by whom, under which key, on which case, having seen which revision. */
export interface Issued {
  readonly commandId: Uuid;
  readonly caseId: Uuid;
  readonly recorder: Recorder;
  readonly viewer: Viewer;
  /** The canonical command that its digest commits to: method, path, Kesu-Acting-As and body. */
  readonly said: Json;
  /** The service itself issued it, by a reaction: it records what its policy leaves to the service, in any case. */
  readonly service?: true;
  /** The command was sent to no case, and so opens one of its own. */
  readonly opens?: true;
  /** Revision named by If-Match. */
  readonly ifMatch?: number;
}

/** What a write answers: only what stands in its events, so that a repeat is answered with the same bytes. */
export interface Answer {
  readonly case: Uuid;
  readonly commandId: Uuid;
  /** Revision of the command's last event. */
  readonly revision: number;
  readonly events: readonly {
    readonly id: Uuid;
    readonly type: string;
    readonly revision: number;
    readonly occurredAt: Json;
    readonly recordedAt: Instant;
    readonly judged?: Json;
  }[];
}

const ISSUED = Symbol('issued');

/** Ties a command, as it goes over the bus, to how it was issued. */
export function issue<C extends object>(command: C, issued: Issued): C {
  return Object.defineProperty(command, ISSUED, { value: issued });
}

/** @throws Error for a command that did not come through {@link issue}. */
export function issuedOf(command: object): Issued {
  const issued = (command as { [ISSUED]?: Issued })[ISSUED];
  if (!issued) throw new Error(`${command.constructor.name} was not issued by anybody`);
  return issued;
}

/** The answer to a command, from its events as they are stored. */
export function answerFrom(issued: Pick<Issued, 'caseId' | 'commandId'>, stored: readonly LoggedEvent[]): Answer {
  const events = stored.map(({ id, type, revision, data, metadata }) => {
    const { occurredAt, recordedAt } = metadata as unknown as Envelope;
    const judged = data.judged;
    return {
      id,
      type,
      revision,
      occurredAt: { ...occurredAt },
      recordedAt,
      ...(judged === undefined ? {} : { judged }),
    };
  });
  return { case: issued.caseId, commandId: issued.commandId, revision: events.at(-1)?.revision ?? -1, events };
}
