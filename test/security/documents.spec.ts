import {
  aFeedback,
  anAcceptance,
  aRequest,
  aStep,
  serviceHere,
  tempFolder,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { accountsOf, idOf, ORGANS, writeRegister, type OrganName } from './register-of-roles.js';

/*
 * Who may bring a document, and who may read it: every role in every kind of organ, over HTTP. The cells are written by
 * hand from the design.
 */
const BRINGERS = 'head deputyHead handler clerk';
/** Who reads what the request cites: both sides' own who work on cases, and supervision of the place. */
const READERS: Readonly<Record<OrganName, string>> = {
  asking: 'head deputyHead handler clerk auditor',
  asked: 'head deputyHead handler clerk auditor',
  third: 'auditor',
  office: 'supervisor auditor',
  elsewhere: '',
};
/** Who reads what an internal step of the asked organ cites, before it has been fed back. */
const READERS_OF_STEPS: Readonly<Record<OrganName, string>> = { ...READERS, asking: 'auditor' };

const everybody = (Object.keys(ORGANS) as OrganName[]).flatMap(accountsOf);
const isIn = (cells: Readonly<Record<OrganName, string>>, account: string): boolean => {
  const [name, role = ''] = account.split('.');
  return cells[name as OrganName].split(' ').includes(role);
};

let here: ServiceHere;
let files: TempFolder;
const by = { person: idOf('asked.handler'), organ: ORGANS.asked.id, post: '示例职务' };
const brought = async (account: string, text: string): Promise<string> =>
  (await here.as(account).upload(Buffer.from(text, 'utf8'))).body.digest;

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json'), KESU_ROLES: 'api' });
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it('takes a document from whoever works on cases, in any organ, and from nobody else', async () => {
  const outcomes: Record<string, string> = {};
  for (const account of everybody) {
    const { status, body } = await here.as(account).upload(Buffer.from(account));
    outcomes[account] = status === 201 ? 'taken' : body.code;
  }
  expect(outcomes).toEqual(
    Object.fromEntries(
      everybody.map((account) => [
        account,
        BRINGERS.split(' ').includes(account.split('.')[1] ?? '') ? 'taken' : 'NOT_ENTITLED',
      ]),
    ),
  );
});

it('gives a document to whoever may see a fact that cites it, and to nobody else', async () => {
  const ofRequest = await brought('asking.handler', '请求所附');
  const ofStep = await brought('asked.handler', '内部步骤所附');
  const both = await brought('asked.clerk', '请求所附');
  expect(both).toBe(ofRequest);
  const documents = (digest: string) => [{ digest, name: '附件.txt' }];
  const request = aRequest({ requested: ORGANS.asked.id, documents: documents(ofRequest) });
  const id = (await here.as('asking.handler').post('/v1/assistance', request)).body.case;
  const path = `/v1/assistance/${id}`;
  const asked = here.as('asked.handler');
  await asked.post(`${path}/acceptances`, anAcceptance({ by }));
  expect((await asked.post(`${path}/steps`, aStep({ by, documents: documents(ofStep) }))).status).toBe(201);
  const told = async (digest: string): Promise<Record<string, string>> => {
    const found: Record<string, string> = {};
    for (const account of everybody) {
      const headers = { 'kesu-purpose': 'audit' };
      const { status, body, bytes } = await here.as(account).download(`${path}/documents/${digest}`, headers);
      found[account] = status === 200 ? bytes.toString('utf8') : body.code;
    }
    return found;
  };
  const expected = (cells: Readonly<Record<OrganName, string>>, text: string): Record<string, string> =>
    Object.fromEntries(
      everybody.map((account) => [
        account,
        isIn(cells, account) ? text : isIn(READERS, account) ? 'DOCUMENT_NOT_FOUND' : 'CASE_NOT_FOUND',
      ]),
    );
  expect(await told(ofRequest)).toEqual(expected(READERS, '请求所附'));
  expect(await told(ofStep)).toEqual(expected(READERS_OF_STEPS, '内部步骤所附'));
  expect((await asked.post(`${path}/feedback`, aFeedback())).status).toBe(201);
  expect(await told(ofStep)).toEqual(expected(READERS, '内部步骤所附'));
}, 60_000);
