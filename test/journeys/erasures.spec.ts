import { randomUUID } from 'node:crypto';
import { cp, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { caseSubject, documentSubject, type Uuid } from '#libs/kernel';
import { aReceipt, aRequest, serviceHere, type Officer, type Reply, type ServiceHere } from '../service/index.js';

/*
 * 删除 (个人信息保护法 art. 47) over HTTP: one person asks, another decides; from the decision on nobody reads what was
 * erased, and within seconds its key is destroyed, for ever. The case's own text goes by its next key.
 */
const NAME = '被删除的姓名';
const OTHER = '另一相对人';
const GONE = '（已删除）';

let here: ServiceHere;
let chen: Officer;
let lin: Officer;
let huang: Officer;
let wu: Officer;

beforeAll(async () => {
  here = await serviceHere();
  [chen, lin, huang, wu] = ['chen.handler', 'lin.clerk', 'huang.head', 'wu.handler'].map((account) =>
    here.as(account),
  ) as [Officer, Officer, Officer, Officer];
}, 120_000);

afterAll(() => here.end(), 60_000);

const day = { occurredAt: { on: '2026-09-22' } };
const because = { ...day, ground: 'purposeAchieved', citation: '个人信息保护法第四十七条', reason: '相对人申请删除' };
const idOf = ({ body }: Reply): string => body.events[0]?.id ?? '';
const outcome = ({ status, body }: Reply): unknown[] => [status, body.code];
const keys = (): string => join(here.folder.at('data'), 'keys');
const keyFile = (subject: string): string => join(keys(), subject.slice(0, 2), subject);

interface Party {
  readonly subject: string;
  readonly name: string;
}

async function opened(): Promise<{ id: string; subjects: readonly string[]; opening: string }> {
  const reply = await chen.post('/v1/assistance', aRequest({ counterparties: [{ name: NAME }, { name: OTHER }] }));
  const { counterparties } = (await chen.get(`/v1/assistance/${reply.body.case}`)).body.particulars as {
    counterparties: Party[];
  };
  return { id: reply.body.case, subjects: counterparties.map(({ subject }) => subject), opening: idOf(reply) };
}

const ask = (officer: Officer, id: string, what: object): Promise<Reply> =>
  officer.post(`/v1/assistance/${id}/erasures`, { ...because, ...what });

async function decide(officer: Officer, id: string, path: string, body: object = day): Promise<Reply> {
  const etag = (await officer.get(`/v1/assistance/${id}`)).headers.get('etag') ?? '';
  return officer.post(`/v1/assistance/${id}/${path}`, body, { headers: { 'if-match': etag } });
}

const text = async (id: string, officer = wu): Promise<string> =>
  (await officer.get(`/v1/assistance/${id}`)).text + (await officer.get(`/v1/assistance/${id}/timeline`)).text;

/** Waits until the key of `subject` is no more, at most 10 s. */
async function untilDestroyed(subject: string): Promise<void> {
  const end = performance.now() + 10_000;
  const isThere = (path: string) => stat(path).then(Boolean, () => false);
  while (!(await isThere(`${keyFile(subject)}.erased`)) || (await isThere(keyFile(subject)))) {
    if (performance.now() > end) throw new Error(`the key of ${subject} is still there`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}

describe('one person’s data', () => {
  it('are gone for every reader once another person approved, and soon their key; everybody else’s stay', async () => {
    const { id, subjects } = await opened();
    const [subject = '', other = ''] = subjects;
    expect(await text(id)).toContain(NAME);
    const request = await ask(lin, id, { subject });
    expect(request.status).toBe(201);
    expect(await text(id)).toContain(NAME);
    const approved = await decide(huang, id, `erasures/${idOf(request)}/approval`);
    expect(approved.status).toBe(201);
    for (const officer of [wu, chen]) {
      const told = await text(id, officer);
      expect([told.includes(NAME), told.includes(GONE), told.includes(OTHER)]).toEqual([false, true, true]);
    }
    const { particulars } = (await wu.get(`/v1/assistance/${id}`)).body as { particulars: { counterparties: Party[] } };
    expect(particulars.counterparties).toEqual([
      { subject, name: GONE },
      { subject: other, name: OTHER },
    ]);
    const { entries } = (await wu.get(`/v1/assistance/${id}/timeline`)).body;
    expect(entries.map(({ sentence }) => sentence).slice(1)).toEqual([
      '申请删除个人信息（处理目的已实现、无法实现或者不再必要；依据个人信息保护法第四十七条），理由是相对人申请删除。',
      '准予删除个人信息：有关内容自此不可再读，密钥随即销毁。',
    ]);
    await untilDestroyed(subject);
    expect(await text(id)).not.toContain(NAME);
    expect(await readFile(keyFile(other), 'utf8')).toMatch(/^1 /);
  });

  it('stay where it was refused; and nobody decides on their own request, or twice', async () => {
    const { id, subjects } = await opened();
    const [subject = ''] = subjects;
    const own = await ask(huang, id, { subject });
    expect(outcome(await decide(huang, id, `erasures/${idOf(own)}/approval`))).toEqual([403, 'DECIDER_ASKED']);
    const request = await ask(lin, id, { subject });
    const refusal = { ...day, reason: '法定保存期限未届满' };
    expect((await decide(huang, id, `erasures/${idOf(request)}/refusal`, refusal)).status).toBe(201);
    expect(await text(id)).toContain(NAME);
    const late = await decide(huang, id, `erasures/${idOf(request)}/approval`);
    expect([...outcome(late), late.body.detail]).toEqual([
      409,
      'ERASURE_DECIDED',
      '这项删除申请已经被驳回，不能再次决定。',
    ]);
  });

  it('are not found where nobody asked for them, whether the address could name one or not', async () => {
    const { body } = await chen.post('/v1/assistance', aRequest());
    for (const request of [randomUUID(), 'None', '__proto__', '%00'])
      for (const decision of [
        ['approval', undefined],
        ['refusal', { ...day, reason: '没有理由' }],
      ] as const) {
        const told = await decide(huang, body.case, `erasures/${request}/${decision[0]}`, decision[1]);
        expect(outcome(told)).toEqual([404, 'ERASURE_UNKNOWN']);
      }
  });

  it('are not decided on by who recorded them', async () => {
    const { body } = await huang.post('/v1/assistance', aRequest({ counterparties: [{ name: NAME }] }));
    const { particulars } = (await chen.get(`/v1/assistance/${body.case}`)).body as {
      particulars: { counterparties: Party[] };
    };
    const request = await ask(chen, body.case, { subject: particulars.counterparties[0]?.subject });
    const path = `erasures/${idOf(request)}/approval`;
    expect(outcome(await decide(huang, body.case, path))).toEqual([403, 'DECIDER_INVOLVED']);
    const yang = here.as('yang.supervisor').with({ 'kesu-purpose': 'supervision' });
    expect((await decide(yang, body.case, path)).status).toBe(201);
  });

  it.each<[string, object, unknown[]]>([
    [
      'of a subject the case does not have',
      { subject: caseSubject('00000000-0000-4000-8000-000000000001' as Uuid) },
      [409, 'SUBJECT_UNKNOWN'],
    ],
    ['of a document the case does not cite', { document: 'a'.repeat(64) }, [409, 'SUBJECT_UNKNOWN']],
    ['on a ground that is none', { ground: 'forgotten' }, [422, 'ERASURE_GROUND_UNKNOWN']],
    [
      'of two things at once',
      { subject: '00000000-0000-4000-8000-000000000001', document: 'a'.repeat(64) },
      [422, 'ERASURE_OF_TWO'],
    ],
  ])('are not asked for %s', async (_what, changes, expected) => {
    const { id } = await opened();
    expect(outcome(await ask(lin, id, changes))).toEqual(expected);
  });

  it('are the side’s who recorded them to erase: to the other it is no subject of theirs', async () => {
    const { id, subjects } = await opened();
    expect(outcome(await ask(wu, id, { subject: subjects[0] }))).toEqual([409, 'SUBJECT_UNKNOWN']);
  });

  it('cannot be erased or corrected again', async () => {
    const { id, subjects, opening } = await opened();
    const [subject = ''] = subjects;
    const [first, second] = [await ask(lin, id, { subject }), await ask(lin, id, { subject })];
    expect((await decide(huang, id, `erasures/${idOf(first)}/approval`)).status).toBe(201);
    expect(outcome(await decide(huang, id, `erasures/${idOf(second)}/approval`))).toEqual([409, 'SUBJECT_ERASED']);
    expect(outcome(await ask(lin, id, { subject }))).toEqual([409, 'SUBJECT_ERASED']);
    const correction = {
      ...day,
      corrects: opening,
      pointer: '/data/counterparties/0/name',
      after: NAME,
      reason: '误删',
    };
    expect(outcome(await lin.post(`/v1/assistance/${id}/corrections`, correction))).toEqual([409, 'SUBJECT_ERASED']);
  });

  it('stay erased when the key folder is restored from before: the reaction looks again, and destroys the key again', async () => {
    const { id, subjects } = await opened();
    const [subject = ''] = subjects;
    const backup = here.folder.at('key-backup');
    await cp(keys(), backup, { recursive: true });
    const request = await ask(lin, id, { subject });
    await decide(huang, id, `erasures/${idOf(request)}/approval`);
    await untilDestroyed(subject);
    await here.service.close();
    await rm(keys(), { recursive: true });
    await cp(backup, keys(), { recursive: true });
    expect(await readFile(keyFile(subject), 'utf8')).toMatch(/^1 /);
    await here.restart();
    await untilDestroyed(subject);
    expect(await text(id)).not.toContain(NAME);
  }, 60_000);
});

describe('the free text of a case', () => {
  const MATTER = `请协助核查${NAME}的经营地址`;
  const correct = async (id: string, corrects: string, pointer: string, after: string | undefined): Promise<void> => {
    const asked = { ...day, corrects, pointer, reason: '删去姓名', ...(after === undefined ? {} : { after }) };
    const request = await lin.post(`/v1/assistance/${id}/corrections`, asked);
    expect(request.status).toBe(201);
    expect((await decide(huang, id, `corrections/${idOf(request)}/approval`)).status).toBe(201);
  };

  it('is recorded again without the name under the next key, and then the old key is given up', async () => {
    const texts = { matter: MATTER, legalBasis: `依据一，涉及${NAME}` };
    const sent = aRequest({ ...texts, functionMatch: undefined, grounds: [] });
    const opening = await chen.post('/v1/assistance', sent, { key: 'erased-case' });
    const id = opening.body.case;
    const [old, next] = [caseSubject(id as Uuid), caseSubject(id as Uuid, 2)];
    const request = await ask(lin, id, {});
    // From the request on, what is recorded is not lost with the old key.
    await wu.post(`/v1/assistance/${id}/receipts`, aReceipt({ proof: { kind: 'other', note: '收文登记在册' } }));
    const early = await decide(huang, id, `erasures/${idOf(request)}/approval`);
    expect([...outcome(early), early.body.detail]).toEqual([
      409,
      'TEXTS_REMAIN',
      '现行有效的文字在删除后将不可再读，须先逐处申请更正，写入不含应删内容的文字；' +
        '还有2处没有重新记录：第1项 /data/legalBasis、第1项 /data/matter。',
    ]);
    await correct(id, idOf(opening), '/data/matter', '请协助核查某人的经营地址');
    await correct(id, idOf(opening), '/data/legalBasis', undefined);
    expect(await text(id)).toContain(NAME);
    expect((await decide(huang, id, `erasures/${idOf(request)}/approval`)).status).toBe(201);
    const told = await text(id);
    expect(told).not.toContain(NAME);
    for (const kept of [
      '请协助核查某人的经营地址',
      '收文登记在册',
      '相对人申请删除',
      '删去姓名',
      '申请删除本案文字中的内容',
    ])
      expect(told).toContain(kept);
    const { entries } = (await wu.get(`/v1/assistance/${id}/timeline`)).body;
    expect(entries[0]?.sentence).toContain(GONE);
    expect(entries[0]?.nowReads?.sentence).toContain('请协助核查某人的经营地址');
    await untilDestroyed(old);
    expect(await readFile(keyFile(next), 'utf8')).toMatch(/^1 /);
    // The key that the first command was digested under is gone: its id alone tells a repeat.
    const repeated = await chen.post('/v1/assistance', sent, { key: 'erased-case' });
    expect([repeated.status, repeated.text]).toEqual([201, opening.text]);
  });
});

it('reaches a document that a fact cites, by its digest, and the document is answered as gone at once', async () => {
  const { digest } = (await chen.upload(Buffer.from(`${NAME}的材料`, 'utf8'))).body;
  const { body } = await chen.post('/v1/assistance', aRequest({ documents: [{ digest, name: '材料.txt' }] }));
  const path = `/v1/assistance/${body.case}/documents/${digest}`;
  expect((await wu.get(path)).text).toContain(NAME);
  const request = await ask(lin, body.case, { document: digest });
  expect((await decide(huang, body.case, `erasures/${idOf(request)}/approval`)).status).toBe(201);
  expect((await wu.get(path)).status).toBe(410);
  const { entries } = (await wu.get(`/v1/assistance/${body.case}/timeline`)).body;
  expect(entries.at(-1)?.sentence).toBe('准予删除附件：有关内容自此不可再读，密钥随即销毁。');
  await untilDestroyed(documentSubject(digest));
});
