import {
  aReceipt,
  aRequest,
  aStep,
  serviceHere,
  tempFolder,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { everybody, expectedOf, partsOf } from './everybody.js';
import { idOf, ORGANS, writeRegister, type OrganName } from './register-of-roles.js';

/*
 * Who may ask for the correction of a fact or for an erasure, who may decide on it, and who reads either: every role in every kind of organ,
 * over HTTP. The cells are written by hand from the design, not derived from the tables of the program. The fact is the
 * asked organ's: to the asking organ it is no fact of theirs, whatever their role.
 */
const OFFICERS_AND_REGISTRY = 'head deputyHead handler clerk';
/** Of each kind of organ: who is answered what. */
type Cells = Readonly<Record<OrganName, Readonly<Record<string, string>>>>;

const ASKS: Cells = {
  asking: { recorded: '', FACT_UNKNOWN: OFFICERS_AND_REGISTRY, NOT_ENTITLED: 'auditor' },
  asked: { recorded: OFFICERS_AND_REGISTRY, NOT_ENTITLED: 'auditor' },
  third: { NOT_ENTITLED: 'auditor' },
  office: { recorded: 'supervisor', NOT_ENTITLED: 'auditor' },
  elsewhere: {},
};
const DECIDES: Cells = {
  asking: { CORRECTION_UNKNOWN: 'head deputyHead', NOT_ENTITLED: 'handler clerk auditor' },
  asked: { recorded: 'head deputyHead', NOT_ENTITLED: 'handler clerk auditor' },
  third: { NOT_ENTITLED: 'auditor' },
  office: { recorded: 'supervisor', NOT_ENTITLED: 'auditor' },
  elsewhere: {},
};
/** Of an internal step, the other side's officers see nothing; supervision sees everything. */
const SEES_A_STEP: Cells = {
  asking: { yes: 'auditor', no: OFFICERS_AND_REGISTRY },
  asked: { yes: `${OFFICERS_AND_REGISTRY} auditor` },
  third: { yes: 'auditor' },
  office: { yes: 'supervisor auditor' },
  elsewhere: {},
};

const answersIn = (cells: Cells): Readonly<Record<string, unknown>> =>
  expectedOf((account) => {
    const [name, role] = partsOf(account);
    return Object.entries(cells[name]).find(([, roles]) => roles.split(' ').includes(role))?.[0] ?? 'CASE_NOT_FOUND';
  });

let here: ServiceHere;
let files: TempFolder;
let id = '';
let revision = 0;
let receipt = '';
const day = { occurredAt: { on: '2026-09-22' } };

const post = async (account: string, path: string, body: object) => {
  const headers = { 'if-match': `"${revision}"`, 'kesu-purpose': 'supervision' };
  const reply = await here.as(account).post(`/v1/assistance/${id}${path}`, body, { headers });
  if (reply.status === 201) revision = reply.body.revision;
  return reply;
};
const correction = (corrects: string, from: string, on: string) => ({
  ...day,
  corrects,
  pointer: '/occurredAt',
  before: { on: from },
  after: { on },
  reason: '登记有误',
});
/** The day of the receipt as it stands, and the one that corrections turn it into, to and fro. */
let [stands, other] = ['2026-09-18', '2026-09-21'];
/** Asked for by somebody with no hand in the receipt, and who will not be the one to decide. */
const asked = async (): Promise<string> =>
  (await post('asked.clerk', '/corrections', correction(receipt, stands, other))).body.events[0]?.id ?? '';

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json') });
  const opened = await here.as('asking.handler').post('/v1/assistance', aRequest({ requested: ORGANS.asked.id }));
  id = opened.body.case;
  receipt = (await post('asked.handler', '/receipts', aReceipt())).body.events[0]?.id ?? '';
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it('a correction is asked for by whoever works on cases of the organ that recorded, and by supervisors', async () => {
  const outcomes: Record<string, string> = {};
  for (const account of everybody) {
    const { status, body } = await post(account, '/corrections', correction(receipt, '2026-09-18', '2026-09-21'));
    outcomes[account] = status === 201 ? 'recorded' : body.code;
  }
  expect(outcomes).toEqual(answersIn(ASKS));
});

it.each(['approval', 'refusal'])(
  'its %s is for the leading persons of that organ, and for supervisors',
  async (path) => {
    const outcomes: Record<string, string> = {};
    let open = await asked();
    for (const account of everybody) {
      const body = path === 'refusal' ? { ...day, reason: '登记无误' } : day;
      const reply = await post(account, `/corrections/${open}/${path}`, body);
      outcomes[account] = reply.status === 201 ? 'recorded' : reply.body.code;
      if (reply.status !== 201) continue;
      if (path === 'approval') [stands, other] = [other, stands];
      open = await asked();
    }
    expect(outcomes).toEqual(answersIn(DECIDES));
  },
);

it('an erasure of the text is for both sides, which both wrote it, and for supervisors, under the same roles', async () => {
  const because = { ...day, ground: 'purposeAchieved', citation: '示例规定', reason: '示例理由' };
  const asks = async (account: string) => post(account, '/erasures', because);
  const outcomes: Record<string, string> = {};
  for (const account of everybody) {
    const { status, body } = await asks(account);
    outcomes[account] = status === 201 ? 'recorded' : body.code;
  }
  expect(outcomes).toEqual(
    answersIn({ ...ASKS, asking: { recorded: OFFICERS_AND_REGISTRY, NOT_ENTITLED: 'auditor' } }),
  );
  const decided: Record<string, string> = {};
  for (const account of everybody) {
    const open = (await asks('asked.clerk')).body.events[0]?.id ?? '';
    const reply = await post(account, `/erasures/${open}/refusal`, { ...day, reason: '示例理由' });
    decided[account] = reply.status === 201 ? 'recorded' : reply.body.code;
  }
  const asking = { recorded: 'head deputyHead', NOT_ENTITLED: 'handler clerk auditor' };
  expect(decided).toEqual(answersIn({ ...DECIDES, asking }));
});

it('what it says of an internal step is shown to whom the step is shown', async () => {
  const step = await post('asked.handler', '/steps', aStep({ by: { ...by('asked.handler') } }));
  const steps = correction(step.body.events[0]?.id ?? '', '2026-09-22', '2026-09-23');
  const request = await post('asked.clerk', '/corrections', steps);
  await post('asked.head', `/corrections/${request.body.events[0]?.id}/approval`, day);
  const seen: Record<string, string> = {};
  for (const account of everybody) {
    const officer = here.as(account).with({ 'kesu-purpose': 'supervision' });
    const { status, body, text } = await officer.get(`/v1/assistance/${id}/timeline`);
    const own = [step, request].map((reply) => text.includes(reply.body.events[0]?.id ?? 'none'));
    expect(new Set(own).size).toBe(1);
    seen[account] = status === 200 ? (own[0] ? 'yes' : 'no') : body.code;
  }
  expect(seen).toEqual(answersIn(SEES_A_STEP));
});

const by = (account: string) => ({
  person: idOf(account),
  organ: ORGANS[account.split('.')[0] as OrganName].id,
  post: '示例职务',
});
