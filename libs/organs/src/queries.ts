import { Transform } from 'class-transformer';
import { OneOf, Day, Id, Integer, Optional, Text, type LegalDate, type Uuid } from '#libs/kernel';
import { CHANGE_STATUSES, type ChangeStatus } from './change-pages.js';

const Whole = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => (/^\d{1,9}$/.test(String(value)) ? Number(value) : value));

/** 登记册 as it stood at a revision, which an event's basis names; as it stands now when left out. */
abstract class AtRevision {
  @Optional() @Whole() @Integer('登记册版本', 0, 999_999_999) revision?: number;
}

/** 某日的登记: as of today when left out. */
export class DayQuery extends AtRevision {
  @Optional() @Day('日期') on?: LegalDate;
}

abstract class ListQuery extends AtRevision {
  @Optional() @Id('前一页最后一项的标识') after?: Uuid;
  @Optional() @Whole() @Integer('每页件数', 1, 200) limit?: number;
}

export class PersonsQuery extends ListQuery {
  @Optional() @Text('姓名中的文字', 50) name?: string;
}

export class AppointmentsQuery extends ListQuery {
  @Optional() @Id('机关') organ?: Uuid;
  @Optional() @Id('人员') person?: Uuid;
  @Optional() @Day('在任日期') on?: LegalDate;
}

export class ChangesQuery extends ListQuery {
  @Optional() @OneOf('状态', CHANGE_STATUSES) status?: ChangeStatus;
}
