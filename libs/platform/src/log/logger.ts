import type { LoggerService } from '@nestjs/common';
import pino, { type Logger as Pino } from 'pino';

/** What the service says of itself while it runs: one JSON object a line, on standard output. */
export interface Logger {
  debug(message: string, detail?: object): void;
  info(message: string, detail?: object): void;
  warn(message: string, detail?: object): void;
  error(message: string, detail?: object): void;
}

/** @param level debug, info, warn, error or silent. */
export function structuredLogger(level: string): Logger {
  const pinoLogger: Pino = pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { error: pino.stdSerializers.err },
  });
  return {
    debug: (message, detail) => pinoLogger.debug(detail ?? {}, message),
    info: (message, detail) => pinoLogger.info(detail ?? {}, message),
    warn: (message, detail) => pinoLogger.warn(detail ?? {}, message),
    error: (message, detail) => pinoLogger.error(detail ?? {}, message),
  };
}

/** What Nest itself says, at a level below: its start-up lines are of use only when something is wrong. */
export function nestLogger(logger: Logger): LoggerService {
  const told =
    (say: Logger['info']) =>
    (message: unknown, ...rest: unknown[]) =>
      say(String(message instanceof Error ? message.message : message), { from: rest.at(-1) });
  return {
    log: told((message, detail) => logger.debug(message, detail)),
    error: told((message, detail) => logger.error(message, detail)),
    warn: told((message, detail) => logger.warn(message, detail)),
  };
}
