import { check, field } from './fields.js';

/** Fields that name a place in a fact, or what is to stand there. */

const POINTER = /^(\/([^~/]|~[01])+){1,16}$/;
const POINTER_MAX = 300;

/** 字段位置: an RFC 6901 pointer of at most 16 keys. */
export const Pointer = (title: string): PropertyDecorator =>
  field(
    { type: 'string', title, pattern: POINTER.source, maxLength: POINTER_MAX },
    check(
      'pointer',
      (value) => typeof value === 'string' && value.length <= POINTER_MAX && POINTER.test(value),
      `${title}须为字段位置（RFC 6901），例如 /occurredAt 或 /data/documentNumber`,
    ),
  );

/** Any JSON value; whether it may stand where it is meant to stand is for a decider. */
export const AnyValue = (title: string): PropertyDecorator => field({ title });
