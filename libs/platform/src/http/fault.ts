import type { Uuid } from '#libs/kernel';
import type { RequestFaultCode, ServiceFaultCode } from './texts.js';

/** One thing wrong with a field of the request. */
export interface FieldFault {
  /** RFC 6901 pointer into the body, or `?name` for a query parameter. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

/** A command, and where its outcome can be asked. */
export interface NamedCommand {
  readonly commandId: Uuid;
  readonly statusUrl: string;
}

export interface FaultDetail {
  readonly errors?: readonly FieldFault[];
  readonly values?: Readonly<Record<string, string | number>>;
  /** Up to which revision a case in quarantine can be read. */
  readonly lastGoodRevision?: number;
  /** The command whose outcome is not known. */
  readonly command?: NamedCommand;
}

/** The request cannot be dealt with as it is, or not now. Told to the caller as a problem (RFC 9457). */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly code: RequestFaultCode | ServiceFaultCode,
    readonly detail: FaultDetail = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
  }
}
