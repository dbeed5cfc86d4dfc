import {
  ANOMALY_KINDS,
  Code,
  Day,
  Id,
  IntegerText,
  OneOf,
  Optional,
  Text,
  type AnomalyKind,
  type LegalDate,
  type Uuid,
} from '#libs/kernel';
import type { CardColour } from './facts.js';
import { ANOMALY_STATUSES, type AnomalyStatus } from './status.js';

/** 异常目录 query: an anomaly must have all that is asked for. */
export class AnomaliesQuery {
  @Optional() @Id('机关') organ?: Uuid;
  @Optional() @Id('案件') case?: Uuid;
  @Optional() @OneOf('是否了结', ['open', 'closed']) state?: 'open' | 'closed';
  @Optional() @OneOf('状态', ANOMALY_STATUSES) status?: AnomalyStatus;
  @Optional() @OneOf('牌', ['yellow', 'red']) colour?: CardColour;
  @Optional() @OneOf('异常种类', ANOMALY_KINDS) kind?: AnomalyKind;
  @Optional() @Code('规则编号') rule?: string;
  @Optional() @Day('发现日期自') from?: LegalDate;
  @Optional() @Day('发现日期至') to?: LegalDate;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional() @IntegerText('每页件数', 1, 200) limit?: number;
}
