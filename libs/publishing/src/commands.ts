import { check, field, Id, OccurredAt, Optional, Text, type Command, type Occurrence, type Uuid } from '#libs/kernel';
import { WEEKDAYS } from '#libs/law';

/**
 * What may be asked about law data. Each class is the body of its request; a pack's code stands in the path. A notice or a
 * pack is checked as a whole by the decider, so that every fault of it is told at once and with its place.
 */
abstract class Asking implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Optional() @Text('申请理由', 500) reason?: string;
}

abstract class Approving implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('申请') request!: Uuid;
}

abstract class Refusing implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('申请') request!: Uuid;
  @Text('不予的理由', 500) reason!: string;
}

const text = (max: number): object => ({ type: 'string', minLength: 1, maxLength: max });
const day = { type: 'string', format: 'date' };
const weekday = { type: 'string', enum: WEEKDAYS };
const closed = (properties: Readonly<Record<string, object>>, optional: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});

const NOTICE = {
  title: '放假通知',
  ...closed(
    {
      source: text(100),
      title: text(200),
      documentNumber: text(100),
      date: day,
      year: { type: 'integer', minimum: 1993, maximum: 2200 },
      holidays: { type: 'array', minItems: 1, items: closed({ on: day, name: text(100), weekday }, ['weekday']) },
      worked: { type: 'array', items: closed({ on: day, weekday }) },
      replaces: text(100),
    },
    ['replaces'],
  ),
};

const isObject = (value: unknown): boolean => value !== null && typeof value === 'object' && !Array.isArray(value);

/** 申请将国务院办公厅的放假通知入账. */
export class ProposeCalendarNotice extends Asking {
  @field(NOTICE, check('object', isObject, '放假通知须为对象')) notice!: object;
}

/** 准予入账. */
export class ApproveCalendarNotice extends Approving {}

/** 不予入账. */
export class RefuseCalendarNotice extends Refusing {}

/** 申请发布规则包的新版次，或者自另一日起施行的规则. */
export class ProposePackEdition extends Asking {
  @field({ title: '规则包', type: 'object' }, check('object', isObject, '规则包须为对象')) pack!: object;
  /** Of the pack, from the path. */
  code!: string;
}

/** 准予发布. */
export class ApprovePackEdition extends Approving {}

/** 不予发布. */
export class RefusePackEdition extends Refusing {}
