import { randomUUID } from 'node:crypto';
import {
  aClassDecision,
  aClassDispute,
  aClosure,
  aConfirmation,
  aDeclaration,
  aFeedback,
  aFiling,
  anAcceptance,
  anAssessment,
  anEntry,
  anExtension,
  aNotice,
  anObstacle,
  aProvision,
  aReceipt,
  aRegime,
  aRequest,
  aStep,
  moreMaterials,
  serviceHere,
  tempFolder,
  type Officer,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { bytesOf, everybody, expectedOf, isIn, mayRead, partsOf, READERS, type Cells } from './everybody.js';
import { idOf, ORGANS, writeRegister } from './register-of-roles.js';

/*
 * Who may record what, and who may read it: every role in every kind of organ, over HTTP. The cells are written by hand
 * from the design, not derived from the policy table of the program.
 */
const HEADS = 'head deputyHead';
const RECORDERS: Readonly<Record<string, Cells>> = {
  receipts: { asking: `${HEADS} handler clerk`, asked: `${HEADS} handler clerk` },
  acceptances: { asked: `${HEADS} handler clerk` },
  steps: { asked: `${HEADS} handler` },
  extensions: { asked: `${HEADS} handler` },
  filings: { asked: `${HEADS} handler clerk` },
  provisions: { asked: `${HEADS} handler` },
  feedback: { asked: `${HEADS} handler` },
  closure: { asking: `${HEADS} handler`, asked: `${HEADS} handler` },
  obstacles: { asking: `${HEADS} handler clerk` },
  materials: { asking: `${HEADS} handler clerk` },
  confirmations: { asked: `${HEADS} handler clerk` },
  'class-disputes': { asked: `${HEADS} handler` },
  'class-decisions': { asking: `${HEADS} handler`, asked: `${HEADS} handler` },
  'inability-notices': { asked: `${HEADS} handler` },
  'no-materials': { asked: `${HEADS} handler clerk` },
  'register-entries': { asking: `${HEADS} handler clerk`, asked: `${HEADS} handler clerk` },
  'emergency-regimes': { asking: `${HEADS} handler`, asked: `${HEADS} handler` },
  assessments: {
    asking: `${HEADS} auditor`,
    asked: `${HEADS} auditor`,
    third: 'auditor',
    office: 'supervisor auditor',
  },
};
const denialOf = (account: string): string => (mayRead(account) ? 'NOT_ENTITLED' : 'CASE_NOT_FOUND');
let here: ServiceHere;
let files: TempFolder;
let asking: Officer;
let asked: Officer;
const acted = (account: string) => ({ person: idOf(account), organ: ORGANS[partsOf(account)[0]].id, post: '示例职务' });
const request = (changes = {}) => aRequest({ requested: ORGANS.asked.id, ...changes });
const posted = () => asking.post('/v1/assistance', request());
const opened = async (): Promise<string> => (await posted()).body.case;

/** The body for each path; `event` is one recorded in the case before. */
const BODIES: Readonly<Record<string, (event: string) => object>> = {
  receipts: () => aReceipt(),
  acceptances: () => anAcceptance({ by: acted('asked.handler') }),
  steps: () => aStep({ by: acted('asked.handler') }),
  extensions: () => anExtension({ by: acted('asked.head') }),
  filings: (extension) => aFiling(extension, { office: ORGANS.office.id }),
  provisions: () => aProvision({ by: acted('asked.handler'), signedInNameOf: ORGANS.asked.id }),
  feedback: () => aFeedback(),
  closure: () => aClosure(),
  obstacles: () => anObstacle({ by: acted('asking.handler') }),
  materials: () => moreMaterials(),
  confirmations: () => aConfirmation({ by: acted('asked.handler') }),
  'class-disputes': () => aClassDispute(),
  'class-decisions': () => aClassDecision({ deciders: [ORGANS.asking.id, ORGANS.asked.id] }),
  'inability-notices': () => aNotice({ by: acted('asked.handler') }),
  'no-materials': () => aDeclaration(),
  'register-entries': () => anEntry({ responsible: [acted('asked.handler')] }),
  'emergency-regimes': () => aRegime(),
  assessments: (event) => anAssessment(event, { by: undefined }),
};

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({ KESU_ORGANS: files.at('organs.json') });
  asking = here.as('asking.handler');
  asked = here.as('asked.handler');
}, 120_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it('lets the asking organ’s officers and registry open a case, and nobody else', async () => {
  const outcomes: Record<string, number> = {};
  for (const account of everybody) {
    const requested = partsOf(account)[0] === 'asked' ? ORGANS.third.id : ORGANS.asked.id;
    outcomes[account] = (await here.as(account).post('/v1/assistance', request({ requested }))).status;
  }
  const officers = `${HEADS} handler clerk`.split(' ');
  expect(outcomes).toEqual(expectedOf((account) => (officers.includes(partsOf(account)[1]) ? 201 : 403)));
});

it.each(Object.keys(RECORDERS))(
  '%s are recorded by those entitled, refused to other readers, unknown to the rest',
  async (path) => {
    const { case: id, events: opening } = (await posted()).body;
    const extended = await asked.post(`/v1/assistance/${id}/extensions`, BODIES.extensions?.('') ?? {}, {
      headers: { 'if-match': '"0"' },
    });
    let revision = extended.body.revision;
    // Nobody assesses what they had a hand in: what a handler asked, no head did.
    const [event] = path === 'assessments' ? opening : extended.body.events;
    const body = BODIES[path]?.(event?.id ?? '') ?? {};
    const outcomes: Record<string, string> = {};
    for (const account of everybody) {
      const headers = { 'if-match': `"${revision}"`, 'kesu-purpose': 'supervision' };
      const reply = await here.as(account).post(`/v1/assistance/${id}/${path}`, body, { headers });
      if (reply.status === 201) revision = reply.body.revision;
      // A case can be closed once: who may close it is then told so.
      outcomes[account] = reply.status === 201 || reply.body.code === 'CASE_CLOSED' ? 'recorded' : reply.body.code;
    }
    expect(outcomes).toEqual(
      expectedOf((account) => (isIn(RECORDERS[path], account) ? 'recorded' : denialOf(account))),
    );
  },
);

it('shows the case to its two sides and to supervision, and its steps to the other side only once fed back', async () => {
  const id = await opened();
  const post = (path: string) => asked.post(`/v1/assistance/${id}/${path}`, BODIES[path]?.('') ?? {});
  for (const path of ['receipts', 'acceptances', 'steps', 'provisions']) expect((await post(path)).status).toBe(201);
  const ALL =
    'AssistanceRequested AssistanceRequestDelivered AssistanceAccepted AssistanceStepRecorded AssistanceProvided';
  const withoutSteps = ALL.replace('AssistanceStepRecorded ', '');
  // An auditor of the asking organ supervises, and supervision sees the steps from the first.
  const before = (account: string): string =>
    isIn({ asking: `${HEADS} handler clerk` }, account) ? withoutSteps : ALL;
  expect(await seen(id)).toEqual(shownToReaders(before));
  expect((await post('feedback')).status).toBe(201);
  expect(await seen(id)).toEqual(shownToReaders(() => `${ALL} AssistanceFeedbackGiven`));
});

/** Types in the timeline each account is shown; the code of the refusal where it is not. */
async function seen(id: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const account of everybody) {
    const officer = here.as(account).with({ 'kesu-purpose': 'supervision' });
    const { status, body } = await officer.get(`/v1/assistance/${id}/timeline`);
    found[account] = status === 200 ? body.entries.map(({ type }) => type).join(' ') : body.code;
    for (const path of ['', '?revision=0', '/timeline?occurredBy=2099-01-01', '/difference', '?knownAt=2099-01-01'])
      expect([account, path, (await officer.get(`/v1/assistance/${id}${path}`)).status]).toEqual([
        account,
        path,
        status,
      ]);
  }
  return found;
}

const shownToReaders = (shown: (account: string) => string): Record<string, unknown> =>
  expectedOf((account) => (mayRead(account) ? shown(account) : 'CASE_NOT_FOUND'));

/** Who finds a case in the list: its sides’ own roles always, supervision when it says what for. */
const LISTED: Cells = {
  ...READERS,
  asking: `${HEADS} handler clerk`,
  asked: `${HEADS} handler clerk`,
};

it('lists and finds a case to its two sides, and to supervision that says what for', async () => {
  const visible = { headers: { prefer: 'respond-when=visible, wait=20' } };
  const sought = `寻常${randomUUID()}`;
  const { body } = await asking.post('/v1/assistance', request({ matter: sought }), visible);
  for (const account of everybody) {
    const [name, role] = partsOf(account);
    const officer = here.as(account);
    for (const query of ['limit=200', `text=${encodeURIComponent(sought)}`]) {
      const found = async (headers = {}): Promise<boolean | string> => {
        const reply = await officer.get(`/v1/assistance?${query}`, headers);
        return reply.status === 200 ? reply.body.cases.some((item) => item.case === body.case) : reply.body.code;
      };
      const supervises = ['supervisor', 'auditor'].includes(role) && mayRead(account);
      const own = isIn(LISTED, account) && !supervises;
      const only = role === 'auditor' || (name === 'office' && role === 'supervisor');
      expect([account, query, await found()]).toEqual([account, query, only ? 'PURPOSE_REQUIRED' : own]);
      const purpose = { 'kesu-purpose': 'audit' };
      expect([account, query, await found(purpose)]).toEqual([account, query, own || supervises]);
    }
  }
});

it('finds a step of the asked organ for the asking one only once it was fed back', async () => {
  const id = await opened();
  const sought = `内情${randomUUID()}`;
  const visible = { headers: { prefer: 'respond-when=visible, wait=20' } };
  const step = aStep({ by: acted('asked.handler'), step: sought });
  await asked.post(`/v1/assistance/${id}/steps`, step, visible);
  const finders = async (query: string): Promise<string[]> => {
    const found: string[] = [];
    for (const account of everybody) {
      const reply = await here.as(account).get(`/v1/assistance?${query}`, { 'kesu-purpose': 'supervision' });
      if (reply.body.cases?.some((item) => item.case === id)) found.push(account);
    }
    return found;
  };
  const [sides, supervision] = [
    (name: string) => `${HEADS} handler clerk`.split(' ').map((role) => `${name}.${role}`),
    ['asking.auditor', 'asked.auditor', 'third.auditor', 'office.supervisor', 'office.auditor'],
  ];
  const query = `text=${encodeURIComponent(sought)}`;
  expect((await finders(query)).sort()).toEqual([...sides('asked'), ...supervision].sort());
  // Who did the step is named by it alone.
  const named = `officer=${idOf('asked.handler')}&text=${encodeURIComponent('请协助')}`;
  expect((await finders(named)).filter((account) => sides('asking').includes(account))).toEqual([]);
  await asked.post(`/v1/assistance/${id}/feedback`, aFeedback(), visible);
  expect((await finders(query)).sort()).toEqual([...sides('asking'), ...sides('asked'), ...supervision].sort());
});

it('answers what is forbidden with the bytes of what does not exist, apart from the trace', async () => {
  const id = await opened();
  const outsiders = everybody.filter((account) => !mayRead(account));
  const answersTo = async (account: string, about: string) => {
    const officer = here.as(account).with({ 'kesu-purpose': 'audit' });
    const headers = { 'if-match': '"0"' };
    return [
      ...(await Promise.all(
        [
          '',
          '/timeline',
          `/commands/${id}`,
          '?revision=0',
          '/timeline?knownAt=2026-11-01',
          '/difference?fromRevision=0',
        ].map((path) => officer.get(`/v1/assistance/${about}${path}`)),
      )),
      ...(await Promise.all(
        Object.entries(BODIES).map(([path, body]) =>
          officer.post(`/v1/assistance/${about}/${path}`, body(id), { headers }),
        ),
      )),
    ];
  };
  for (const account of outsiders) {
    const forbidden = await answersTo(account, id);
    // Of a command one may always ask: whoever may not know of its case is told that it is not known.
    const statuses = [404, 404, 200, 404, 404, 404, ...Object.keys(BODIES).map(() => 404)];
    expect(forbidden.map(({ status }) => status)).toEqual(statuses);
    expect(forbidden[2]?.text).toBe('{"mode":"开发","status":"unknown"}');
    expect(forbidden.map(bytesOf)).toEqual((await answersTo(account, randomUUID())).map(bytesOf));
  }
});
