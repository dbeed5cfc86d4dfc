import type { StreamName } from '#libs/kernel';

/**
 * 隔离: from some event on, what stands in the stream is nothing this program can read. It is neither guessed at nor left
 * out: nothing is answered from it and no command is taken, until a program that knows the event reads it.
 */
export class Quarantined extends Error {
  override readonly name = 'Quarantined';
  constructor(
    readonly stream: StreamName,
    /** −1 when not even its first event can be read. */
    readonly lastGoodRevision: number,
    options?: ErrorOptions,
  ) {
    super(`stream ${stream} cannot be read beyond revision ${lastGoodRevision}`, options);
  }
}
