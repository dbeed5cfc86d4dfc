import {
  ByWhom,
  Day,
  Id,
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
import {
  APPEAL_OUTCOMES,
  type AppealOutcome,
  type DataOf,
  type SupervisionAnomalyCleared,
  type SupervisionAnomalyDetected,
  type WithdrawnBecause,
} from './facts.js';

/*
 * What the service asks for itself, as time goes on. No route takes these: they come from the watch, which has judged the
 * case at its head.
 */
abstract class Watched implements Command {
  occurredAt!: Occurrence;
}

/** 预警. */
export class IssueWarning extends Watched {
  turned!: DataOf['SupervisionWarningIssued'];
}

/** 亮牌. */
export class IssueCard extends Watched {
  turned!: DataOf['SupervisionCardIssued'];
}

/** 撤回 what was issued. */
export abstract class Withdrawing extends Watched {
  issued!: Uuid;
  because!: WithdrawnBecause;
  dueNow?: LegalDate | undefined;
}
export class WithdrawWarning extends Withdrawing {}
export class WithdrawCard extends Withdrawing {}

/** 发现异常, several at once. */
export class DetectAnomalies extends Watched {
  found!: readonly SupervisionAnomalyDetected['data'][];
}

/** 消除异常, several at once. */
export class ClearAnomalies extends Watched {
  gone!: readonly SupervisionAnomalyCleared['data'][];
}

/** What a person asks to be recorded of an anomaly. `by` is who acted on paper, who need not be the person recording it. */
abstract class About implements Command {
  @OccurredAt() occurredAt!: Occurrence;
  @Id('异常') anomaly!: Uuid;
  @Optional() @Part('行为人', () => ByWhom) by?: ByWhom;
}

/** 提醒. */
export class SendReminder extends About {
  @Id('提醒的机关') to!: Uuid;
  @Text('提醒内容') message!: string;
}

/** 督办. */
export class OrderHandling extends About {
  @Id('承办机关') to!: Uuid;
  @Optional() @Text('督办编号', 100) orderNumber?: string;
  @Optional() @Day('办结期限') due?: LegalDate;
  @Text('督办要求') requirement!: string;
}

/** 督办跟踪. */
export class TrackHandling extends About {
  @Text('跟踪情况') note!: string;
}

/** 异常处理. */
export class RecordHandling extends About {
  @Text('处理措施') measures!: string;
}

/** 考核. */
export class AssessAnomaly extends About {
  @Id('被考核机关') assessed!: Uuid;
  @Text('考核记录') entry!: string;
}

/** 销号. */
export class DismissAnomaly extends About {
  @Text('销号理由') reason!: string;
}

/** 申诉. */
export class AppealAnomaly extends About {
  @Text('申诉理由') reason!: string;
}

/** 申诉决定. */
export class DecideAppeal extends About {
  @Id('申诉') appeal!: Uuid;
  @OneOf('申诉结果', APPEAL_OUTCOMES) outcome!: AppealOutcome;
  @Text('决定理由') reason!: string;
}
