import { setTimeout as sleep } from 'node:timers/promises';
import { supervision } from '#libs/supervision';
import {
  anObstacle,
  aProvision,
  aReceipt,
  aRequest,
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
 * What may be asked of 电子监察 about all cases at once. `late`: receipt, and nothing done; a 督办 whose day passes. `bare`: a
 * request without legal basis, one of whose anomalies is dismissed. `alone`: an obstacle and no request in time, so one party.
 */
let here: ServiceHere;
let yang: Officer;
const ids: Record<string, string> = {};

interface Row {
  readonly case: string;
  readonly row: string;
  readonly anomaly: string;
  readonly supervised: { readonly category: string; readonly case: string };
  readonly kind: string;
  readonly status: string;
  readonly says: string;
  readonly events: readonly string[];
  readonly [name: string]: unknown;
}
const AT_WORK = { 'kesu-purpose': 'supervision' };
const ask = (query: string, as: Officer = yang): Promise<Reply> => as.get(`/v1/questions/${query}`);
async function rows(query: string, as?: Officer): Promise<readonly Row[]> {
  const { status, text, body } = await ask(query, as);
  expect([status, text]).toEqual([200, expect.any(String)]);
  return (body as unknown as { rows: readonly Row[] }).rows;
}
const nameOf = (id: string): string => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;
const told = (found: readonly Row[]) =>
  found.map(({ supervised, kind, rule }) => [nameOf(supervised.case), kind, rule].join(' '));
function rowOf([row]: readonly Row[]): Row {
  if (!row) throw new Error('there is no row');
  return row;
}
const distinct = (found: readonly Row[]) => [...new Set(found.map(({ supervised }) => nameOf(supervised.case)))].sort();

const go = (at: string) => here.as('zhong.clock').post('/v1/simulation/clock', { to: { at: `${at}+08:00` } });

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: '2026-09-17T01:00:00Z' });
  yang = here.as('yang.supervisor').with(AT_WORK);
  const [chen, wu] = [here.as('chen.handler'), here.as('wu.handler')];
  const on = (day: string) => ({ occurredAt: { on: day } });
  ids.late = (await recorded(chen.post('/v1/assistance', aRequest(on('2026-09-17'))))).case;
  ids.alone = (await recorded(chen.post('/v1/assistance/obstacles', anObstacle(on('2026-09-17'))))).case;
  await go('2026-09-18T09:00:00');
  await recorded(wu.post(`/v1/assistance/${ids.late}/receipts`, aReceipt(on('2026-09-18'))));
  const bare = aRequest({ ...on('2026-09-18'), legalBasis: undefined });
  ids.bare = (await recorded(chen.post('/v1/assistance', bare))).case;
  await recorded(wu.post(`/v1/assistance/${ids.bare}/receipts`, aReceipt(on('2026-09-18'))));
  await recorded(wu.post(`/v1/assistance/${ids.bare}/provisions`, aProvision(on('2026-09-18'))));
  await go('2026-10-10T10:00:00');
  const bySort = (found: readonly Row[], late: boolean) =>
    distinct(found.filter(({ kind }) => (kind === 'lateness') === late)).length;
  await untilRead(
    () => rows('open-anomalies?limit=200'),
    (found) => bySort(found, true) >= 2 && bySort(found, false) >= 1,
  );
}, 180_000);

afterAll(() => here.end(), 60_000);

it('lists them beside those of the cases themselves, with their wording and rules', async () => {
  const { body } = await here.as('chen.handler').get('/v1/questions');
  const { questions } = body as unknown as {
    questions: readonly { question: string; asks: string; rules: string[] }[];
  };
  const names = (supervision.questions ?? []).map(({ name }) => name);
  expect(questions.map(({ question }) => question)).toEqual(expect.arrayContaining(['overdue', ...names]));
  const open = questions.find(({ question }) => question === 'open-anomalies');
  expect(open?.rules).toEqual(['XM-5-1']);
  expect(open?.asks).toMatch(/异常/);
});

describe('open anomalies', () => {
  it('are every one that stands, of a party alone too, with organ, kind, rule, age and the facts behind it', async () => {
    const all = await rows('open-anomalies?limit=200');
    expect(distinct(all)).toEqual(['alone', 'bare', 'late']);
    const late = all.find(({ supervised, kind }) => supervised.case === ids.late && kind === 'lateness');
    expect(late).toMatchObject({
      organ: organ(ASKED),
      colour: 'yellow',
      status: 'detected',
      ageDays: 0,
      due: '2026-10-09',
    });
    expect(late?.says).toBe('厦门市生态环境局，黄牌：提供协助期限于2026-10-09届满（已发现）。');
    expect(late?.evidence).not.toEqual([]);
    const listed = (await yang.get('/v1/supervision?state=open&limit=200')).body as unknown as { anomalies: unknown[] };
    expect(all).toHaveLength(listed.anomalies.length);
  });

  it('are asked for by organ, kind, colour, rule, status and the days they were found on, and counted', async () => {
    expect(distinct(await rows(`open-anomalies?organ=${organ(ASKED)}&kind=lateness`))).toEqual(['late']);
    expect(distinct(await rows(`open-anomalies?organ=${organ(ASKING)}&kind=lateness`))).toEqual(['alone']);
    expect(told(await rows('open-anomalies?kind=completeness'))).toEqual(['bare completeness XM-6-1']);
    expect(await rows('open-anomalies?status=ordered')).toEqual([]);
    expect(await rows('open-anomalies?colour=red')).toEqual([]);
    expect(distinct(await rows('open-anomalies?colour=yellow'))).toEqual(['alone', 'late']);
    expect(distinct(await rows('open-anomalies?to=2026-09-30'))).not.toContain('late');
    const { body } = await ask('open-anomalies?limit=1&kind=lateness');
    const { totals } = body as unknown as { totals: readonly Readonly<Record<string, unknown>>[] };
    const alone = rowOf(await rows(`open-anomalies?organ=${organ(ASKING)}&kind=lateness`));
    expect(totals).toEqual(
      expect.arrayContaining([
        { organ: organ(ASKED), kind: 'lateness', rule: 'XM-16-4', count: 1, age_days: 0, provisional: 0 },
        { organ: organ(ASKING), kind: 'lateness', rule: alone.rule, count: 1, age_days: alone.ageDays, provisional: 0 },
      ]),
    );
    expect(totals).toHaveLength(2);
  });

  it('are older when asked as of a later day, and none as of a day before they were found', async () => {
    const [late] = await rows(`open-anomalies?organ=${organ(ASKED)}&kind=lateness&asOf=2026-10-20`);
    expect(late?.ageDays).toBe(10);
    expect(await rows(`open-anomalies?organ=${organ(ASKED)}&kind=lateness&asOf=2026-10-09`)).toEqual([]);
  });

  it('are told to the organs concerned and to who supervises them, and to nobody else', async () => {
    expect(distinct(await rows('open-anomalies?limit=200', here.as('chen.handler')))).toEqual([
      'alone',
      'bare',
      'late',
    ]);
    expect(distinct(await rows('open-anomalies?limit=200', here.as('wu.handler')))).toEqual(['bare', 'late']);
    expect(await rows('open-anomalies', here.as('zhang.handler'))).toEqual([]);
    expect(await rows('open-anomalies', here.as('zeng.supervisor').with(AT_WORK))).toEqual([]);
    const purposeless = await ask('open-anomalies', here.as('yang.supervisor'));
    expect([purposeless.status, purposeless.body.code]).toEqual([400, 'PURPOSE_REQUIRED']);
  });

  it.each([
    ['open-anomalies?kind=ugly', '?kind', 'oneOf'],
    ['open-anomalies?status=dismissed', '?status', 'oneOf'],
    ['dismissed-anomalies?status=dismissed', '?status', 'unknownParameter'],
    ['overdue-orders?state=late', '?state', 'oneOf'],
  ])('refuse %s by its place', async (query, pointer, code) => {
    const { status, body } = await ask(query);
    expect([status, body.code, body.errors?.[0]]).toMatchObject([400, 'QUERY_INVALID', { pointer, code }]);
  });
});

describe('督办 and 销号', () => {
  const seen = async (file: string) => ({
    headers: { 'if-match': `"${(await yang.get(`/v1/supervision/${file}`)).body.revision}"` },
  });
  let file = '';

  it('shows an order past its own due day, its age, and that it was handled late', async () => {
    const [late] = await rows(`open-anomalies?organ=${organ(ASKED)}&kind=lateness`);
    file = late?.case ?? '';
    const order = {
      occurredAt: { on: '2026-10-10' },
      anomaly: late?.anomaly,
      to: organ(ASKED),
      requirement: '尽快办结',
      due: '2026-10-13',
    };
    const ordered = await recorded(yang.post(`/v1/supervision/${file}/orders`, order, await seen(file)));
    await untilRead(
      () => rows('open-anomalies?status=ordered'),
      ({ length }) => length > 0,
    );
    expect(await rows('overdue-orders')).toEqual([]);
    await go('2026-10-15T10:00:00');
    const [overdue] = await rows('overdue-orders?state=open');
    expect(overdue).toMatchObject({
      case: file,
      order: ordered.events[0]?.id,
      daysLate: 2,
      holder: organ(ASKED),
      due: '2026-10-13',
    });
    expect(overdue?.says).toBe('厦门市生态环境局承办的督办于2026-10-13届满，至今逾期2天，尚未处理。');
    const handling = { occurredAt: { on: '2026-10-15' }, anomaly: late?.anomaly, measures: '已提供' };
    const headers = { prefer: 'respond-when=visible, wait=30' };
    await recorded(here.as('wu.handler').post(`/v1/supervision/${file}/handlings`, handling, { headers }));
    expect(await rows('overdue-orders?state=open')).toEqual([]);
    const [handled] = await rows('overdue-orders?state=handled');
    expect(handled?.says).toBe('厦门市生态环境局承办的督办于2026-10-13届满，2026-10-15处理，逾期2天。');
  });

  it('keeps what was assessed among the open while an appeal waits, until a second officer of the city decides it', async () => {
    const [late] = await rows(`open-anomalies?organ=${organ(ASKED)}&rule=XM-16-4`);
    const path = `/v1/supervision/${file}`;
    const about = { occurredAt: { on: '2026-10-15' }, anomaly: late?.anomaly };
    const visible = { prefer: 'respond-when=visible, wait=30' };
    // The service records in the file too: what it does meanwhile makes what was seen stale.
    const sent = (as: Officer, act: string, body: object) =>
      untilRead(
        async () => as.post(`${path}/${act}`, body, { headers: { ...(await seen(file)).headers, ...visible } }),
        ({ status }) => status !== 412,
      );
    const mine = `open-anomalies?organ=${organ(ASKED)}&rule=XM-16-4`;
    const entry = { ...about, assessed: organ(ASKED), entry: '记入季度考核' };
    await recorded(sent(yang, 'anomaly-assessments', entry));
    expect(await rows(mine)).toEqual([]);
    const wu = here.as('wu.handler');
    const reason = '送达日期有误';
    const { events } = await recorded(wu.post(`${path}/appeals`, { ...about, reason }, { headers: visible }));
    const [waiting] = await rows(`${mine}&appeal=pending&status=assessed`);
    expect(waiting).toMatchObject({ anomaly: late?.anomaly, status: 'assessed', appealedOn: '2026-10-15' });
    expect(waiting?.says).toMatch(/（已考核，未经提醒，申诉待决定）。$/);
    expect(await rows('open-anomalies?kind=completeness&appeal=pending')).toEqual([]);
    const dismissal = await sent(yang, 'dismissals', { ...about, reason: '误报' });
    expect([dismissal.status, dismissal.body.code]).toEqual([409, 'DISMISSAL_UNDER_APPEAL']);
    const decision = { ...about, appeal: events[0]?.id, outcome: 'rejected', reason: '回执日期无误' };
    const own = await sent(yang, 'appeal-decisions', decision);
    expect([own.status, own.body.code]).toEqual([403, 'APPEAL_DECIDER_INVOLVED']);
    const luo = here.as('luo.supervisor').with(AT_WORK);
    await recorded(sent(luo, 'appeal-decisions', decision));
    expect(await rows(mine)).toEqual([]);
  });

  it('shows what was dismissed with its reason, and no longer among the open', async () => {
    const [found] = await rows('open-anomalies?kind=completeness');
    const about = { occurredAt: { on: '2026-10-15' }, anomaly: found?.anomaly, reason: '另有专门规定。' };
    const at = await seen(found?.case ?? '');
    const headers = { ...at.headers, prefer: 'respond-when=visible, wait=30' };
    const { events } = await recorded(yang.post(`/v1/supervision/${found?.case}/dismissals`, about, { headers }));
    expect((await rows('open-anomalies?kind=completeness')).map(({ anomaly }) => anomaly)).not.toContain(
      found?.anomaly,
    );
    const [dismissed] = await rows('dismissed-anomalies');
    expect(dismissed).toMatchObject({ anomaly: found?.anomaly, reason: '另有专门规定', dismissedOn: '2026-10-15' });
    expect(dismissed?.says).toMatch(/（已销号）。销号理由：另有专门规定。$/);
    expect(dismissed?.events).toContain(events[0]?.id);
    expect(await rows('dismissed-anomalies?from=2026-10-16')).toEqual([]);
    expect(await rows('dismissed-anomalies', here.as('zhang.handler'))).toEqual([]);
  });

  it('the rows land on the same hash once they are built anew', async () => {
    const { viewing } = here.service.runtime;
    // What the jump of the clock brought is being recorded still: until nothing moves for a while.
    const settled = async () => [await viewing.hash(), await sleep(1_500).then(() => viewing.hash())];
    const [live] = await untilRead(settled, ([before, after]) => before === after);
    expect((await viewing.rebuild()).hash).toBe(live);
  });
});
