import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { schemaOf, type FieldSchema } from './fields.js';

const INDEX = /^(0|[1-9]\d*)$/;

/**
 * `value` as an instance of a class whose fields are declared with the decorators of fields.ts, without what the class does
 * not declare; or the first fault of its shape, in Chinese.
 */
export function shaped<T extends object>(
  type: new () => T,
  value: object,
): { readonly instance: T } | { readonly fault: string } {
  const instance = plainToInstance(type, value, { exposeUnsetFields: false });
  const fault = firstFault(validateSync(instance, { whitelist: true, forbidUnknownValues: true }));
  return fault === undefined ? { instance } : { fault };
}

/** The name for people of the declared field that `keys` lead to in an instance of `type`; undefined where there is none. */
export function fieldTitle(type: new () => object, keys: readonly string[]): string | undefined {
  let schema: FieldSchema | undefined = schemaOf(type);
  let title: string | undefined;
  for (const key of keys) {
    schema = memberOf(schema, key);
    if (!schema) return undefined;
    if (typeof schema.title === 'string') title = schema.title;
  }
  return title;
}

function memberOf({ properties, items }: FieldSchema, key: string): FieldSchema | undefined {
  if (isSchema(properties) && Object.hasOwn(properties, key)) return properties[key] as FieldSchema;
  return isSchema(items) && INDEX.test(key) ? items : undefined;
}

const isSchema = (value: unknown): value is FieldSchema => value !== null && typeof value === 'object';

function firstFault(errors: readonly ValidationError[]): string | undefined {
  for (const { constraints = {}, children = [] } of errors) {
    const found = Object.values(constraints)[0] ?? firstFault(children);
    if (found !== undefined) return found;
  }
  return undefined;
}
