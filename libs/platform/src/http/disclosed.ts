import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import type { Recorder } from '#libs/kernel';
import { Fault } from './fault.js';

/** 查阅目的: handling one's own case, supervision, audit, or an investigation. */
export const PURPOSES = ['handling', 'supervision', 'audit', 'inquiry'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** @throws Fault PURPOSE_UNKNOWN */
export function purposeFrom(header: string | undefined): Purpose | undefined {
  if (header === undefined) return undefined;
  const purpose = PURPOSES.find((known) => known === header.trim());
  if (!purpose) throw new Fault('PURPOSE_UNKNOWN');
  return purpose;
}

/** Who reads what, and what for. */
export interface Disclosure {
  readonly recorder: Recorder;
  readonly purpose: Purpose;
  /** What is read: `assistance/<case>/timeline`. */
  readonly what: string;
}

/** A protected body. It can be made by {@link disclose} only, and a reading route may return nothing else. */
export class Disclosed<T> {
  declare private readonly made: 'by disclose';
  constructor(
    readonly disclosure: Disclosure,
    readonly body: T,
  ) {}
}

/** The one door through which protected data leaves: whatever must be known of a reading is known here, before it. */
export async function disclose<T>(disclosure: Disclosure, build: () => Promise<T>): Promise<Disclosed<T>> {
  return new Disclosed(disclosure, await build());
}

/** Lets a reading route answer only with what was disclosed, and marks it as not to be stored. */
export class DisclosureInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(
      map((result) => {
        if (!(result instanceof Disclosed)) throw new Error(`${context.getHandler().name} answered without disclosing`);
        return result.body as unknown;
      }),
    );
  }
}
