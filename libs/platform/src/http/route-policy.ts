import 'reflect-metadata';
import { SetMetadata } from '@nestjs/common';
import type { AppointmentRole } from '#libs/law';

const POLICY = 'kesu:policy';

/**
 * What a route is for. `records` and `reads` are decided on the case's stream by the system's policy table; `roles`
 * (where given) must be held for the route to be there at all. `deposits` takes in what facts will cite. A route without a policy fails the build.
 */
export interface RoutePolicy {
  readonly does: 'record' | 'read' | 'operate' | 'deposit';
  /** The kind of fact a recording route records. */
  readonly fact?: string;
  readonly roles?: readonly AppointmentRole[];
}

export const Policy = (policy: RoutePolicy): MethodDecorator => SetMetadata(POLICY, policy);

export const policyOf = (handler: object): RoutePolicy | undefined =>
  Reflect.getMetadata(POLICY, handler) as RoutePolicy | undefined;
