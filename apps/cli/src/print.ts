import type { ScheduledClock } from '#libs/kernel';

/** What the service answers, as far as it is printed. */
export interface TimelineAnswer {
  readonly mode?: string;
  readonly case: string;
  readonly occurredBy?: string;
  readonly entries: readonly {
    readonly revision: number;
    readonly event: string;
    readonly occurredAt: { readonly on?: string; readonly at?: string };
    readonly recordedAt: string;
    readonly recordedLate: boolean;
    readonly sentence: string;
    readonly judgedThen: readonly string[];
    readonly recordedBy: { readonly person: string; readonly organ: string | null };
    readonly documents: readonly { readonly name: string; readonly digest: string }[];
    readonly nowReads?: {
      readonly occurredAt: { readonly on?: string; readonly at?: string };
      readonly sentence: string;
    };
  }[];
}

interface Said {
  readonly rule: string;
  readonly article?: string | undefined;
  readonly says: string;
}

export interface FileAnswer {
  readonly status: string;
  readonly instrument?: string;
  readonly assessment: {
    readonly asOf: string;
    readonly clocks: readonly (Said & ScheduledClock & { readonly verdict: string })[];
    readonly flags: readonly (Said & {
      readonly code: string;
      readonly about: readonly string[];
      readonly holder?: string;
      readonly item?: string;
      readonly assessedBy?: readonly string[];
      readonly finding?: true;
    })[];
    readonly duties: readonly Said[];
  };
  /** 电子监察, where the case has a file of it. */
  readonly supervision?: {
    readonly warnings: readonly (Said & {
      readonly clock: string;
      readonly due: string;
      readonly issuedOn: string;
    })[];
    readonly anomalies: readonly (Said & {
      readonly since: string;
      readonly clock?: string;
      readonly code?: string;
      readonly due?: string;
      readonly open: boolean;
      readonly cards: readonly { readonly colour: string; readonly says: string }[];
    })[];
  };
}

export interface CustodyAnswer {
  readonly mode?: string;
  readonly case: string;
  readonly asOf: string;
  readonly days: number;
  readonly turns: readonly (Pick<Said, 'article' | 'says'> & Partial<Pick<Said, 'rule'>>)[];
  readonly duties: readonly Said[];
}

/** A line a turn, the last of them the present one. */
export const turnLines = ({ turns }: Pick<CustodyAnswer, 'turns'>): readonly string[] =>
  turns.map(({ rule, says }) => `  ${says}${rule === undefined ? '' : `〔${rule}〕`}`);

/** 责任链 as a person reads it: a line a turn, the last of them the present one, and what is owed beside. */
export const custodyPage = ({ case: id, mode, asOf, days, turns, duties }: CustodyAnswer): string =>
  [
    `案件 ${id} 的责任链${mode === undefined ? '' : `（${mode}）`}`,
    ...turns.map(({ rule, article, says }) => `  ${rule === undefined ? says : ruled({ article, rule, says })}`),
    ...(duties.length === 0 ? [] : ['并行待办', ...duties.map((duty) => `  ${ruled(duty)}`)]),
    `截至${shanghai(asOf)}，全程${days}天`,
    '',
  ].join('\n');

export interface ClocksAnswer {
  readonly clocks: readonly { readonly verdict: string; readonly text: readonly string[] }[];
}

/** How each clock that ran out came to its day, to be checked by hand. */
export const explanationPage = ({ clocks }: ClocksAnswer): string =>
  [
    '期限逐日说明',
    ...clocks.filter(({ verdict }) => verdict === 'late').flatMap(({ text }) => text.map((line) => `  ${line}`)),
    '',
  ].join('\n');

/** A case as a person reads it: what happened, one item a fact, then what holds now. */
export function casePage(timeline: TimelineAnswer, file: FileAnswer): string {
  const { occurredBy, mode } = timeline;
  const { asOf } = file.assessment;
  return [
    `案件 ${timeline.case}${mode === undefined ? '' : `（${mode}）`}`,
    ...(file.instrument === undefined ? [] : [`适用${file.instrument}；以下条款均出自该文件。`]),
    ...timeline.entries.flatMap(entryLines),
    `截至${shanghai(asOf)}${occurredBy === undefined ? '' : `，只计${shanghai(occurredBy)}以前发生的行为`}`,
    ...standing(timeline, file),
    ...supervised(file),
    '',
  ].join('\n');
}

/** 电子监察: warnings by the day they were issued, anomalies by the day they were found, with their cards; those taken back too. */
function supervised({ supervision: { warnings, anomalies } = { warnings: [], anomalies: [] } }: FileAnswer): string[] {
  const found = [
    ...warnings.map((warning) => ({ on: warning.issuedOn, lines: [ruled(warning)] })),
    ...anomalies.map((anomaly) => ({
      on: anomaly.since,
      lines: [ruled(anomaly), ...anomaly.cards.map(({ says }) => `    ${says}`)],
    })),
  ].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return titled(
    '电子监察（自动发现，供人核查）',
    found.flatMap(({ on, lines: [first, ...cards] }) => [`${on}  ${first}`, ...cards]),
  );
}

/** What was known of a case at an earlier instant. Items are numbered as in `timeline`. */
export const asKnown = (title: string, timeline: TimelineAnswer, file: FileAnswer): string =>
  [title, ...standing(timeline, file).map((line) => `  ${line}`), ''].join('\n');

/** What holds, or held: clocks, what is open, what is flagged and of which items, and what was found. */
function standing(timeline: TimelineAnswer, { assessment: { clocks, duties, flags } }: FileAnswer): string[] {
  const itemsOf = itemsIn(timeline);
  const flagged = (isFinding: boolean): string[] =>
    flags
      .filter(({ finding = false }) => finding === isFinding)
      .map((flag) => {
        const assessed = flag.assessedBy ? `；已就此作出认定：${itemsOf(flag.assessedBy)}` : '';
        return `${ruled(flag)}（${itemsOf(flag.about)}${assessed}）`;
      });
  return [
    ...titled('时限', clocks.map(ruled)),
    ...titled('待办', duties.map(ruled)),
    ...titled('疑点（供人核查，不是认定）', flagged(false)),
    ...titled('认定', flagged(true)),
  ];
}

const titled = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];

const ruled = ({ says, article, rule }: Said): string =>
  `${says}〔${article === undefined ? rule : `${article}，${rule}`}〕`;

/** Facts by number and day; one that the reader does not see is not named. */
function itemsIn({ entries }: TimelineAnswer): (events: readonly string[]) => string {
  const names = new Map(
    entries.map(({ event, revision, occurredAt }) => [event, `第${revision + 1}项，${dayOf(occurredAt)}`]),
  );
  return (events) => events.map((event) => names.get(event) ?? '另一方的记录').join('；');
}

const dayOf = ({ on, at }: { readonly on?: string; readonly at?: string }): string => on ?? shanghai(at ?? '');

function entryLines({
  revision,
  occurredAt,
  recordedAt,
  recordedLate,
  sentence,
  judgedThen,
  recordedBy,
  documents,
  nowReads,
}: TimelineAnswer['entries'][number]): string[] {
  const below = (line: string): string => `      ${line}`;
  return [
    `${String(revision + 1).padStart(4)}  ${dayOf(occurredAt)}  ${sentence}`,
    ...(nowReads ? [below(`已更正，现为  ${dayOf(nowReads.occurredAt)}  ${nowReads.sentence}`)] : []),
    below(
      `${recordedBy.organ ?? ''}${recordedBy.person}于${shanghai(recordedAt)}记录${recordedLate ? '（补录）' : ''}。`,
    ),
    ...judgedThen.map((judged) => below(`记录时：${judged}`)),
    ...documents.map(({ name, digest }) => below(`附件 ${name}〔${digest.slice(0, 12)}…〕`)),
  ];
}

/** An instant as a clock in Shanghai shows it, to the minute. */
export function shanghai(instant: string): string {
  const shifted = new Date(Date.parse(instant) + 8 * 3_600_000).toISOString();
  return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
}
