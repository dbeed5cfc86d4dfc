import {
  aClosure,
  aFeedback,
  aFiling,
  anAcceptance,
  anArchive,
  anEntry,
  anExtension,
  aProvision,
  aReceipt,
  aRequest,
  aStep,
  ASKED,
  ASKING,
  by,
  organ,
  serviceHere,
  type Officer,
  type Reply,
  type ServiceHere,
  type Told,
} from '../service/index.js';

/*
 * Two cases under 厦门市行政协助管理办法, over HTTP. Days by hand, from the notice for 2026 (国办发明电〔2025〕7号): 中秋
 * 25 to 27 September, 国庆 1 to 7 October; at work on Sunday 20 September and Saturday 10 October. Ten working days after
 * Friday 18 September end on 9 October, ten more on 22 October.
 */
const DUE = '2026-10-09';
const EXTENDED_DUE = '2026-10-22';

let here: ServiceHere;
let chen: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere();
  chen = here.as('chen.handler');
  wu = here.as('wu.handler');
}, 120_000);

afterAll(() => here.end(), 60_000);

const recorded = async (answer: Promise<Reply>): Promise<Reply> => {
  const reply = await answer;
  expect([reply.status, reply.text]).toEqual([201, expect.any(String)]);
  return reply;
};
const fileOf = async (id: string, officer = wu) => (await officer.get(`/v1/assistance/${id}`)).body;
const eventOf = (body: Told) => body.events[0] ?? { id: '', judged: undefined };
const clockOf = async (id: string) => (await fileOf(id)).assessment.clocks[0];
/** What is owed, but for the registers, which both sides make up before the close. */
const dutiesOf = async (id: string) =>
  (await fileOf(id)).assessment.duties.filter(({ code }) => code !== 'registration');
const sentences = async (id: string, officer: Officer): Promise<string[]> =>
  (await officer.get(`/v1/assistance/${id}/timeline`)).body.entries.map(
    (entry: { sentence: string }) => entry.sentence,
  );

describe('a case that is done as the text asks', () => {
  let id = '';
  let extension = '';
  const path = (part: string): string => `/v1/assistance/${id}/${part}`;

  it('is opened by the request, and waits for its receipt', async () => {
    const counterparties = [
      { name: '厦门示例环保科技有限公司', idNumber: '91350200MA00000000' },
      { name: '示例商行', address: '厦门市示例路 2 号' },
    ];
    const { body, headers } = await recorded(chen.post('/v1/assistance', aRequest({ counterparties })));
    id = body.case;
    expect(headers.get('location')).toBe(`/v1/assistance/${id}`);
    expect(headers.get('etag')).toBe('"0"');
    expect(body).toMatchObject({ revision: 0, events: [{ type: 'AssistanceRequested', revision: 0 }] });
    const file = await fileOf(id);
    expect(file).toMatchObject({
      case: id,
      status: 'requested',
      mode: '开发',
      pack: expect.stringMatching(/^XM@2020-04-10#\d+$/),
      requesting: organ(ASKING),
      requested: organ(ASKED),
      particulars: { counterparties, documentNumber: '厦市监协函〔2026〕12号' },
    });
    expect(file.assessment.clocks).toMatchObject([
      { rule: 'XM-16-4', verdict: 'cannotJudge' },
      { rule: 'XM-16-1', verdict: 'notApplicable' },
    ]);
    expect(file.assessment.flags).toEqual([]);
  });

  it('starts the clock by the receipt, across 中秋 and 国庆', async () => {
    const { body } = await recorded(wu.post(path('receipts'), aReceipt()));
    expect(eventOf(body).judged).toMatchObject([{ clock: 'provide', from: '2026-09-18', due: DUE, flags: [] }]);
    expect(await clockOf(id)).toMatchObject({
      from: { on: '2026-09-18' },
      due: DUE,
      lateFrom: '2026-10-09T16:00:00.000000Z',
    });
    expect(await dutiesOf(id)).toMatchObject([{ code: 'takingUp', rule: 'XM-16-3' }]);
  });

  it('is accepted and worked on; the steps stay with the organ that works', async () => {
    await recorded(wu.post(path('acceptances'), anAcceptance()));
    await recorded(wu.post(path('steps'), aStep()));
    expect(await dutiesOf(id)).toEqual([]);
    expect(await sentences(id, wu)).toContain('厦门市生态环境局科员吴承办（示例）办理：向监测站调取记录。');
    expect((await sentences(id, chen)).join()).not.toContain('监测站');
  });

  it('is extended once by a head of the asked organ, before the due day', async () => {
    const { headers } = await wu.get(`/v1/assistance/${id}`);
    const match = { 'if-match': headers.get('etag') ?? '' };
    const { body } = await recorded(wu.post(path('extensions'), anExtension(), { headers: match }));
    extension = eventOf(body).id;
    expect(eventOf(body).judged).toMatchObject([{ due: EXTENDED_DUE, flags: [] }]);
    expect(await clockOf(id)).toMatchObject({ due: EXTENDED_DUE, extendedBy: extension });
    expect(await dutiesOf(id)).toMatchObject([{ code: 'extensionFiling', rule: 'XM-16-7' }]);
    await recorded(wu.post(path('filings'), aFiling(extension)));
    expect(await dutiesOf(id)).toEqual([]);
  });

  it('ends on time, with written feedback, and nothing left to ask', async () => {
    await recorded(wu.post(path('provisions'), aProvision()));
    expect(await dutiesOf(id)).toMatchObject([{ code: 'writtenFeedback', rule: 'XM-14-2' }]);
    await recorded(wu.post(path('feedback'), aFeedback()));
    const { counterparties } = (await fileOf(id)).particulars as { counterparties: { subject: string }[] };
    const entry = {
      counterparties: counterparties.map(({ subject }) => ({ subject, address: '示例路', contact: '0592-0000000' })),
      feedbackSummary: '三份记录均已提供',
      feedbackOn: '2026-10-13',
    };
    await recorded(wu.post(path('register-entries'), anEntry(entry)));
    const responsible = [{ ...by('chen.handler'), contact: '0592-0000001' }];
    await recorded(chen.post(path('register-entries'), anEntry({ ...entry, entryNumber: '台账2026-9', responsible })));
    await recorded(chen.post(path('closure'), aClosure(), { headers: { 'if-match': '"9"' } }));
    expect((await fileOf(id)).status).toBe('closed');
    await recorded(wu.post(path('archives'), anArchive()));
    await recorded(chen.post(path('archives'), anArchive({ archiveNumber: '卷2026-33' })));
    const { status, assessment } = await fileOf(id);
    expect(status).toBe('archived');
    expect(assessment).toMatchObject({
      clocks: [{ verdict: 'onTime', due: EXTENDED_DUE }, { verdict: 'notApplicable' }],
      flags: [],
      duties: [],
    });
  });

  it('is told in one sentence a fact, the same to both sides once fed back', async () => {
    const told = await sentences(id, chen);
    expect(told).toEqual([
      '厦门市市场监督管理局向厦门市生态环境局提出协助请求（厦市监协函〔2026〕12号）：请协助调取某企业二〇二六年第二季度排污监测记录，涉及行政相对人厦门示例环保科技有限公司、示例商行。',
      '协助请求送达被请求机关，送达凭证为收文章。',
      '厦门市生态环境局科员吴承办（示例）受理了协助请求。',
      '厦门市生态环境局科员吴承办（示例）办理：向监测站调取记录。',
      '厦门市生态环境局局长许局长（示例）批准延长协助期限，理由是监测数据须经第三方复核。',
      '延长期限的决定（2026-09-28批准）已报中共厦门市委机构编制委员会办公室备案，备案号厦编办备〔2026〕3号。',
      '厦门市生态环境局科员吴承办（示例）以厦门市生态环境局的名义提供了协助（厦环协复〔2026〕7号）：提供二〇二六年四月至六月监测记录三份。',
      '被请求机关书面反馈（厦环协复〔2026〕8号）：三份记录均已提供。',
      '被请求机关登记《行政协助请求工作台账》（台账2026-1），记有请求提出日期、材料名称、文号、是否督办、行政相对人、负责人员、结果反馈情况。',
      '请求机关登记《行政协助请求工作台账》（台账2026-9），记有请求提出日期、材料名称、文号、是否督办、行政相对人、负责人员、结果反馈情况。',
      '本案办结：协助已完成。',
      '被请求机关将本案卷宗归档于机关档案室（卷2026-1）。',
      '请求机关将本案卷宗归档于机关档案室（卷2026-33）。',
    ]);
    expect(await sentences(id, wu)).toEqual(told);
  });

  it('records what happened after the close and shows it to a person, but is closed once', async () => {
    await recorded(wu.post(path('steps'), aStep({ occurredAt: { on: '2026-10-15' } })));
    expect((await fileOf(id)).assessment.flags).toMatchObject([
      {
        rule: 'KESU-2',
        code: 'afterClosure',
        says: '本案记为2026-10-14办结，这一行为记为2026-10-15发生；其中是否有一项需要更正，须由人判断。',
      },
    ]);
    const again = await chen.post(path('closure'), aClosure(), { headers: { 'if-match': '"13"' } });
    expect([again.status, again.body.code]).toEqual([409, 'CASE_CLOSED']);
    expect(again.body.detail).toBe('本案已于2026-10-14办结，不能再次办结。');
  });
});

describe('a case that is done badly', () => {
  it('is recorded all the same, and flagged by the rules it breaks', async () => {
    const opened = await recorded(
      chen.post('/v1/assistance', {
        ...aRequest({ grounds: [{ code: 'XM-9-6', note: '另有原因' }], form: 'agreed' }),
        legalBasis: undefined,
        documentNumber: undefined,
      }),
    );
    const path = (part: string): string => `/v1/assistance/${opened.body.case}/${part}`;
    const at = (revision: number) => ({ headers: { 'if-match': `"${revision}"` } });
    await recorded(wu.post(path('receipts'), aReceipt({ proof: undefined })));
    const byHandler = anExtension({ by: by('wu.handler'), occurredAt: { on: '2026-09-27' } });
    await recorded(wu.post(path('extensions'), byHandler, at(1)));
    await recorded(wu.post(path('extensions'), anExtension({ days: 15 }), at(2)));
    const second = await recorded(
      wu.post(path('extensions'), anExtension({ by: by('zheng.deputy'), occurredAt: { on: '2026-10-20' } }), at(3)),
    );
    expect(eventOf(second.body).judged).toMatchObject([{ due: EXTENDED_DUE, flags: ['XM-16-6'] }]);
    const provision = { occurredAt: { on: '2026-11-02' }, performedScope: '只提供了四月的记录' };
    await recorded(wu.post(path('provisions'), provision));
    await recorded(wu.post(path('closure'), aClosure({ occurredAt: { on: '2026-11-03' } }), at(5)));
    const { assessment } = await fileOf(opened.body.case);
    expect(assessment.clocks).toMatchObject([
      { verdict: 'late', due: EXTENDED_DUE, daysLate: 11, rule: 'XM-16-6' },
      { verdict: 'notApplicable' },
    ]);
    expect(assessment.flags.map(({ rule, code }) => `${rule} ${code}`).sort()).toEqual([
      'XM-14-1 handlerNotNamed',
      'XM-14-2 closedWithoutFeedback',
      'XM-15-0 closedUnregistered',
      'XM-15-0 closedUnregistered',
      'XM-16-6 extensionNotEntitled',
      'XM-16-6 extensionRepeated',
      'XM-16-6 extensionTooLong',
      'XM-16-7 closedUnfiled',
      'XM-16-7 closedUnfiled',
      'XM-22-2 signatoryUnknown',
      'XM-6-1 noLegalBasis',
      'XM-7-1 notWritten',
      'XM-9-6 openGround',
    ]);
    expect(assessment.duties.map(({ code }) => code).sort()).toEqual([
      'archiving',
      'archiving',
      'extensionFiling',
      // The second one moved nothing, and is to be filed all the same.
      'extensionFiling',
      'registration',
      'registration',
      'writtenFeedback',
    ]);
    for (const { says } of [...assessment.flags, ...assessment.duties, ...assessment.clocks])
      expect(says).toMatch(/^[^a-zA-Z]*。$/);
  });
});
