import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js';

/** JSON Schema (2020-12), as far as the document uses it. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly title?: string;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[] | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required?: boolean;
  readonly schema?: Schema;
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<
    Record<string, { readonly content?: Content; readonly headers?: Readonly<Record<string, unknown>> }>
  >;
}

interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Omit<Operation, 'method' | 'path'>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** openapi.json, read: its operations, and what it says of bodies and answers. */
export class Interface {
  readonly operations: readonly Operation[];
  private readonly ajv = new Ajv({ strict: false, allErrors: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: Described) {
    this.ajv.addFormat('uuid', UUID);
    this.ajv.addFormat('date', isDay);
    this.ajv.addFormat('date-time', (text) => MOMENT.test(text) && isDay(text.slice(0, 10)));
    this.ajv.addSchema({ $id: BODIES, ...document });
    this.ajv.addSchema({ $id: ANSWERS, components: closed(document.components) });
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({
        ...operation,
        parameters: operation.parameters ?? [],
        method,
        path,
      })),
    );
  }

  /** The schema a reference leads to. */
  resolved(schema: Schema): Schema {
    const name = schema.$ref?.replace('#/components/schemas/', '');
    const found = name === undefined ? schema : this.document.components.schemas[name];
    if (!found) throw new Error(`${schema.$ref} leads nowhere`);
    return found;
  }

  /** What is wrong with `value`, as the document has it; nothing when it is as described. */
  faultsOf(schema: Schema, value: unknown): readonly string[] {
    return this.compared(schema, value, BODIES);
  }

  /** As {@link faultsOf}, of what the service says itself: it says nothing that is not described, at any depth. */
  answerFaultsOf(schema: Schema, value: unknown): readonly string[] {
    return this.compared(closed(schema), value, ANSWERS);
  }

  private compared(schema: Schema, value: unknown, root: string): readonly string[] {
    const text = JSON.stringify(schema).replaceAll('"#/', `"${root}#/`);
    const validate = this.compiled.get(text) ?? this.ajv.compile(JSON.parse(text) as object);
    this.compiled.set(text, validate);
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, (params as { readonly unevaluatedProperty?: string }).unevaluatedProperty]
        .filter((part) => part !== undefined)
        .join(' '),
    );
  }
}

const BODIES = 'kesu';
const ANSWERS = 'kesu-answers';

/** The same, but each object that names its members has no others. */
function closed<T>(schema: T): T {
  const close = (_key: string, value: unknown): unknown =>
    value !== null && typeof value === 'object' && 'properties' in value && !('additionalProperties' in value)
      ? { ...value, unevaluatedProperties: false }
      : value;
  // What comes back has the same members, and one more in some places.
  return JSON.parse(JSON.stringify(schema), close) as T;
}

function isDay(text: string): boolean {
  const noon = new Date(`${text}T12:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(noon.getTime()) && noon.toISOString().startsWith(text);
}
