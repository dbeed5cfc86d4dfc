import { Code, Day, IntegerText, OneOf, Optional, Text, type LegalDate } from '#libs/kernel';
import { SAMPLE_STATUSES, type SampleStatus } from './sample-state.js';

/** 抽查目录 query: a sample must have all that is asked for. */
export class SamplesQuery {
  @Optional() @OneOf('状态', SAMPLE_STATUSES) status?: SampleStatus;
  @Optional() @Code('抽查的系统') category?: string;
  @Optional() @Day('立项日期自') from?: LegalDate;
  @Optional() @Day('立项日期至') to?: LegalDate;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional() @IntegerText('每页件数', 1, 200) limit?: number;
}
