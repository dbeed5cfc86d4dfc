import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { assistance, type AssistanceFact } from '#libs/assistance';
import { addDays, fold, legalDate, movedBy, type Json, type Row, type Uuid } from '#libs/kernel';
import { changedDays, withNotice, type CalendarNotice, type LawBook } from '#libs/law';
import { dueIndex } from '#libs/platform';
import { aheadIn, writeAhead } from '../../libs/platform/src/views/ahead.js';
import { cellsOf, rowFrom, upsert } from '../../libs/platform/src/views/rows.js';
import { createSchema, tableOf } from '../../libs/platform/src/views/index.js';
import {
  happened,
  delivered,
  extended,
  law as before,
  organs,
  provided,
  requested,
  scene,
} from '../../libs/testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../libs/testing/src/specification/index.js';
import { freshLedger, onEveryDatabase } from './bench.js';
import { id } from './tickets.js';

const classDecided = (on: string) =>
  happened('AssistanceClassDecided', on, { deciders: [organs.market, organs.ecology], matterClasses: ['opinion'] });
const regimeActivated = (on: string) =>
  happened('AssistanceEmergencyRegimeActivated', on, { activationDocument: '应急1号' });

const notice = JSON.parse(readFileSync('docs/examples/calendar-notice-2027.json', 'utf8')) as CalendarNotice;
const after: LawBook = { ...before, calendar: withNotice(before.calendar, notice) };
const first = changedDays(before.calendar, after.calendar)?.first ?? NaN;
const view = dueIndex(assistance);
const { ahead } = view;

const rowsUnder = (caseId: Uuid, story: readonly Happened<AssistanceFact>[], law: LawBook): readonly Row[] => {
  const history = recordedAs<AssistanceFact>(story, scene);
  const moved = movedBy(caseId, history, { state: fold(assistance.decider, history), history, law });
  return moved ? view.rowsOf(moved) : [];
};

/** Whether the case's rows are made anew without the case: as the projection asks it of the table. */
const isSettled = (rows: readonly Row[]): boolean =>
  rows.some(({ counted, others_until: until }) => counted !== undefined && Number(until) < first);

/** What the projection makes of rows before it judges cases. */
const madeAhead = (rows: readonly Row[]): readonly Row[] =>
  rows.map((row) => (row['counted'] ? { ...row, ...ahead?.rowOf(row['counted'] as Json, after) } : row));

const day = fc.nat({ max: 45 }).map((n) => addDays(legalDate('2026-12-01'), n));
const further = fc.oneof(
  { weight: 3, arbitrary: day.map((on) => delivered(on)) },
  day.map((on) => provided(on)),
  day.map((on) => extended(on)),
  day.map((on) => classDecided(on)),
  day.map((on) => regimeActivated(on)),
);
const stories = fc
  .tuple(fc.constantFrom(['ordinary'], ['opinion']), fc.array(further, { maxLength: 4 }))
  .map(([matterClasses, more]) => [requested('2026-11-30', { matterClasses }), delivered('2026-12-17'), ...more]);

it('rows made ahead of a case whose calendar settles nothing else are those of the case', () => {
  let settled = 0;
  fc.assert(
    fc.property(stories, (story) => {
      const rows = rowsUnder(id('ahead'), story, before);
      fc.pre(isSettled(rows));
      settled += 1;
      expect(madeAhead(rows)).toEqual(rowsUnder(id('ahead'), story, after));
    }),
  );
  expect(settled).toBeGreaterThan(10);
});

it.each([
  ['an extension moves its due day', [extended('2026-12-20')]],
  ['an emergency regime holds it up', [regimeActivated('2026-12-20')]],
  ['a decision on its class is compared by two limits', [classDecided('2026-12-20')]],
  ['its clock was stopped close to the days of the notice', [provided('2026-12-30')]],
])('a case is judged as a whole where %s', (_why, more) =>
  expect(isSettled(rowsUnder(id('ahead'), [requested('2026-12-16'), delivered('2026-12-17'), ...more], before))).toBe(
    false,
  ),
);

onEveryDatabase((db) => {
  it('one statement moves the rows of all cases that began alike, and leaves all others', async () => {
    const tables = await createSchema(db(), freshLedger(), [view]);
    const begun = ['2026-12-17', '2026-12-17', '2026-12-18', '2026-12-01'].map((on, n) => ({
      caseId: id(['ahead', n]),
      story: [requested('2026-11-30'), delivered(on)],
    }));
    const extendedCase = id(['ahead', 'extended']);
    const other = rowsUnder(
      extendedCase,
      [requested('2026-12-16'), delivered('2026-12-17'), extended('2026-12-20')],
      before,
    );
    const rows = [...begun.flatMap(({ caseId, story }) => rowsUnder(caseId, story, before)), ...other];
    await db().transaction(async (tx) => {
      await upsert(
        tx,
        tables,
        view,
        rows.map((row) => cellsOf(view, row['case'] as Uuid, row).cells),
      );
      for (const each of aheadIn([view])) await writeAhead(tx, tables, each, { before, after });
    });
    const stored = await db().query(`SELECT * FROM ${tableOf(tables, view)} ORDER BY "case", item`);
    const expected = [...begun.flatMap(({ caseId, story }) => rowsUnder(caseId, story, after)), ...other];
    const inOrder = (all: readonly Row[]) =>
      all.map((row) => JSON.stringify(cellsOf(view, row['case'] as Uuid, row).cells)).toSorted();
    expect(inOrder(stored.map((row) => rowFrom(view, row)))).toEqual(inOrder(expected));
    expect(organs.ecology).toBe(stored[0]?.['holder']);
  });
});
