import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { assertStorable, hasFields, NotStorable, pointerTo, schemaOf, type FaultPlace } from '#libs/kernel';
import { Fault, type FieldFault } from './fault.js';
import { REPEATED_PARAMETER_TEXT, UNKNOWN_FIELD_TEXT, UNKNOWN_PARAMETER_TEXT } from './texts.js';

const ERRORS_MAX = 50;
/** Nothing may be said that is not declared. */
const CLOSED = { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true };

/** Turns a body or query into the class it is declared as, and checks its shape. Law is checked by deciders. */
export class ShapePipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !metatype || !hasFields(metatype)) return value;
    if (type === 'body') assertBody(value);
    else assertDeclared(value, metatype as new () => object);
    const instance = plainToInstance(metatype as new () => object, value ?? {}, { exposeUnsetFields: false });
    const errors = validateSync(instance, CLOSED);
    if (errors.length > 0)
      throw new Fault(type === 'body' ? 'BODY_INVALID' : 'QUERY_INVALID', {
        errors: faultsOf(errors, type).slice(0, ERRORS_MAX),
      });
    return instance;
  }
}

/** No parameter that is not declared, one that names a prototype least of all, and none said twice: which one is meant? */
export function assertDeclared(query: unknown, declared: new () => object): void {
  const properties = Object.keys(schemaOf(declared).properties as object);
  const strange = Object.keys(query ?? {}).filter((name) => !properties.includes(name));
  if (strange.length > 0)
    throw new Fault('QUERY_INVALID', {
      errors: strange
        .slice(0, ERRORS_MAX)
        .map((name) => ({ pointer: `?${name}`, code: 'unknownParameter', message: UNKNOWN_PARAMETER_TEXT })),
    });
  const repeated = Object.entries(query ?? {}).filter(([, value]) => Array.isArray(value));
  if (repeated.length > 0)
    throw new Fault('QUERY_INVALID', {
      errors: repeated.map(([name]) => ({
        pointer: `?${name}`,
        code: 'repeatedParameter',
        message: REPEATED_PARAMETER_TEXT,
      })),
    });
}

function assertBody(value: unknown): void {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new Fault(value === undefined ? 'BODY_NOT_JSON' : 'BODY_NOT_OBJECT');
  try {
    assertStorable(value);
  } catch (error) {
    if (!(error instanceof NotStorable)) throw error;
    const message = {
      number: '须为整数',
      text: '须为 Unicode NFC 文字，不含非字符',
      key: '键不可用',
      type: '类型不可用',
      depth: '层级过深',
    };
    throw new Fault('BODY_NOT_STORABLE', {
      errors: [{ pointer: error.pointer, code: error.fault, message: message[error.fault] }],
    });
  }
}

/** Every fault with its pointer, in the order of the fields. */
function faultsOf(errors: readonly ValidationError[], where: 'body' | 'query', parent = ''): FieldFault[] {
  return errors.flatMap(({ property, constraints = {}, contexts = {}, children = [] }) => {
    const pointer = where === 'query' ? `?${property}` : pointerTo(parent, property);
    const own = Object.entries(constraints).map(([name, message]) => {
      const { below = '' } = (contexts[name] ?? {}) as Partial<FaultPlace>;
      return name === 'whitelistValidation'
        ? { pointer, code: 'unknownField', message: UNKNOWN_FIELD_TEXT }
        : { pointer: pointer + below, code: name, message };
    });
    return [...own.slice(0, 1), ...faultsOf(children, where, pointer)];
  });
}
