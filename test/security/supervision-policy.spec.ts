import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  aReceipt,
  aRequest,
  serviceHere,
  tempFolder,
  type Officer,
  type Reply,
  type ServiceHere,
  type TempFolder,
} from '../service/index.js';
import { bytesOf, everybody, expectedOf, isIn, mayRead, outcomesOf, type Cells } from './everybody.js';
import { ORGANS, writeRegister } from './register-of-roles.js';

/*
 * Who may record what in a file of 电子监察, and who may read it: every role in every kind of organ, over HTTP. The cells are
 * written by hand from the design, not derived from the policy table of the program. Both organs are the city's, so that its
 * establishment office is their own level.
 */
const HEADS = 'head deputyHead';
const SUPERVISORS = { office: 'supervisor' };
/** The card is of the organ asked: the other side has no word of its own about it. */
const OWN_WORD = { asked: `${HEADS} handler` };
const OTHERS_WORD = { asking: `${HEADS} handler` };
const RECORDERS: Readonly<Record<string, Cells>> = {
  reminders: SUPERVISORS,
  orders: SUPERVISORS,
  trackings: SUPERVISORS,
  handlings: { ...OWN_WORD, ...SUPERVISORS },
  'anomaly-assessments': SUPERVISORS,
  dismissals: SUPERVISORS,
  appeals: OWN_WORD,
  'appeal-decisions': SUPERVISORS,
};
const ASKING_SIDE = ['asking.head', 'asking.deputyHead', 'asking.handler', 'asking.clerk'];
const ASKED_SIDE = ['asked.head', 'asked.deputyHead', 'asked.handler', 'asked.clerk'];
const SUPERVISION = ['asking.auditor', 'asked.auditor', 'third.auditor', 'office.supervisor', 'office.auditor'];

const day = { occurredAt: { on: '2026-10-10' } };
const MEASURES = '内部整改措施甲';
const REASON = '申诉理由乙';

/** What is sent to each path, about the yellow card of the file; `appeal` is one that is open. */
const BODIES: Readonly<Record<string, (appeal: string) => object>> = {
  reminders: () => ({ to: ORGANS.asked.id, message: '请尽快办理' }),
  orders: () => ({ to: ORGANS.asked.id, requirement: '尽快办结' }),
  trackings: () => ({ note: '电话询问进展' }),
  handlings: () => ({ measures: MEASURES }),
  'anomaly-assessments': () => ({ assessed: ORGANS.asked.id, entry: '记入年度考核' }),
  dismissals: () => ({ reason: '系误报' }),
  appeals: () => ({ reason: REASON }),
  'appeal-decisions': (appeal) => ({ appeal, outcome: 'rejected', reason: '日期无误' }),
};
/** What an act presupposes. An order stands before it is tracked, an appeal before it is decided. */
const BEFORE: Readonly<Record<string, readonly [account: string, path: string]>> = {
  trackings: ['office.supervisor', 'orders'],
  'appeal-decisions': ['asked.handler', 'appeals'],
};
/** Done once, some acts cannot be done again: who is told so was let in. */
const ONCE = ['ANOMALY_CLOSED', 'APPEAL_PENDING', 'APPEAL_UNKNOWN'];

interface Watched {
  readonly case: string;
  readonly file: string;
  readonly anomaly: string;
  revision: number;
}

let here: ServiceHere;
let files: TempFolder;
/** A supervised case for each act, and one to look at. */
const watched = new Map<string, Watched>();
const LOOKED_AT = 'looked at';
const fileOf = (name: string): Watched => {
  const found = watched.get(name);
  if (!found) throw new Error(`no file for ${name}`);
  return found;
};

const moveTo = (at: string) =>
  here.as('office.clockKeeper').post('/v1/simulation/clock', { to: { at: `${at}+08:00` } });
const supervising = (account: string): Officer => here.as(account).with({ 'kesu-purpose': 'supervision' });

async function act(account: string, of: Watched, path: string, appeal = ''): Promise<Reply> {
  const body = { ...day, anomaly: of.anomaly, ...BODIES[path]?.(appeal) };
  const headers = { 'if-match': `"${of.revision}"` };
  const reply = await supervising(account).post(`/v1/supervision/${of.file}/${path}`, body, { headers });
  if (reply.status === 201) of.revision = reply.body.revision;
  return reply;
}

interface Told {
  readonly supervision?: {
    readonly case: string;
    readonly warnings: readonly object[];
    readonly anomalies: readonly { anomaly: string; clock?: string; colour?: string }[];
  };
}

/** A warning is given before its day is past, or never. */
async function warnedOnce(id: string): Promise<void> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(50)) {
    const { supervision } = (await here.as('asked.handler').get(`/v1/assistance/${id}`)).body as unknown as Told;
    if (supervision?.warnings.length) return;
  }
  throw new Error(`no warning was issued of ${id}`);
}

/** What the service records by itself takes a moment. */
async function watchedOnce(id: string): Promise<Watched> {
  for (const end = performance.now() + 60_000; performance.now() < end; await sleep(50)) {
    const { supervision } = (await here.as('asked.handler').get(`/v1/assistance/${id}`)).body as unknown as Told;
    const card = supervision?.anomalies.find(({ colour }) => colour === 'yellow');
    if (!supervision || !card) continue;
    const { revision } = (await supervising('office.supervisor').get(`/v1/supervision/${supervision.case}`)).body;
    return { case: id, file: supervision.case, anomaly: card.anomaly, revision };
  }
  throw new Error(`no card was issued of ${id}`);
}

beforeAll(async () => {
  files = await tempFolder();
  writeRegister(files.at('organs.json'));
  here = await serviceHere({
    KESU_ORGANS: files.at('organs.json'),
    KESU_MODE: 'simulation',
    KESU_SIMULATION_START: '2026-09-17T01:00:00Z',
    KESU_REFUSALS_PER_MINUTE: '10000',
  });
  const opened: [string, string][] = [];
  for (const name of [...Object.keys(RECORDERS), 'corrections', 'erasures', LOOKED_AT]) {
    const { body } = await here.as('asking.handler').post('/v1/assistance', aRequest({ requested: ORGANS.asked.id }));
    opened.push([name, body.case]);
  }
  await moveTo('2026-09-18T09:00:00');
  for (const [, id] of opened) await here.as('asked.handler').post(`/v1/assistance/${id}/receipts`, aReceipt());
  await moveTo('2026-10-09T09:00:00');
  for (const [, id] of opened) await warnedOnce(id);
  await moveTo('2026-10-10T09:00:00');
  for (const [name, id] of opened) watched.set(name, await watchedOnce(id));
}, 180_000);

afterAll(async () => {
  await here.end();
  await files.remove();
}, 60_000);

it.each(Object.keys(RECORDERS))(
  '%s are recorded by those entitled, refused to other readers, unknown to the rest',
  async (path) => {
    const of = fileOf(path);
    const [first, presupposed] = BEFORE[path] ?? [];
    const before = first === undefined ? undefined : await act(first, of, presupposed ?? '');
    if (before) expect(before.status).toBe(201);
    const found: Record<string, unknown> = {};
    let recorded = 0;
    for (const account of everybody) {
      const { status, body } = await act(account, of, path, before?.body.events[0]?.id);
      if (status === 201) recorded += 1;
      found[account] = status === 201 || (recorded > 0 && ONCE.includes(body.code)) ? 'recorded' : body.code;
    }
    expect(found).toEqual(
      expectedOf((account) => {
        if (isIn(RECORDERS[path], account)) return 'recorded';
        if (['handlings', 'appeals'].includes(path) && isIn(OTHERS_WORD, account)) return 'ORGAN_NOT_CONCERNED';
        return mayRead(account) ? 'NOT_ENTITLED' : 'CASE_NOT_FOUND';
      }),
    );
  },
);

it('shows a file to both sides and to supervision, and what one side says in its own defence not to the other', async () => {
  const of = fileOf(LOOKED_AT);
  for (const [account, path] of [
    ['office.supervisor', 'reminders'],
    ['asked.handler', 'handlings'],
    ['asked.head', 'appeals'],
  ] as const)
    expect((await act(account, of, path)).status).toBe(201);
  const types: Record<string, unknown> = {};
  const words: Record<string, unknown> = {};
  for (const account of everybody) {
    const officer = supervising(account);
    const timeline = await officer.get(`/v1/supervision/${of.file}/timeline`);
    types[account] =
      timeline.status === 200 ? timeline.body.entries.map(({ type }) => type).join(' ') : timeline.body.code;
    const others = await Promise.all(
      ['', '?revision=0', '?knownAt=2099-01-01'].map((query) => officer.get(`/v1/supervision/${of.file}${query}`)),
    );
    expect([account, ...others.map(({ status }) => status)]).toEqual([account, ...Array(3).fill(timeline.status)]);
    const texts = [timeline, ...others, await officer.get(`/v1/assistance/${of.case}`)].map(({ text }) => text).join();
    words[account] = [MEASURES, REASON].filter((word) => texts.includes(word));
  }
  const common = 'SupervisionWarningIssued SupervisionCardIssued SupervisionReminderSent';
  expect(types).toEqual(
    expectedOf((account) => {
      if (ASKING_SIDE.includes(account)) return common;
      return mayRead(account) ? `${common} AnomalyHandled AnomalyAppealed` : 'CASE_NOT_FOUND';
    }),
  );
  expect(words).toEqual(
    expectedOf((account) => ([...ASKED_SIDE, ...SUPERVISION].includes(account) ? [MEASURES, REASON] : [])),
  );
});

describe('what an organ said of its own', () => {
  /** Whoever works on cases of the organ that said it, its registry apart; supervisors; and nobody of the other side. */
  const ASKS = {
    recorded: { asked: `${HEADS} handler`, office: 'supervisor' },
    unseen: { asking: `${HEADS} handler` },
  };
  const DECIDES = { recorded: { asked: HEADS, office: 'supervisor' }, unseen: { asking: HEADS } };
  const answers = ({ recorded, unseen }: { recorded: Cells; unseen: Cells }, unseenCode: string) =>
    expectedOf((account) => {
      if (isIn(recorded, account)) return 'recorded';
      if (isIn(unseen, account)) return unseenCode;
      return mayRead(account) ? 'NOT_ENTITLED' : 'CASE_NOT_FOUND';
    });
  const [STANDS, OTHER] = ['2026-10-10', '2026-10-09'];
  const post = async (account: string, of: Watched, path: string, body: object): Promise<Reply> => {
    const headers = { 'if-match': `"${of.revision}"` };
    const reply = await supervising(account).post(`/v1/supervision/${of.file}${path}`, body, { headers });
    if (reply.status === 201) of.revision = reply.body.revision;
    return reply;
  };
  const outcomeOf = ({ status, body }: Reply): string => (status === 201 ? 'recorded' : body.code);
  const correction = (corrects: string, from: string, to: string) => ({
    ...{ ...day, corrects, pointer: '/occurredAt', before: { on: from }, after: { on: to }, reason: '登记有误' },
  });

  it('is corrected by its officers or supervisors, and another leading person of it or supervisor decides', async () => {
    const of = fileOf('corrections');
    const handled = (await act('asked.handler', of, 'handlings')).body.events[0]?.id ?? '';
    const asks = await outcomesOf(here, async (_officer, account) =>
      outcomeOf(await post(account, of, '/corrections', correction(handled, STANDS, OTHER))),
    );
    expect(asks).toEqual(answers(ASKS, 'FACT_UNKNOWN'));
    for (const path of ['refusal', 'approval']) {
      let [from, to] = [STANDS, OTHER];
      // Asked for by somebody who will not be the one to decide.
      const asked = async (): Promise<string> =>
        (await post('asked.handler', of, '/corrections', correction(handled, from, to))).body.events[0]?.id ?? '';
      let open = await asked();
      const decided = await outcomesOf(here, async (_officer, account) => {
        const body = path === 'refusal' ? { ...day, reason: '登记无误' } : day;
        const outcome = outcomeOf(await post(account, of, `/corrections/${open}/${path}`, body));
        if (outcome !== 'recorded') return outcome;
        if (path === 'approval') [from, to] = [to, from];
        open = await asked();
        return outcome;
      });
      expect(decided).toEqual(answers(DECIDES, 'CORRECTION_UNKNOWN'));
    }
  });

  it('is erased under the same roles of either side, since both may have written the text of the file', async () => {
    const of = fileOf('erasures');
    await act('asked.handler', of, 'handlings');
    const because = { ...day, ground: 'purposeAchieved', citation: '示例规定', reason: '示例理由' };
    const either = ({ recorded, unseen }: { recorded: Cells; unseen: Cells }) =>
      answers({ recorded: { ...recorded, ...unseen }, unseen: {} }, '');
    const asks = await outcomesOf(here, async (_officer, account) =>
      outcomeOf(await post(account, of, '/erasures', because)),
    );
    expect(asks).toEqual(either(ASKS));
    const decided = await outcomesOf(here, async (_officer, account) => {
      const open = (await post('asked.handler', of, '/erasures', because)).body.events[0]?.id ?? '';
      return outcomeOf(await post(account, of, `/erasures/${open}/refusal`, { ...day, reason: '示例理由' }));
    });
    expect(decided).toEqual(either(DECIDES));
  });
});

it('lists an anomaly to both sides, and to supervision that says what for', async () => {
  const { anomaly } = fileOf(LOOKED_AT);
  const lists = async (officer: Officer): Promise<unknown> => {
    const { status, body } = await officer.get('/v1/supervision?limit=200');
    const { anomalies } = body as unknown as { anomalies: readonly { anomaly: string }[] };
    return status === 200 ? anomalies.some((row) => row.anomaly === anomaly) : body.code;
  };
  const found: Record<string, unknown> = {};
  for (const account of everybody) found[account] = [await lists(here.as(account)), await lists(supervising(account))];
  expect(found).toEqual(
    expectedOf((account) => {
      if ([...ASKING_SIDE, ...ASKED_SIDE].includes(account)) return [true, true];
      if (SUPERVISION.includes(account)) return ['PURPOSE_REQUIRED', true];
      // Another city's auditor supervises there, and finds nothing of this one.
      return account === 'elsewhere.auditor' ? ['PURPOSE_REQUIRED', false] : [false, false];
    }),
  );
});

it('answers what is forbidden with the bytes of what does not exist, apart from the trace', async () => {
  const of = fileOf(LOOKED_AT);
  const reads = ['', '/timeline', '?revision=0', '/timeline?knownAt=2026-11-01', `/commands/${of.case}`];
  const answersTo = async (account: string, file: string) => {
    const officer = supervising(account);
    const headers = { 'if-match': '"0"' };
    return [
      ...(await Promise.all(reads.map((path) => officer.get(`/v1/supervision/${file}${path}`)))),
      ...(await Promise.all(
        Object.entries(BODIES).map(([path, body]) => {
          const about = { ...day, anomaly: of.anomaly, ...body(of.anomaly) };
          return officer.post(`/v1/supervision/${file}/${path}`, about, { headers });
        }),
      )),
    ];
  };
  const outsiders = everybody.filter((account) => !mayRead(account));
  expect(outsiders).toHaveLength(37);
  for (const account of outsiders) {
    const forbidden = await answersTo(account, of.file);
    // Of a command one may always ask: whoever may not know of its file is told that it is not known.
    const statuses = [404, 404, 404, 404, 200, ...Object.keys(BODIES).map(() => 404)];
    expect([account, ...forbidden.map(({ status }) => status)]).toEqual([account, ...statuses]);
    expect(forbidden.map(bytesOf)).toEqual((await answersTo(account, randomUUID())).map(bytesOf));
  }
});
