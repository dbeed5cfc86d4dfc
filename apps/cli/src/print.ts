/** What the service answers, as far as it is printed. */
export interface TimelineAnswer {
  readonly mode?: string;
  readonly case: string;
  readonly position: string;
  readonly occurredBy?: string;
  readonly entries: readonly {
    readonly revision: number;
    readonly occurredAt: { readonly on?: string; readonly at?: string };
    readonly recordedAt: string;
    readonly recordedLate: boolean;
    readonly sentence: string;
    readonly recordedBy: { readonly person: string; readonly organ: string | null };
    readonly documents: readonly { readonly name: string; readonly digest: string }[];
    readonly nowReads?: {
      readonly occurredAt: { readonly on?: string; readonly at?: string };
      readonly sentence: string;
    };
    readonly fact: { readonly judged?: readonly { readonly due?: string; readonly flags: readonly string[] }[] };
  }[];
}

export interface FileAnswer {
  readonly status: string;
  readonly assessment: {
    readonly asOf: string;
    readonly clocks: readonly { readonly rule: string; readonly says: string }[];
    readonly flags: readonly { readonly rule: string; readonly says: string; readonly finding?: true }[];
    readonly duties: readonly { readonly rule: string; readonly says: string }[];
  };
}

export interface CustodyAnswer {
  readonly mode?: string;
  readonly case: string;
  readonly asOf: string;
  readonly position: string;
  readonly days: number;
  readonly turns: readonly { readonly rule?: string; readonly says: string }[];
  readonly duties: readonly { readonly rule: string; readonly says: string }[];
}

/** 责任链 as a person reads it: a line a turn, the last of them the present one, and what is owed beside. */
export const custodyPage = ({ case: id, mode, asOf, position, days, turns, duties }: CustodyAnswer): string =>
  [
    `案件 ${id} 的责任链${mode === undefined ? '' : `（${mode}）`}`,
    ...turns.map(({ rule, says }) => `  ${says}${rule === undefined ? '' : `〔${rule}〕`}`),
    ...(duties.length === 0 ? [] : ['并行待办', ...duties.map(({ rule, says }) => `  ${says}〔${rule}〕`)]),
    `至 ${shanghai(asOf)} 全程${days}天（所知至日志位置 ${position}）`,
    '',
  ].join('\n');

/** A case as a person reads it: what happened, one line a fact, then what holds now. */
export function casePage(timeline: TimelineAnswer, file: FileAnswer): string {
  const { clocks, flags, duties, asOf } = file.assessment;
  const occurredBy = timeline.occurredBy === undefined ? '' : `，只计 ${shanghai(timeline.occurredBy)} 以前发生的行为`;
  const said = (title: string, items: readonly { rule: string; says: string }[]): string[] =>
    items.length === 0 ? [] : [title, ...items.map(({ rule, says }) => `  ${says}〔${rule}〕`)];
  return [
    `案件 ${timeline.case}${timeline.mode === undefined ? '' : `（${timeline.mode}）`}`,
    ...timeline.entries.flatMap(entryLines),
    `至 ${shanghai(asOf)}（所知至日志位置 ${timeline.position}${occurredBy}）`,
    ...said('时限', clocks),
    ...said('待办', duties),
    ...said(
      '疑点（供人核查，不是认定）',
      flags.filter(({ finding }) => !finding),
    ),
    ...said(
      '认定',
      flags.filter(({ finding }) => finding),
    ),
    '',
  ].join('\n');
}

/** What was known of a case at an instant, in a few lines: its clocks, how much was open, how much was flagged. */
export const asKnown = (title: string, { assessment: { clocks, duties, flags } }: FileAnswer): string =>
  [
    `  ${title}：`,
    ...clocks.map(({ rule, says }) => `    ${says}〔${rule}〕`),
    `    待办${duties.length}项，疑点${flags.filter(({ finding }) => !finding).length}项`,
    '',
  ].join('\n');

function entryLines({
  revision,
  occurredAt,
  recordedAt,
  recordedLate,
  sentence,
  recordedBy,
  documents,
  nowReads,
  fact,
}: TimelineAnswer['entries'][number]): string[] {
  const dayOf = (at: { on?: string; at?: string }): string => at.on ?? shanghai(at.at ?? '');
  const judged = (fact.judged ?? []).flatMap(({ due, flags }) => [
    ...(due === undefined ? [] : [`当时判定期限至 ${due}`]),
    ...(flags.length === 0 ? [] : [`当时提示 ${flags.join('、')}`]),
  ]);
  return [
    `  ${String(revision).padStart(3)}  ${dayOf(occurredAt)}  ${sentence}`,
    ...(nowReads ? [`       已更正，现为  ${dayOf(nowReads.occurredAt)}  ${nowReads.sentence}`] : []),
    `       ${recordedBy.organ ?? ''}${recordedBy.person} 于 ${shanghai(recordedAt)} 记录${recordedLate ? '（补录）' : ''}${judged.length === 0 ? '' : `；${judged.join('；')}`}`,
    ...documents.map(({ name, digest }) => `       附件 ${name}〔${digest.slice(0, 12)}…〕`),
  ];
}

/** An instant as a clock in Shanghai shows it, to the minute. */
export function shanghai(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}
