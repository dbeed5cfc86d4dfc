import {
  dayOf,
  isSettled,
  type AnswerMoment,
  type AnyFact,
  type Figure,
  type Keys,
  type LegalDate,
  type Question,
  type QuestionQuery,
  type Uuid,
} from '#libs/kernel';
import { standsFor, type LawBook } from '#libs/law';
import { Denial, opened } from '../../ledger/index.js';
import { namesIn, viewNamed } from '../../reading/index.js';
import { AskedViews, cursorFrom, cursorText, type Asking, type ListedFor, type Total } from '../../views/index.js';
import type { Exchange } from '../caller.js';
import { disclose, type Disclosed } from '../disclosed.js';
import { Fault } from '../fault.js';
import { assertPeriod } from '../period.js';
import { SCOPE_TEXTS, UNKNOWN_ORGAN_TEXT } from '../texts.js';
import { disclosureOf, purposeOf } from './admission.js';
import { tellPage } from './case-list.js';
import { fromViews, type QuestionParts, type System } from './parts.js';
import { turnedFrom, turnedTo } from './turned-page.js';

const LIMIT = 50;

/** What some questions are asked beside what all are. */
interface Narrowed {
  readonly organ?: Uuid;
  readonly from?: LegalDate;
  readonly to?: LegalDate;
  readonly figure?: string;
}

/**
 * The answer to a question about all cases: of the organ the reader works for, and with a purpose of those it supervises.
 * It speaks for one place of the log and one moment, which the cursor keeps, so that all pages are judged alike.
 * @throws Denial PURPOSE_REQUIRED for who only supervises; VIEWS_…; Fault QUERY_INVALID, CURSOR_MALFORMED.
 */
export async function askedQuestion<State, F extends AnyFact>(
  parts: QuestionParts & { readonly keys: Keys },
  system: System<State, F>,
  question: Question,
  { said, http, elsewhere }: AskedBy,
): Promise<Disclosed<object>> {
  const reader = readerOf(parts, system, http);
  const asking = askingOf(parts, system, question, http);
  assertAskable(said, parts.law.book);
  return disclose(disclosureOf(http, `questions/${question.name}`), () =>
    fromViews(parts, async (tables) => {
      const cursor = turnedFrom(question.name, said);
      const after = cursor === undefined ? undefined : cursorFrom(cursor);
      const asOf = said.asOf ?? after?.asOf ?? parts.clock.now();
      const moment = { asOf, today: dayOf(asOf) };
      const query = { ...said, ...question.defaults?.(said, moment) };
      const answered = await AskedViews.at(tables, async (views) => {
        const told = { position: views.position, ...headOf(parts, system, question, { ...moment, reader }) };
        if (isForFigures(question, query)) {
          const figures = await figuresOf(question, http, async (figure) => {
            const counting = question.totals ?? { by: [], sums: [] };
            if (!figure.elsewhere)
              return { total: await views.totals(asking({ ...query, figure: figure.code }, moment), counting) };
            const { question: name, sums, asking: askedOf } = figure.elsewhere;
            const asked = askedOf(query, moment);
            const total = await views.totals(elsewhere(name)(asked, moment), { by: [], sums });
            return { total, name, asked };
          });
          return { ...told, figures };
        }
        const page = await views.rows(asking(query, moment), question, { after, limit: query.limit ?? LIMIT });
        const next = page.next && turnedTo(cursorText({ ...page.next, asOf }), question.name, said);
        const rows = (await opened(page.rows, parts.keys)) as typeof page.rows;
        return {
          ...told,
          ...rowsTold(parts, question, { ...page, rows }, moment),
          ...(next === undefined ? {} : { next }),
        };
      });
      tellPage(http, answered);
      return answered;
    }),
  );
}

/** What a question puts to the views once it is said what is asked, and for which moment. */
export type AskingOf = (said: QuestionQuery & Narrowed, moment: AnswerMoment) => Asking;

/** What is asked, by whom, and how questions of other systems are counted by. */
interface AskedBy {
  readonly said: QuestionQuery;
  readonly http: Exchange;
  readonly elsewhere: (question: string) => AskingOf;
}

/** @throws Denial PURPOSE_REQUIRED */
export function askingOf<State, F extends AnyFact>(
  parts: QuestionParts,
  system: System<State, F>,
  question: Question,
  http: Exchange,
): AskingOf {
  const reader = readerOf(parts, system, http);
  const view = viewNamed(system, 'case_file');
  return (said, moment) => ({ view, reader, statement: (sql) => question.rows(said, moment, sql) });
}

/** @throws Denial PURPOSE_REQUIRED */
function readerOf<State, F extends AnyFact>(
  { law }: QuestionParts,
  system: System<State, F>,
  http: Exchange,
): ListedFor {
  const { viewer } = http.caller;
  const handles = system.handlesCases(viewer);
  const supervises = system.supervised(viewer, law.book);
  const purpose = purposeOf(http);
  if (!handles && supervises.length > 0 && purpose === undefined) throw new Denial('PURPOSE_REQUIRED');
  return {
    organs: standsFor(law.book.organs, viewer.organ),
    handles,
    supervised: purpose === undefined ? [] : supervises,
  };
}

/** What no answer could be about. @throws Fault QUERY_INVALID */
function assertAskable({ organ, from, to }: QuestionQuery & Narrowed, { organs }: LawBook): void {
  assertPeriod({ ...(from && { from }), ...(to && { to }) });
  if (organ === undefined || organs.organs.has(organ)) return;
  throw new Fault('QUERY_INVALID', {
    errors: [{ pointer: '?organ', code: 'unknownOrgan', message: UNKNOWN_ORGAN_TEXT }],
  });
}

function headOf<State, F extends AnyFact>(
  { pages, law, clock }: QuestionParts,
  { decider: { category } }: System<State, F>,
  { name, asks, restsOn }: Question,
  { asOf, reader }: AnswerMoment & { readonly reader: ListedFor },
): object {
  return {
    ...pages.mode,
    question: name,
    asks,
    rules: rulesOf(law.book, category, restsOn),
    asOf,
    settled: isSettled(asOf, clock.now()),
    scope: scopeText(reader),
  };
}

/** Whose cases were counted: a figure of an organ is not all there is of it for who sees part of its cases. */
const scopeText = ({ handles, supervised }: ListedFor): string =>
  supervised.length === 0
    ? handles
      ? SCOPE_TEXTS.own
      : SCOPE_TEXTS.none
    : handles
      ? SCOPE_TEXTS.both
      : SCOPE_TEXTS.supervised;

/** The rules that the packs in hand let these clocks and checks speak for. */
export function rulesOf(
  { editions }: LawBook,
  category: string,
  { clocks = [], checks = [], part = category }: Question['restsOn'],
): readonly string[] {
  const rules = editions.flatMap(({ pack }) => {
    const of = pack.systems[part];
    return [
      ...(of?.clocks ?? [])
        .filter(({ clock }) => clocks.includes(clock))
        .flatMap(({ limits, extension }) => [...limits, ...(extension ? [extension] : [])].map(({ rule }) => rule)),
      ...(of?.checks ?? []).filter(({ check }) => checks.includes(check)).map(({ rule }) => rule),
    ];
  });
  return [...new Set(rules)].sort();
}

const isForFigures = ({ figures }: Question, { figure }: QuestionQuery & Narrowed): boolean =>
  figures !== undefined && figure === undefined;

/** Each figure with the address of the cases behind it. */
function figuresOf(
  { figures = [] }: Question,
  { request }: Exchange,
  countOf: (figure: Figure) => Promise<CountedFigure>,
): Promise<readonly object[]> {
  const [path = '', said = ''] = request.url.split('?');
  // One after the other: they share a connection.
  return figures.reduce<Promise<readonly object[]>>(async (before, figure) => {
    const told = await before;
    const { code, says, averaged } = figure;
    const {
      total: [total = {}],
      name,
      asked,
    } = await countOf(figure);
    const query = asked ? new URLSearchParams(asked) : new URLSearchParams(said);
    if (!asked) query.set('figure', code);
    const at = name === undefined ? path : `${path.slice(0, path.lastIndexOf('/') + 1)}${name}`;
    const average = averaged && { average: averageOf(total) };
    return [...told, { figure: code, ...total, ...average, href: `${at}?${query.toString()}`, says }];
  }, Promise.resolve([]));
}

/** A figure counted; by another question where it names one. */
interface CountedFigure {
  readonly total: readonly Total[];
  readonly name?: string;
  readonly asked?: Readonly<Record<string, string>>;
}

/** Days a row, to one decimal place; null where there is none. */
const averageOf = ({ count, days }: Total): number | null =>
  Number(count) > 0 ? Math.round((Number(days) / Number(count)) * 10) / 10 : null;

function rowsTold(
  { troubles, law }: QuestionParts,
  question: Question,
  { rows, totals }: { readonly rows: readonly Readonly<Record<string, unknown>>[]; readonly totals: readonly Total[] },
  moment: AnswerMoment,
): object {
  const names = namesIn(law.book);
  const isAlarmed = (row: Readonly<Record<string, unknown>>): boolean => troubles.isAlarmed(row.case as Uuid);
  const withheld = rows.filter(isAlarmed).map((row) => ({ case: row.case, code: 'CASE_INTEGRITY_BROKEN' }));
  return {
    rows: rows
      .filter((row) => !isAlarmed(row))
      .map((row) => ({
        case: row.case,
        row: row.key,
        ...question.told(row as Parameters<Question['told']>[0], moment, names),
      })),
    totals,
    ...(withheld.length > 0 ? { withheld } : {}),
  };
}
