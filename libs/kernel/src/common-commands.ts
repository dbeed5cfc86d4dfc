import { Code, Digest, Id, Optional, Text } from './fields.js';
import { AnyValue, Pointer } from './pointer-fields.js';
import { ERASURE_GROUNDS } from './erasure.js';
import type { Command } from './decider.js';
import type { Uuid } from './ids.js';
import type { Json } from './json.js';
import type { Occurrence } from './occurrence.js';
import { OccurredAt } from './occurred-at.js';

/**
 * What may be asked of any case, whatever its system. Each class is the body of its request; the case, and for a decision
 * the request decided on, stand in the path.
 */

/** 申请更正 of one field of a fact. */
export class RequestCorrection implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  /** The original fact, never a correction. */
  @Id('被更正的事实') corrects!: Uuid;
  @Pointer('被更正的字段') pointer!: string;
  /** The value now in effect; left out where none stands, and for what is sealed. */
  @Optional() @AnyValue('现在的值') before?: Json;
  /** Left out to take an optional field out. */
  @Optional() @AnyValue('更正后的值') after?: Json;
  @Text('更正理由') reason!: string;
}

/** 准予更正. */
export class ApproveCorrection implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  /** From the path. */
  request!: Uuid;
}

/** 不予更正. */
export class RefuseCorrection implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  request!: Uuid;
  @Text('不予更正的理由') reason!: string;
}

/** 申请删除 of one person's data, of a document, or of the free text of the case. */
export class RequestErasure implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  /** The subject whose data are to be erased, as it stands beside them. */
  @Optional() @Id('个人信息主体') subject?: Uuid;
  /** The document that is to be erased, wherever it is cited. Without either, it is the free text of the case. */
  @Optional() @Digest('附件摘要') document?: string;
  @Code('删除情形', ERASURE_GROUNDS) ground!: string;
  @Text('所依据的规定', 500) citation!: string;
  @Text('删除理由') reason!: string;
}

/** 准予删除. */
export class ApproveErasure implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  request!: Uuid;
}

/** 不予删除. */
export class RefuseErasure implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  request!: Uuid;
  @Text('不予删除的理由') reason!: string;
}
