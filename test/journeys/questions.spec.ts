import { assistance } from '#libs/assistance';
import { sampling, supervision } from '#libs/supervision';
import {
  aFeedback,
  aNotice,
  anAssessment,
  anEntry,
  anExtension,
  anObstacle,
  anUrgentRequest,
  aProvision,
  aReceipt,
  aRequest,
  by,
  formalities,
  organ,
  serviceHere,
  ASKED,
  ASKING,
  type Officer,
  type Reply,
  type ServiceHere,
  recorded,
  untilRead,
} from '../service/index.js';

/*
 * Questions about all cases at once. 市场监督管理局 asks 生态环境局 for help: late (a), urgent without formalities (b), in time with
 * an extension nobody filed (c), refused without a reason (d); and 公安局 asks 城市管理局 of a district (e).
 */
let here: ServiceHere;
let chen: Officer;
let wu: Officer;
const ids: Record<string, string> = {};
const events: Record<string, string> = {};
const DISTRICT = '厦门市思明区城市管理局';

const go = async (to: string): Promise<void> => {
  const { status } = await here.as('zhong.clock').post('/v1/simulation/clock', { to: { at: to } });
  if (status !== 200) throw new Error(`the clock does not go to ${to}`);
};
const act = async (
  name: string,
  officer: Officer,
  path: string,
  ...[body, seen]: readonly [body: object, seen?: number]
): Promise<string> => {
  const place = ids[name] === undefined ? '/v1/assistance' : `/v1/assistance/${ids[name]}`;
  const headers = {
    prefer: 'respond-when=visible, wait=30',
    ...(seen === undefined ? {} : { 'if-match': `"${seen}"` }),
  };
  const told = await recorded(officer.post(path === '' ? place : `${place}/${path}`, body, { headers }));
  ids[name] ??= told.case;
  return (events[`${name} ${path}`] = told.events[0]?.id ?? '');
};

const SUPERVISOR = { 'kesu-purpose': 'supervision' };
const ask = (
  query: string,
  account = 'yang.supervisor',
  headers: Record<string, string> = SUPERVISOR,
): Promise<Reply> => here.as(account).get(`/v1/questions/${query}`, headers);
interface Row {
  readonly case: string;
  readonly events: readonly string[];
  readonly [name: string]: unknown;
}
const rowsOf = ({ body, text, status }: Reply): readonly Row[] => {
  expect([status, text]).toEqual([200, expect.any(String)]);
  return (body as unknown as { rows: readonly Row[] }).rows;
};
const nameOf = (id: string): string => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;
const cases = async (query: string, account?: string, headers?: Record<string, string>): Promise<string> =>
  rowsOf(await ask(query, account, headers))
    .map((row) => nameOf(row.case))
    .join(' ');
const totalsOf = ({ body }: Reply) => (body as unknown as { totals: readonly Record<string, unknown>[] }).totals;

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-17T01:00:00Z' });
  [chen, wu] = [here.as('chen.handler'), here.as('wu.handler')];
  const on = (day: string) => ({ occurredAt: { on: day } });
  await act('a', chen, '', aRequest(on('2026-09-17')));
  await go('2026-09-18T10:00:00+08:00');
  await act('a', wu, 'receipts', aReceipt(on('2026-09-18')));
  await act('b', chen, '', anUrgentRequest(on('2026-09-18')));
  await act('b', wu, 'receipts', aReceipt(on('2026-09-18')));
  await act('e', here.as('wang.handler'), '', aRequest({ ...on('2026-09-18'), requested: organ(DISTRICT) }));
  await go('2026-10-13T10:00:00+08:00');
  await act('a', wu, 'extensions', anExtension(on('2026-10-12')), 1);
  await act('a', wu, 'provisions', aProvision(on('2026-10-13')));
  await act('a', wu, 'feedback', aFeedback(on('2026-10-13')));
  await act('a', wu, 'register-entries', anEntry({ documentNumber: '另一文号' }));
  await act('a', chen, 'register-entries', anEntry({ responsible: [by('chen.handler')] }));
  await act('c', chen, '', aRequest({ ...on('2026-10-13'), matterClasses: ['investigation'] }));
  await act('c', wu, 'receipts', aReceipt(on('2026-10-13')));
  await act('c', wu, 'extensions', anExtension(on('2026-10-13')), 1);
  await act('d', chen, 'obstacles', anObstacle(on('2026-09-21')));
  await act('d', chen, 'requests', aRequest(on('2026-10-13')));
  await act('d', wu, 'receipts', aReceipt(on('2026-10-13')));
  await act(
    'd',
    wu,
    'inability-notices',
    aNotice({ ...on('2026-10-13'), reason: undefined, documentNumber: undefined }),
  );
  await go('2026-10-15T10:00:00+08:00');
}, 120_000);

afterAll(() => here.end(), 60_000);

it('lists every question with its Chinese wording, its parameters, its rules and where it is asked', async () => {
  const { body, status } = await here.as('yang.supervisor').get('/v1/questions', SUPERVISOR);
  const { questions } = body as unknown as {
    questions: readonly {
      question: string;
      asks: string;
      href: string;
      rules: string[];
      parameters: { name: string; title: string }[];
    }[];
  };
  expect(status).toBe(200);
  expect(questions.map(({ question }) => question).sort()).toEqual(
    [assistance, supervision, sampling].flatMap(({ questions: own = [] }) => own.map(({ name }) => name)).sort(),
  );
  for (const { asks, href, question, parameters } of questions) {
    expect(asks).toMatch(/^[\u4e00-\u9fff].*？/);
    expect(href).toBe(`/v1/questions/${question}`);
    expect(parameters.filter(({ title }) => !/[\u4e00-\u9fff]/.test(title))).toEqual([]);
  }
  expect(questions.find(({ question }) => question === 'extensions')?.rules).toContain('XM-16-7');
});

describe('overdue clocks', () => {
  it('are those late by the due day that valid extensions moved, with the events behind them', async () => {
    const reply = await ask('overdue');
    expect(rowsOf(reply).map((row) => [nameOf(row.case), row.clock, row.due, row.daysLate, row.verdict])).toEqual([
      ['d', 'request', '2026-10-12', 1, 'late'],
      ['b', 'provide', '2026-10-09', 6, 'late'],
      ['a', 'provide', '2026-10-09', 4, 'late'],
    ]);
    expect(rowsOf(reply)[2]?.events).toEqual([events['a receipts'], events['a provisions']]);
    expect(totalsOf(reply)).toEqual([
      { holder: organ(ASKED), classes: 'ordinary', count: 2, days_late: 10, provisional: 0 },
      { holder: organ(ASKING), classes: 'ordinary', count: 1, days_late: 1, provisional: 0 },
    ]);
  });

  it.each([
    [`organ=${organ(ASKED)}`, 'b a'],
    [`organ=${organ(DISTRICT)}`, ''],
    ['matterClass=investigation', ''],
    ['clock=request', 'd'],
    ['from=2026-10-14', 'b'],
    ['to=2026-10-09', ''],
    ['to=2026-10-10', 'b a'],
    ['asOf=2026-10-09', ''],
    ['asOf=2026-10-12&clock=provide', 'b a'],
  ])('%s: %s', async (query, expected) => expect(await cases(`overdue?${query}`)).toBe(expected));
});

it('what is due this week, or on the days asked for, is told with how it stands', async () => {
  expect(await cases('due')).toBe('d');
  expect(await cases('due?asOf=2026-10-08')).toBe('b a');
  expect(await cases('due?from=2026-10-09&to=2026-10-09')).toBe('b a');
  const [row] = rowsOf(await ask('due?from=2026-11-20'));
  expect([nameOf(row?.case ?? ''), row?.rule, row?.verdict]).toEqual(['c', 'XM-16-6', 'running']);
});

it('whether a request came in time, is late, or cannot be judged', async () => {
  expect(await cases('request-timeliness?verdict=late')).toBe('d');
  expect(await cases('request-timeliness?verdict=notApplicable')).toBe('c e b a');
  const [late] = rowsOf(await ask('request-timeliness?verdict=late'));
  expect([late?.metOn, late?.recordedOn]).toEqual(['2026-09-21', '2026-10-13']);
  expect(late?.says).toMatch(/遇到障碍之日记为2026-09-21，于2026-10-13才记入账本，相隔22天。$/);
  expect(await cases('request-timeliness?from=2026-09-22')).toBe('');
});

it('extensions that were approved late, or never filed', async () => {
  expect(rowsOf(await ask('extensions')).map((row) => [nameOf(row.case), row.faults, row.counted])).toEqual([
    ['c', ['unfiled'], true],
    ['a', ['late', 'unfiled'], false],
  ]);
  expect(await cases('extensions?fault=notEntitled')).toBe('');
  expect(await cases('extensions?fault=unfiled&from=2026-10-14')).toBe('');
  expect(rowsOf(await ask('extensions?fault=late'))[0]?.events).toEqual([events['a extensions']]);
});

it('urgent requests without formalities, with their age', async () => {
  const [row, ...more] = rowsOf(await ask('missing-formalities'));
  expect([nameOf(row?.case ?? ''), row?.ageDays, row?.events, more]).toEqual(['b', 27, [events['b ']], []]);
  expect(rowsOf(await ask('missing-formalities?asOf=2026-09-20'))[0]?.ageDays).toBe(2);
  expect(await cases('missing-formalities?asOf=2026-09-17')).toBe('');
});

it('refusals without reason and number, registers that differ, and what nobody has decided on', async () => {
  expect(
    rowsOf(await ask('refusals'))
      .map(({ code }) => code)
      .sort(),
  ).toEqual(['inabilityUnreasoned', 'inabilityUnwritten']);
  const [differs] = rowsOf(await ask('register-differences?flagCode=registerDiffers'));
  expect([nameOf(differs?.case ?? ''), differs?.rule]).toEqual(['a', 'XM-15-2']);
  const open = await ask('open-flags?limit=200');
  expect(rowsOf(open).filter(({ code }) => code === 'extensionLate')).toHaveLength(1);
  expect(await cases('unnamed-handlers')).toBe('');
});

describe('how an organ did in a quarter', () => {
  const figures = async (account?: string, headers?: Record<string, string>) => {
    const { body } = await ask(`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4`, account, headers);
    return (body as unknown as { figures: { figure: string; count: number; days?: number; href: string }[] }).figures;
  };

  it('is told in figures, each of which opens to the cases it counts, and those to their events', async () => {
    // What supervision finds by itself takes a moment.
    const countOf = (told: Awaited<ReturnType<typeof figures>>, code: string) =>
      told.find(({ figure }) => figure === code)?.count ?? 0;
    const told = await untilRead(figures, (now) => countOf(now, 'cards') >= 2 && countOf(now, 'anomalies') > 0);
    const counts = Object.fromEntries(
      told.filter(({ count }) => count > 0).map(({ figure, count }) => [figure, count]),
    );
    expect(counts).toEqual({
      received: 2,
      answered: 2,
      answeredInTime: 1,
      answeredLate: 1,
      stillLate: 1,
      refused: 1,
      fedBack: 1,
      extended: 1,
      extendedWrongly: 1,
      flagged: expect.any(Number),
      held: 3,
      cards: 2,
      anomalies: expect.any(Number),
    });
    for (const { href, count, days } of told) {
      const reply = await here.as('yang.supervisor').get(`${href}&limit=200`, SUPERVISOR);
      const rows = rowsOf(reply);
      expect(rows).toHaveLength(count);
      if (days !== undefined) expect(rows.reduce((sum, row) => sum + Number(row.days ?? 0), 0)).toBe(days);
      expect(rows.filter((row) => row.events.length === 0)).toEqual([]);
    }
    // a took 13 working days from 18 September to 13 October, with 中秋 and 国庆 off and 调休 worked; d none.
    expect(told.find(({ figure }) => figure === 'answered')).toMatchObject({ days: 13, average: 6.5 });
    // The approval named no days.
    expect(told.find(({ figure }) => figure === 'extended')).toMatchObject({ days: 10 });
    expect(
      new Set(
        rowsOf(await ask(`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4&figure=held`)).map((row) => row.case),
      ).size,
    ).toBe(3);
    const late = rowsOf(await ask(`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4&figure=answeredLate`));
    expect(late.map((row) => [nameOf(row.case), row.events, row.days])).toEqual([['a', [events['a provisions']], 4]]);
    expect(late[0]?.says).toMatch(/请求.+协助一案.*：2026-10-13提供协助或者告知不能提供，逾期4个自然日。$/);
    // What only the asking organ recorded is none of the organ that was asked.
    const flagged = rowsOf(await ask(`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4&figure=flagged&limit=200`));
    const own = rowsOf(await ask(`organ-quarter?organ=${organ(ASKING)}&quarter=2026Q4&figure=flagged&limit=200`));
    expect(flagged.every(({ says }) => String(says).includes('疑点，涉及'))).toBe(true);
    const behind = (rows: readonly Row[]) => rows.flatMap((row) => row.events);
    expect(behind(own)).toContain(events['a register-entries']);
    expect(behind(flagged)).not.toContain(events['a register-entries']);
  });

  it('counts for an officer only what their own organ is a party to, and says so', async () => {
    expect((await figures('chen.handler', {})).find(({ figure }) => figure === 'received')?.count).toBe(2);
    expect((await figures('zhang.handler', {})).filter(({ count }) => count > 0)).toEqual([]);
    const { body } = await ask(`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4`, 'chen.handler', {});
    expect(body).toMatchObject({ scope: '只计您所在机关为当事方的案件' });
  });
});

it('days held in a period add up to those of the turns', async () => {
  const reply = await ask('held?from=2026-10-01&to=2026-10-14&limit=200');
  const days = (of: readonly Readonly<Record<string, unknown>>[]) => of.reduce((sum, one) => sum + Number(one.days), 0);
  expect(days(totalsOf(reply))).toBe(days(rowsOf(reply)));
  const a = rowsOf(reply).filter((row) => nameOf(row.case) === 'a');
  expect(a.map((row) => [row.holder, row.task, row.days])).toEqual([
    [organ(ASKED), 'providing', 12],
    [organ(ASKING), 'closing', 2],
  ]);
});

describe('who may ask', () => {
  it.each([
    ['chen.handler', {}, 'd b a'],
    ['wu.handler', {}, 'd b a'],
    ['wang.handler', {}, ''],
    ['yang.supervisor', SUPERVISOR, 'd b a'],
    ['zeng.supervisor', SUPERVISOR, ''],
    ['xie.auditor', { 'kesu-purpose': 'audit' }, 'd b a'],
    ['luo.operator', {}, ''],
  ] as const)('%s sees of what is overdue: %j %s', async (account, headers, expected) =>
    expect(await cases('overdue', account, headers)).toBe(expected),
  );

  it('who only supervises says what for', async () => {
    for (const question of assistance.questions ?? []) {
      const required = question.name === 'organ-quarter' ? `?organ=${organ(ASKED)}&quarter=2026Q4` : '';
      const { status, body } = await ask(`${question.name}${required}`, 'yang.supervisor', {});
      expect([question.name, status, body.code]).toEqual([question.name, 400, 'PURPOSE_REQUIRED']);
    }
  });

  it('a district sees its own organs’ cases', async () => {
    expect(await cases('held?task=delivering', 'zeng.supervisor', SUPERVISOR)).toBe('e');
    expect(await cases('held?task=delivering', 'zhang.handler', {})).toBe('e');
  });
});

it.each([
  ['overdue?organ=x', '?organ', 'id'],
  ['overdue?organ=11111111-2222-4333-8444-555555555555', '?organ', 'unknownOrgan'],
  ['overdue?from=2026-10-02&to=2026-10-01', '?to', 'period'],
  ['overdue?asOf=soon', '?asOf', 'askedInstant'],
  ['overdue?limit=0', '?limit', 'integer'],
  ['overdue?colour=red', '?colour', 'unknownParameter'],
  ['overdue?asOf=2026-10-01&asOf=2026-10-02', '?asOf', 'repeatedParameter'],
  ['overdue?matterClass=%00', '?matterClass', 'code'],
  ['overdue?after=%00', '?after', 'text'],
  ['extensions?fault=ugly', '?fault', 'oneOf'],
  ['organ-quarter?quarter=2026Q4', '?organ', 'id'],
  [`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q5`, '?quarter', 'matching'],
  [`organ-quarter?organ=${organ(ASKED)}&quarter=2026Q4&figure=none`, '?figure', 'oneOf'],
])('refuses %s in Chinese, by its place', async (query, pointer, code) => {
  const { status, body } = await ask(query);
  expect([status, body.code, body.errors?.[0]]).toEqual([
    400,
    'QUERY_INVALID',
    { pointer, code, message: expect.stringMatching(/[\u4e00-\u9fff]/) },
  ]);
});

it.each(['xx', Buffer.from('["1","\\u0000","x"]').toString('base64url'), Buffer.from('[1,2,3]').toString('base64url')])(
  'takes no cursor that is none: %s',
  async (after) => expect((await ask(`overdue?after=${after}`)).body.code).toBe('CURSOR_MALFORMED'),
);

it('takes a cursor only with what it was given for, however long the page', async () => {
  const { body } = await ask('overdue?limit=1');
  const code = async (query: string) => (await ask(`${query}&after=${body.next}`)).body.code;
  expect(await code('overdue?limit=2')).toBeUndefined();
  for (const other of ['overdue?clock=provide', 'overdue?asOf=2026-10-09', 'due?limit=1'])
    expect(await code(other)).toBe('CURSOR_OF_ANOTHER_QUERY');
});

describe('what goes wrong behind a question', () => {
  const broken = async (break_: string, mend: string): Promise<{ readonly reply: Reply; readonly logged: string }> => {
    const { logger, runtime } = here.service;
    const lines: unknown[] = [];
    const note = (level: string) => (message: string, detail?: object) => {
      const { error } = (detail ?? {}) as { readonly error?: unknown };
      lines.push([level, message, chainOf(error), (detail as { traceId?: string } | undefined)?.traceId]);
    };
    const spies = (['error', 'warn'] as const).map((level) =>
      jest.spyOn(logger, level).mockImplementation(note(level)),
    );
    const { db } = runtime.viewing.tables ?? {};
    try {
      await db?.query(break_);
      const reply = await ask('overdue');
      return { reply, logged: JSON.stringify(lines) };
    } finally {
      await db?.query(mend);
      spies.forEach((spy) => spy.mockRestore());
    }
  };
  const chainOf = (error: unknown): readonly string[] =>
    error instanceof Error ? [`${error.name}: ${error.message}`, ...chainOf(error.cause)] : [];

  it('a statement that the database refuses is a failure of the program, told as one and logged with its cause', async () => {
    const column = (from: string, to: string) =>
      `ALTER TABLE kesu_views_${here.ledger}.assistance_clock RENAME COLUMN ${from} TO ${to}`;
    const { reply, logged } = await broken(column('late_from', 'gone'), column('gone', 'late_from'));
    expect([reply.status, reply.body.code]).toEqual([500, 'VIEWS_QUERY_FAILED']);
    expect(reply.text).not.toMatch(/late_from|SQLSTATE/);
    expect(logged).toMatch(/"error","unexpected error".*QueryFailed: SQLSTATE 42703.*late_from/);
    expect(logged).toContain((reply.body as unknown as { traceId: string }).traceId);
  });

  it('read models that are not there are unavailable, and that is logged with its cause as well', async () => {
    const schema = (from: string, to: string) => `ALTER SCHEMA ${from} RENAME TO ${to}`;
    const [name, away] = [`kesu_views_${here.ledger}`, 'kesu_views_away'];
    const { reply, logged } = await broken(schema(name, away), schema(away, name));
    expect([reply.status, reply.body.code]).toEqual([503, 'VIEWS_UNAVAILABLE']);
    expect(logged).toMatch(/"warn","not available".*VIEWS_UNAVAILABLE.*_checkpoint/);
  });

  it('is asked again as if nothing had been, once it is mended', async () =>
    expect(await cases('overdue')).toBe('d b a'));
});

describe('while writes go on', () => {
  it('pages miss nothing and show nothing twice, and are judged at one moment', async () => {
    const page = async (after?: string) => {
      const reply = await ask(`open-flags?limit=3${after === undefined ? '' : `&after=${after}`}`);
      return { rows: rowsOf(reply), next: reply.body.next, asOf: reply.body.asOf };
    };
    const whole = rowsOf(await ask('open-flags?limit=200')).map(({ says, case: id }) => `${id} ${String(says)}`);
    const seen: string[] = [];
    let { rows, next, asOf } = await page();
    const first = asOf;
    for (let n = 0; ; n += 1) {
      seen.push(...rows.map(({ says, case: id }) => `${id} ${String(says)}`));
      if (next === undefined) break;
      await go(`2026-10-15T${11 + n}:00:00+08:00`);
      await act(`later ${n}`, chen, '', aRequest({ occurredAt: { on: '2026-10-15' }, legalBasis: undefined }));
      ({ rows, next, asOf } = await page(next));
      expect(asOf).toBe(first);
    }
    expect(seen).toEqual(whole);
  });

  it('what was decided on or made up since is no longer open', async () => {
    await act('b', chen, 'formalities', formalities({ occurredAt: { on: '2026-10-15' } }));
    expect(await cases('missing-formalities')).toBe('');
    const extension = events['a extensions'] ?? '';
    const seen = (await wu.get(`/v1/assistance/${ids.a}`)).body.revision;
    await act(
      'a',
      here.as('zheng.deputy'),
      'assessments',
      anAssessment(extension, { occurredAt: { on: '2026-10-15' }, by: undefined }),
      seen,
    );
    const stillOpen = rowsOf(await ask('open-flags?limit=200&flagCode=extensionLate'));
    expect(stillOpen).toHaveLength(1);
  });

  it('the rows land on the same hash once they are built anew', async () => {
    const { viewing } = here.service.runtime;
    const live = await viewing.hash();
    expect((await viewing.rebuild()).hash).toBe(live);
  });
});
