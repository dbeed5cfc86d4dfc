import {
  AskedViews,
  createSchema,
  queryFailure,
  QueryFailed,
  viewTables,
} from '../../libs/platform/src/views/index.js';
import { freshLedger, onEveryDatabase } from './bench.js';
import { ticketFile, ticketViews } from './tickets.js';

onEveryDatabase((db) => {
  /** What comes of a question with this statement. */
  async function asking(statement: string, made = true): Promise<unknown> {
    const ledger = freshLedger();
    if (made) await createSchema(db(), ledger, ticketViews);
    const reader = { organs: [], handles: false, supervised: [] } as never;
    return AskedViews.at(viewTables(db(), ledger), (views) =>
      views.totals({ view: ticketFile, reader, statement: () => statement }, { by: [], sums: [] }),
    ).catch((error: unknown) => error);
  }

  it.each([
    ['a column there is none of', 'SELECT nowhere AS "case", 1 AS key', '42703'],
    ['a table there is none of, where the tables stand', 'SELECT * FROM nowhere', '42P01'],
    ['what is no SQL', 'SELEKT', '42601'],
    ['a value of another kind', `SELECT '张三'::date AS "case", 1 AS key`, '22007'],
  ])('is told of the statement: %s', async (_what, statement, sqlState) => {
    const error = await asking(statement);
    expect(error).toBeInstanceOf(QueryFailed);
    expect(error).toMatchObject({ sqlState, message: expect.stringContaining(`SQLSTATE ${sqlState}`) });
  });

  it('quotes names of the statement and no values', async () => {
    const named = (await asking('SELECT nowhere AS "case", 1 AS key')) as Error;
    expect(named.message).toContain('nowhere');
    const valued = (await asking(`SELECT '张三'::date AS "case", 1 AS key`)) as Error;
    expect(`${valued.message}${String(valued.stack)}${JSON.stringify(valued)}`).not.toContain('张三');
    expect(valued.cause).toBeUndefined();
  });

  it('is no failure of the statement that there are no tables yet', async () => {
    const error = await asking('SELECT 1', false);
    expect(error).toMatchObject({ code: '42P01' });
    expect(queryFailure(error)).toBeUndefined();
  });
});

it.each(['ECONNREFUSED', '57P01', '53300', '40001', '08006', undefined])(
  'is no failure of the statement that the database is away or busy: %s',
  (code) => expect(queryFailure(Object.assign(new Error('away'), { code }))).toBeUndefined(),
);
