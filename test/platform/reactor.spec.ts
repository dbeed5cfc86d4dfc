import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  derivedId,
  LogUnavailable,
  reaction,
  Refusal,
  streamName,
  type AnyReaction,
  type LoggedEvent,
  type Position,
  type Uuid,
} from '#libs/kernel';
import { emptyLawBook, type LawBook } from '#libs/law';
import { MemoryEventLog } from '../../libs/testing/src/memory-event-log/index.js';
import { issuedOf } from '../../libs/platform/src/ledger/index.js';
import type { Logger } from '../../libs/platform/src/log/index.js';
import { progressIn, type Progress } from '../../libs/platform/src/reacting/progress.js';
import { Reactor } from '../../libs/platform/src/reacting/reactor.js';
import { silent } from '../service/index.js';

/** A system of parcels: sent, wrapped, and lost, of which the sender is told, once. */
type ParcelFact =
  | { readonly type: 'ParcelSent'; readonly data: { readonly weight: number } }
  | { readonly type: 'ParcelLost'; readonly data: Readonly<Record<string, never>> };

class TellSender {
  constructor(readonly weight: number | undefined) {}
}

const whenAParcelIsLostTellTheSender = reaction<ParcelFact, { readonly weight?: number }, LawBook>({
  name: 'when-a-parcel-is-lost-tell-the-sender',
  category: 'parcel',
  facts: { ParcelSent: { version: 1 }, ParcelLost: { version: 1 } },
  when: 'ParcelLost',
  remembers: { initial: {}, evolve: { ParcelSent: (_none, { data }) => ({ weight: data.weight }) } },
  then: (_fact, state) => (state?.weight === 0 ? undefined : new TellSender(state?.weight)),
});

const recorder = { person: derivedId(['service']), issuer: 'urn:test', subjectDigest: 'digest', client: 'spec' };

/** A log of parcels, written as a ledger would. */
class Parcels {
  readonly log = new MemoryEventLog('kesu');
  private readonly revisions = new Map<string, number>();

  async record(n: number, type: string, data: object = {}, category = 'parcel'): Promise<LoggedEvent> {
    const stream = streamName('kesu', category, derivedId([category, n]));
    const last = this.revisions.get(stream);
    const id = derivedId([stream, (last ?? -1) + 1]);
    const metadata = { envelope: 1, version: 1, recorder, occurredAt: { on: '2026-09-22' }, recordedAt: '' };
    const [event] = await this.log.append(stream, last ?? 'no-stream', [{ id, type, data: { ...data }, metadata }]);
    this.revisions.set(stream, (last ?? -1) + 1);
    if (!event) throw new Error('nothing was stored');
    return event;
  }
}

/** Progress that survives a reactor, as a file would. */
class Kept implements Progress {
  constructor(public position?: Position) {}
  read = () => Promise.resolve(this.position);
  write = (position: Position) => Promise.resolve(void (this.position = position));
}

interface Performed {
  readonly command: object;
  readonly commandId: Uuid;
  readonly caseId: Uuid;
}

/** Runs the reaction until it has looked at everything `until` waits for. @returns what it sent over the bus. */
async function react(
  log: MemoryEventLog,
  progress: Progress,
  {
    perform = () => Promise.resolve(),
    until,
    reacting = whenAParcelIsLostTellTheSender,
    logger = silent,
  }: {
    readonly perform?: (command: object) => Promise<unknown>;
    readonly until: (sent: readonly Performed[]) => boolean;
    readonly reacting?: AnyReaction<LawBook>;
    readonly logger?: Logger;
  },
): Promise<readonly Performed[]> {
  const sent: Performed[] = [];
  const stopping = new AbortController();
  const reactor = new Reactor(reacting, {
    log,
    law: { book: emptyLawBook },
    progress,
    recorder,
    logger,
    perform: (command) => {
      const { commandId, caseId } = issuedOf(command);
      sent.push({ command, commandId, caseId });
      return perform(command);
    },
  });
  const running = reactor.run(stopping.signal);
  const end = performance.now() + 10_000;
  while (!until(sent) && performance.now() < end) await new Promise((resume) => setTimeout(resume, 5));
  stopping.abort();
  await running;
  return sent;
}

const lost = (n: number): Uuid => derivedId(['parcel', n]);

it('issues its command for each fact that sets it off, with what it remembers of the case, and for no other', async () => {
  const parcels = new Parcels();
  await parcels.record(1, 'ParcelSent', { weight: 3 });
  await parcels.record(2, 'ParcelSent', { weight: 0 });
  // Facts it does not know pass it by, also those of its own case.
  await parcels.record(1, 'ParcelWrapped', { paper: 'brown' });
  const first = await parcels.record(1, 'ParcelLost');
  await parcels.record(2, 'ParcelLost');
  await parcels.record(9, 'ParcelLost', {}, 'letter');
  await parcels.record(3, 'ParcelLost');
  const sent = await react(parcels.log, new Kept(), { until: (so) => so.length === 2 });
  expect(sent).toEqual([
    {
      command: new TellSender(3),
      commandId: derivedId(['reaction', 'when-a-parcel-is-lost-tell-the-sender', first.id]),
      caseId: lost(1),
    },
    expect.objectContaining({ command: new TellSender(undefined), caseId: lost(3) }),
  ]);
});

it('knows a case as it stood at the fact, with its corrections, and nothing that was recorded later', async () => {
  const parcels = new Parcels();
  const sent = await parcels.record(1, 'ParcelSent', { weight: 3 });
  const data = { corrects: sent.id, version: 1, pointer: '/data/weight', before: 3, after: 5, reason: '误记' };
  const request = await parcels.record(1, 'CorrectionRequested', data);
  await parcels.record(1, 'ParcelLost');
  await parcels.record(1, 'FactCorrected', { request: request.id });
  await parcels.record(1, 'ParcelLost');
  const told = await react(parcels.log, new Kept(), { until: (so) => so.length === 2 });
  expect(told.map(({ command }) => command)).toEqual([new TellSender(3), new TellSender(5)]);
});

it('goes on from where it stood, and looks at everything again when that was lost: under the same ids', async () => {
  const parcels = new Parcels();
  await parcels.record(1, 'ParcelLost');
  const progress = new Kept();
  const once = await react(parcels.log, progress, { until: () => progress.position !== undefined });
  await parcels.record(2, 'ParcelLost');
  const then = await react(parcels.log, progress, { until: (so) => so.length === 1 });
  expect([once, then].map((sent) => sent.map(({ caseId }) => caseId))).toEqual([[lost(1)], [lost(2)]]);
  const again = await react(parcels.log, new Kept(), { until: (so) => so.length === 2 });
  expect(again).toEqual([...once, ...then]);
});

it('never moves past a command of which it is not known what became of it', async () => {
  const parcels = new Parcels();
  await parcels.record(1, 'ParcelLost');
  await parcels.record(2, 'ParcelLost');
  const progress = new Kept();
  const failing = () => Promise.reject(new LogUnavailable('nobody answers'));
  const tried = await react(parcels.log, progress, { perform: failing, until: (so) => so.length === 3 });
  expect(new Set(tried.map(({ caseId }) => caseId))).toEqual(new Set([lost(1)]));
  expect(progress.position).toBeUndefined();
  const done = await react(parcels.log, progress, { until: (so) => so.length === 2 });
  expect(done.map(({ caseId }) => caseId)).toEqual([lost(1), lost(2)]);
});

it('dies between the fact and its command, and the next one issues it', async () => {
  const parcels = new Parcels();
  await parcels.record(1, 'ParcelLost');
  const progress = new Kept();
  // The process that never comes back: neither the command's outcome nor any progress is ever known.
  const died = new Reactor(whenAParcelIsLostTellTheSender, {
    log: parcels.log,
    law: { book: emptyLawBook },
    progress: { read: () => Promise.resolve(undefined), write: () => Promise.reject(new Error('dead')) },
    recorder,
    logger: silent,
    perform: () => new Promise(() => {}),
  });
  void died.run(new AbortController().signal);
  await new Promise((resume) => setTimeout(resume, 20));
  expect(await react(parcels.log, progress, { until: (so) => so.length === 1 })).toHaveLength(1);
});

it('passes what the case does not take, and says so', async () => {
  const parcels = new Parcels();
  await parcels.record(1, 'ParcelLost');
  await parcels.record(2, 'ParcelLost');
  const said: object[] = [];
  const logger = { ...silent, error: (_message: string, detail?: object) => void said.push(detail ?? {}) };
  const perform = () => Promise.reject(new Refusal('ALREADY_TOLD', { kind: 'impossible' }));
  const sent = await react(parcels.log, new Kept(), { perform, logger, until: (so) => so.length === 2 });
  expect(sent.map(({ caseId }) => caseId)).toEqual([lost(1), lost(2)]);
  expect(said).toMatchObject([{ reaction: whenAParcelIsLostTellTheSender.name }, { error: { code: 'ALREADY_TOLD' } }]);
});

describe('progress', () => {
  let folder: string;
  const position = '000000000042' as Position;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kesu-progress-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is a small file per ledger and reaction that several may write, and nothing is left beside it', async () => {
    const own = progressIn(folder, 'kesu', 'a');
    expect(await own.read()).toBeUndefined();
    await Promise.all(Array.from({ length: 8 }, () => progressIn(folder, 'kesu', 'a').write(position)));
    expect(await own.read()).toBe(position);
    expect(await progressIn(folder, 'kesu', 'b').read()).toBeUndefined();
    expect(await progressIn(folder, 'other', 'a').read()).toBeUndefined();
    expect(await readdir(join(folder, 'progress'))).toEqual(['kesu.a']);
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, 9)],
    ['empty', () => ''],
    ['changed in one character', (text: string) => text.replace('42', '43')],
  ])('that is %s counts for none: the reaction looks at everything again', async (_what, damaged) => {
    const own = progressIn(folder, 'kesu', 'a');
    await own.write(position);
    const path = join(folder, 'progress', 'kesu.a');
    await writeFile(path, damaged(await readFile(path, 'utf8')));
    expect(await own.read()).toBeUndefined();
  });
});
