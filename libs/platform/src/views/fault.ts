import type { StreamName } from '#libs/kernel';

/** Why a stream cannot be read from `revision` on. */
export interface Fault {
  readonly stream: StreamName;
  readonly revision: number;
  readonly reason: string;
}

/** For the operator: an error's name and message, without the place in the program. U+0000 cannot be stored. */
export const reasonOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll('\u0000', '\uFFFD');
