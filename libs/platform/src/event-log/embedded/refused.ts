import type { RefusalCode } from './refusal-texts.js';

/** The log was not opened; nothing in it was changed. The message is for the operator: the file and what to do. */
export class EmbeddedLogRefused extends Error {
  override readonly name = 'EmbeddedLogRefused';
  constructor(
    readonly code: RefusalCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Stored bytes that are not what was written, or are missing. The message says which; it never leaves this folder. */
export class Damage extends Error {
  override readonly name = 'Damage';
}
