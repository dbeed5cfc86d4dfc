import {
  aClosure,
  anAcceptance,
  anExtension,
  aReceipt,
  aRequest,
  aStep,
  organ,
  serviceHere,
  type Officer,
  type ServiceHere,
} from '../service/index.js';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere({ KESU_ROLES: 'api' });
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
}, 60_000);

afterAll(() => here.end(), 60_000);

/** A case that was received: it stands at revision 1. */
async function received(): Promise<string> {
  const { body } = await chen.post('/v1/assistance', aRequest());
  await wu.post(`/v1/assistance/${body.case}/receipts`, aReceipt());
  return body.case;
}

describe('a decision', () => {
  it.each([
    ['extensions', anExtension()],
    ['closure', aClosure()],
  ])('(%s) needs the version it was made on, and that version to be the newest', async (path, body) => {
    const id = await received();
    const send = (headers: Record<string, string>) => wu.post(`/v1/assistance/${id}/${path}`, body, { headers });
    const without = await send({});
    expect([without.status, without.body.code]).toEqual([428, 'IF_MATCH_REQUIRED']);
    const stale = await send({ 'if-match': '"0"' });
    expect([stale.status, stale.body.code]).toEqual([412, 'IF_MATCH_STALE']);
    expect(stale.body.detail).toBe('已更新到版本 1，请查看后再作决定');
    for (const malformed of ['1', 'W/"1"', '"one"', '*', '"1", "2"']) {
      const { status, body } = await send({ 'if-match': malformed });
      expect([malformed, status, body.code]).toEqual([malformed, 400, 'IF_MATCH_MALFORMED']);
    }
    const current = await send({ 'if-match': '"1"' });
    expect([current.status, current.headers.get('etag')]).toEqual([201, '"2"']);
  });

  it('is one person’s: of two on the same version one is told to look again', async () => {
    const id = await received();
    const headers = { 'if-match': '"1"' };
    const answers = await Promise.all([
      wu.post(`/v1/assistance/${id}/extensions`, anExtension(), { headers }),
      here.as('xu.head').post(`/v1/assistance/${id}/extensions`, anExtension(), { headers }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
  });
});

describe('a record', () => {
  it('may name the version it was made on, and is then held to it', async () => {
    const id = await received();
    const stale = await wu.post(`/v1/assistance/${id}/steps`, aStep(), { headers: { 'if-match': '"0"' } });
    const current = await wu.post(`/v1/assistance/${id}/steps`, aStep(), { headers: { 'if-match': '"1"' } });
    expect([stale.status, current.status]).toEqual([412, 201]);
  });

  it('that races with others on one case is recorded exactly once, or the person is told', async () => {
    const id = await received();
    const send = (n: number) => {
      const officer = [wu, here.as('xu.head'), here.as('zheng.deputy')][n % 3] ?? wu;
      return officer.post(
        `/v1/assistance/${id}/${n % 4 === 0 ? 'acceptances' : 'steps'}`,
        n % 4 === 0 ? anAcceptance() : aStep(),
      );
    };
    const answers = await Promise.all(Array.from({ length: 16 }, (_none, n) => send(n)));
    const recorded = answers.filter(({ status }) => status === 201).map(({ body }) => body.revision);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(recorded.sort((a, b) => a - b)).toEqual(recorded.map((_revision, n) => n + 2));
    const { body } = await wu.post(`/v1/assistance/${id}/steps`, aStep());
    expect(body.revision).toBe(recorded.length + 2);
  });
});

describe('a refusal', () => {
  it('cites the rule and its article where law is the reason', async () => {
    const own = await chen.post('/v1/assistance', aRequest({ requested: organ('厦门市市场监督管理局') }));
    expect(own.body).toMatchObject({
      code: 'SAME_ORGAN',
      rule: 'XM-2-1',
      article: '厦门市行政协助管理办法（厦府办〔2020〕31号）第二条第一款',
    });
    const id = await received();
    const empty = await wu.post(`/v1/assistance/${id}/feedback`, { occurredAt: { on: '2026-09-22' } });
    expect(empty.body).toMatchObject({ code: 'FEEDBACK_EMPTY', rule: 'XM-14-2' });
  });
});
