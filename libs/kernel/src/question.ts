import type { Instant } from './instant.js';
import type { LegalDate } from './legal-date.js';
import type { FieldSchema } from './fields.js';
import type { Uuid } from './ids.js';
import type { Names } from './names.js';
import type { ColumnType, Row } from './view.js';
import { Code, Day, Id, Optional, Text } from './fields.js';
import { IntegerText, JudgedAsOf } from './query-fields.js';

/** What every question may be asked: as of when, and which page of the answer. */
export abstract class QuestionQuery {
  @Optional() @JudgedAsOf('以何时判断') asOf?: Instant;
  @Optional() @Text('游标', 1000) after?: string;
  @Optional() @IntegerText('每页件数', 1, 200) limit?: number;
}

/** …about which organ, and of which days, both included. */
export abstract class DaysQuery extends QuestionQuery {
  @Optional() @Id('机关') organ?: Uuid;
  @Optional() @Day('日期自') from?: LegalDate;
  @Optional() @Day('日期至') to?: LegalDate;
}

/** …and which class of matter. */
export abstract class ClassedQuery extends DaysQuery {
  @Optional() @Code('事项类别') matterClass?: string;
}

/** The moment an answer is given for. */
export interface AnswerMoment {
  readonly asOf: Instant;
  /** Its day. */
  readonly today: LegalDate;
}

/** How the statement of a question names tables and values: nothing that a person said stands in its text. */
export interface QuestionSql {
  /** The table of one of the system's views. */
  readonly table: (view: string) => string;
  /** Where a value is bound. */
  readonly bound: (value: string | number | readonly string[]) => string;
}

/** One figure of an answer, which opens to the cases behind it. */
export interface Figure<Q = QuestionQuery> {
  readonly code: string;
  readonly says: string;
  /** Told with the average of its days as well. */
  readonly averaged?: true;
  /** Counted by the question of that name, of whatever system, asked these. */
  readonly elsewhere?: {
    readonly question: string;
    /** Columns of it that are summed. */
    readonly sums: readonly string[];
    readonly asking: (query: Q, moment: AnswerMoment) => Readonly<Record<string, string>>;
  };
}

/** A column of the statement; `json` columns hold canonical JSON. */
export type QuestionColumns = Readonly<Record<string, ColumnType>>;

/**
 * 问题: something a person asks of all cases at once. Its statement gives rows of the views with `"case"` and `key`, which
 * tells them apart within their case and never changes; which of them the reader may see, their order and their pages are
 * the platform's. Pure: the moment comes in.
 */
export interface Question<Q extends QuestionQuery = QuestionQuery> {
  /** Below `/v1/questions`. */
  readonly name: string;
  /** 问法. */
  readonly asks: string;
  /** The clocks and checks of the packs that its answer rests on: their rules are its rules. */
  readonly restsOn: {
    readonly clocks?: readonly string[];
    readonly checks?: readonly string[];
    /** The part of the packs they stand in, where it is not that of its own system. */
    readonly part?: string;
  };
  readonly query: new () => Q;
  /** What is asked where nothing is said. */
  readonly defaults?: (query: Q, moment: AnswerMoment) => Partial<Q>;
  readonly columns: QuestionColumns;
  readonly rows: (query: Q, moment: AnswerMoment, sql: QuestionSql) => string;
  /** One row as it is told, its sealed values opened; `says` is a sentence. */
  readonly told: (row: Row, moment: AnswerMoment, names: Names) => { readonly says: string };
  /** JSON Schema of what `told` gives beside `case` and `says`. */
  readonly answers: {
    readonly properties: Readonly<Record<string, FieldSchema>>;
    readonly required: readonly string[];
  };
  /** Counted by these columns, with the sums of others. */
  readonly totals?: { readonly by: readonly string[]; readonly sums: readonly string[] };
  /** Answered in these figures, unless one of them is asked for by the parameter `figure`. */
  readonly figures?: readonly Figure<Q>[];
}

/** A row of the question table, with the query's type remembered for its functions and forgotten after it. */
export const asked = <Q extends QuestionQuery>(question: Question<Q>): Question => question as unknown as Question;
