import { readFileSync } from 'node:fs';
import { progressIn, type Runtime } from '#libs/platform';
import { checkpointOf, type ViewTables } from '../../libs/platform/src/views/index.js';
import { rounded } from './figures.js';
import type { OpenCases } from './open-cases.js';
import type { Result } from './suite.js';
import { secondsSince, until } from './waiting.js';

const AIM = { secondsToRightDueIndex: 10, secondsToAllNotices: 300 };
const today = { occurredAt: { on: '2026-12-22' } };

/**
 * A notice for a year that all cases but those in hours had crossed into: seconds from its approval until every row of the
 * due-index is right, until every list is, and until every case was told before and after. @throws Error when a due day is
 * not right in the end, when cases judged anew have other days than the due-index had before them, or when a case was not
 * told, or told twice.
 */
export async function recompute({
  runtime,
  officer,
  tables,
  hourly,
  count,
  appendsPerSecond,
}: OpenCases): Promise<Result> {
  const { settings } = runtime;
  // One of each kind was recorded over HTTP.
  const reached = count - hourly.length - 1;
  await until(async () => (await provisionalIn(tables)).index === reached);
  const approved = await approveNotice(officer);
  const began = performance.now();
  const processor = process.cpuUsage();
  await until(async () => (await provisionalIn(tables)).index === 0, 200);
  const index = secondsSince(began);
  const usedForIndex = processorSeconds(processor);
  const ahead = await daysIn(tables);
  const position = await positionOf(runtime, approved);
  await until(async () => ((await checkpointOf(tables.db, tables))?.position ?? '') >= position);
  const lists = secondsSince(began);
  const used = processorSeconds(processor);
  if ((await provisionalIn(tables)).lists !== 0) throw new Error('some due days are not right');
  if ((await daysIn(tables)) !== ahead) throw new Error('the due-index had other days before cases were judged anew');
  await until(async () => ((await progressIn(settings.keys, settings.ledger, 'recomputing').read()) ?? '') >= position);
  const told = secondsSince(began);
  await until(async () => (await toldIn(tables)).told >= reached, 1_000);
  const shown = secondsSince(began);
  const { told: times, cases } = await toldIn(tables);
  if (times !== reached || cases !== reached) throw new Error(`told ${times} times in ${cases} cases`);
  const notices = reached / told;
  return {
    name: 'supervision: recompute',
    openCases: count,
    reached,
    secondsToRightDueIndex: rounded(index, 1),
    processorSecondsToRightDueIndex: rounded(usedForIndex, 1),
    secondsToRightLists: rounded(lists, 1),
    processorSecondsToRightLists: rounded(used, 1),
    secondsToAllNotices: rounded(told, 1),
    secondsUntilNoticesShown: rounded(shown, 1),
    noticesPerSecond: rounded(notices),
    bareAppendsPerSecond: rounded(appendsPerSecond),
    ratioToBareAppends: rounded(notices / appendsPerSecond, 2),
    aim: AIM,
    met: index <= AIM.secondsToRightDueIndex && told <= AIM.secondsToAllNotices,
  };
}

function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
}

/** @returns the event by which the notice took effect. */
async function approveNotice(officer: OpenCases['officer']): Promise<string> {
  const notice = JSON.parse(readFileSync('docs/examples/calendar-notice-2027.json', 'utf8')) as object;
  const { body } = await officer('shen.lawkeeper').post('/v1/law/calendar/notices', { ...today, notice });
  const headers = { 'if-match': `"${body.revision}"` };
  const decision = { ...today, request: body.events[0]?.id };
  const approved = await officer('jiang.lawkeeper').post('/v1/law/calendar/approvals', decision, { headers });
  if (approved.status !== 201) throw new Error(`the notice was not approved: ${approved.text}`);
  return approved.body.events[0]?.id ?? '';
}

async function positionOf({ log, law }: Runtime, event: string): Promise<string> {
  for (const { stream, revision, position } of [...law.inHand.places].reverse()) {
    const [found] = await log.log.readStream(stream, revision, 1);
    if (found?.id === event) return position;
  }
  throw new Error('the approval is not in hand');
}

/** How many due days are provisional: rows of the due-index, and cases of the list. */
async function provisionalIn({ db, schema }: ViewTables): Promise<{ index: number; lists: number }> {
  const [row] = await db.query<{ index: string; lists: string }>(
    `SELECT (SELECT count(*) FROM ${schema}."assistance_due" WHERE provisional = 1) AS index,
      (SELECT count(*) FROM ${schema}."assistance_clock" WHERE provisional = 1) AS lists`,
  );
  return { index: Number(row?.index), lists: Number(row?.lists) };
}

/** One text for everything the due-index says. */
async function daysIn({ db, schema }: ViewTables): Promise<string> {
  const [row] = await db.query<{ digest: string }>(
    `SELECT md5(string_agg(concat_ws(' ', "case", item, mark, warning_at, yellow_at, red_at), E'\\n'
      ORDER BY "case", item)) AS digest FROM ${schema}."assistance_due"`,
  );
  return row?.digest ?? '';
}

async function toldIn({ db, schema }: ViewTables): Promise<{ told: number; cases: number }> {
  const sql = `SELECT count(*) AS told, count(DISTINCT "case") AS cases FROM ${schema}."assistance_timeline"
    WHERE type = 'ClocksRecomputed'`;
  const [row] = await db.query<{ told: string; cases: string }>(sql);
  return { told: Number(row?.told), cases: Number(row?.cases) };
}
