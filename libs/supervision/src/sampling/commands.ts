import {
  ByWhom,
  Code,
  Codes,
  Day,
  Id,
  Integer,
  OccurredAt,
  OneOf,
  Optional,
  Part,
  Text,
  type Command,
  type LegalDate,
  type Occurrence,
  type Uuid,
} from '#libs/kernel';
import { CHECK_OUTCOMES, type CheckOutcome, type Frame, type SamplingDataOf } from './facts.js';

/** 抽查立项. The frame comes from the read models as the service finds them, not from who asks. */
export class FixSampleFrame implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Code('抽查的系统') category!: string;
  @Optional() @Id('机关') organ?: Uuid;
  @Day('立案日期自') from!: LegalDate;
  @Day('立案日期至') to!: LegalDate;
  @Optional() @Code('案件状态') status?: string;
  @Integer('抽取件数', 1, 500) size!: number;
  @Optional() @Text('抽查事由') reason?: string;
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
  /** Undefined where the system is none whose cases can be drawn. */
  frame?: Frame;
}

/** 抽取: what is asked of who can read the frame again. The service asks itself; no route takes it. */
export class DrawFixedFrame {
  constructor(
    readonly occurredAt: Occurrence,
    readonly fixed: Uuid,
    readonly of: SamplingDataOf['SampleFrameFixed'],
  ) {}
}

/** 抽取 as it came out. No route takes it. */
export class DrawSample implements Command {
  occurredAt!: Occurrence;
  drawn!: SamplingDataOf['SampleDrawn'];
}

/** 抽查结果. */
export class CheckSampledCase implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('案件') case!: Uuid;
  @OneOf('抽查结果', CHECK_OUTCOMES) outcome!: CheckOutcome;
  @Optional() @Codes('不符合的规则', 20) rules?: readonly string[];
  @Optional() @Text('备注') remark?: string;
  /** 更正: the result of this case that stands, and is corrected by this one; the remark says why. */
  @Optional() @Id('所更正的抽查结果') replaces?: Uuid;
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
}
