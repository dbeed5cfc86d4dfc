import {
  AccessDeniedError,
  MaxAppendSizeExceededError,
  NotLeaderError,
  StreamDeletedError,
  StreamNotFoundError,
  TimeoutError,
  UnknownError,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { IntegrityBroken, LogUnavailable } from '#libs/kernel';
import { EventStoreRefused } from './refused.js';

/** No answer came in the time given to one attempt. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const ANSWERS = [
  AccessDeniedError,
  MaxAppendSizeExceededError,
  StreamDeletedError,
  StreamNotFoundError,
  WrongExpectedVersionError,
  EventStoreRefused,
  IntegrityBroken,
  LogUnavailable,
] as const;

/**
 * Whether `error` is an answer that asking again would not change. Everything else may be asked again: by type, never by
 * text, because after a leader was lost the message is empty, and a failed discovery is an error without a type.
 */
export const isAnswer = (error: unknown): boolean => ANSWERS.some((type) => error instanceof type);

/** Whether the node itself answered, so that there is no need to look for another one yet. */
export const nodeAnswered = (error: unknown): boolean =>
  isAnswer(error) || error instanceof TimeoutError || error instanceof UnknownError;

/** Whether the account was not let in, or may not do this. */
export const isDenied = (error: unknown): boolean =>
  error instanceof AccessDeniedError || (error instanceof Error && error.cause instanceof AccessDeniedError);

/** The node that leads instead, when the one asked says so. */
export function leaderNamedBy(error: unknown): string | undefined {
  if (!(error instanceof NotLeaderError)) return undefined;
  const { address, port } = error.leader;
  return `${address.includes(':') ? `[${address}]` : address}:${port}`;
}

/** What to tell of `error`: the client's unknown outcome has an empty message. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message === '' ? error.constructor.name : error.message;
}
