import { developmentToken, type Officer } from '../service/client.js';
import { ORGANS, type Post } from '../simulation/cast.js';
import type { Chance } from '../simulation/chance.js';
import { faultsOf, parsed } from './checks.js';
import { Interface, type Operation } from './document.js';
import { Known } from './known.js';
import { isList, nextPath, Pages, PAGES_MAX } from './pages.js';
import { drawn, rootOf, type Asked } from './requests.js';
import { Sender, type Came } from './send.js';
import type { Source } from './values.js';

const FAULTS_MAX = 20;
const AGAIN = 0.05;
const TRIES_MAX = 5;
/** How often a list is read on to its next pages, once it was read on at all. */
const READ_ON = 0.5;
/** How often something is drawn at most until it came about. */
const DRAWN_MAX = 200;
/** Operations that open something others are about come more often than they would by themselves. */
const OPENING = 0.08;

interface Service {
  readonly url: string;
  as(account: string): Officer;
}

/** Asks a service one thing after the other, and keeps what was wrong with its answers. */
export class Run {
  readonly faults: string[] = [];
  /** Events of every answer 201. */
  readonly acknowledged = new Set<string>();
  private readonly source: Source;
  private readonly sender: Sender;
  private readonly tokens = new Map<string, Promise<string>>();
  /** How often an operation was answered with a status: `getDocument 206`. */
  readonly answers = new Map<string, number>();
  /** Lists that were read on to another page, by the names of their operations. */
  readonly readOn = new Set<string>();
  private readonly asked = new Set<Operation>();

  constructor(
    private readonly chance: Chance,
    private readonly service: Service,
    document: ConstructorParameters<typeof Interface>[0],
  ) {
    this.source = { chance, known: new Known(chance), document: new Interface(document) };
    this.sender = new Sender(service.url);
  }

  /** Some cases to begin with, each citing a file. */
  async begin(): Promise<void> {
    const { known } = this.source;
    const asking = this.service.as('market.handler');
    const { digest } = (await asking.upload(Buffer.from('监测记录'))).body;
    known.files.set(digest, ORGANS.market.id);
    for (let n = 0; n < 4; n += 1) {
      const body = {
        occurredAt: { on: known.day() },
        requested: ORGANS.ecology.id,
        matter: '调取记录',
        form: 'written',
        documents: [{ digest, name: '监测记录.txt' }],
      };
      const { body: answer } = await asking.post('/v1/assistance', body);
      known.cases.set(answer.case, { revision: 0, organs: [ORGANS.market.id, ORGANS.ecology.id] });
      known.cited.set(answer.case, [digest]);
      this.took(answer.case, answer.events);
    }
  }

  async ask(requests: number): Promise<void> {
    const { operations } = this.source.document;
    const opening = operations.filter(({ method, path }) => method === 'post' && !path.includes('{'));
    for (let n = 0; n < requests && this.faults.length < FAULTS_MAX; n += 1) {
      const operation =
        n < operations.length
          ? operations[n]
          : this.chance.pick(this.chance.is(OPENING) && opening.length > 0 ? opening : operations);
      if (operation) await this.one(operation);
    }
  }

  /** Draws on until every list was read on to another page, and a file came whole, in part, and not at all. */
  async cover(): Promise<void> {
    for (const list of this.lists) await this.until(list, () => this.readOn.has(list.operationId));
    const file = this.source.document.operations.find(({ operationId }) => operationId === 'getDocument');
    for (const status of [200, 206, 416])
      if (file) await this.until(file, () => this.answers.has(`getDocument ${status}`));
  }

  get lists(): readonly Operation[] {
    return this.source.document.operations.filter(isList);
  }

  private async until(operation: Operation, holds: () => boolean): Promise<void> {
    for (let n = 0; n < DRAWN_MAX && !holds() && this.faults.length < FAULTS_MAX; n += 1) await this.one(operation);
  }

  end(): void {
    this.sender.close();
  }

  get operationsLeftOut(): readonly string[] {
    return this.source.document.operations.filter((one) => !this.asked.has(one)).map(({ operationId }) => operationId);
  }

  private async one(operation: Operation): Promise<void> {
    const asked = drawn(this.source, operation);
    this.asked.add(operation);
    const headers = { authorization: `Bearer ${await this.tokenOf(asked.post)}`, ...asked.headers };
    const sent = { ...asked, headers };
    const came = await this.answerTo(sent).catch((error: unknown) => this.broken(asked, error));
    if (!came) return;
    this.judge(asked, came);
    this.learn(asked, came);
    const readsOn = this.chance.is(READ_ON) || !this.readOn.has(operation.operationId);
    if (isList(operation) && asked.sound && readsOn) await this.pageThrough(asked, sent, came);
    if (came.status === 201 && asked.headers['idempotency-key'] !== undefined && this.chance.is(AGAIN))
      await this.sendAgain(asked, sent, came);
  }

  private judge(asked: Asked, came: Came): void {
    const answer = `${asked.operation.operationId} ${came.status}`;
    this.answers.set(answer, (this.answers.get(answer) ?? 0) + 1);
    this.fault(asked, came, faultsOf(this.source.document, asked, came));
  }

  /** Nothing is recorded in between: each page is as described, and holds what no other does. */
  private async pageThrough(asked: Asked, sent: Parameters<Sender['send']>[0], first: Came): Promise<void> {
    if (first.status !== 200) return;
    const pages = new Pages(asked.path);
    this.fault(asked, first, pages.faultsOf(first));
    let path = nextPath(asked.path, first);
    for (let n = 1; n < PAGES_MAX && path !== undefined; n += 1) {
      const page = { ...asked, path };
      const came = await this.answerTo({ ...sent, path });
      this.judge(page, came);
      this.fault(page, came, pages.faultsOf(came));
      this.readOn.add(asked.operation.operationId);
      path = nextPath(asked.path, came);
    }
  }

  /** Read models of a busy machine may lag behind for a while, which is told and no fault. */
  private async answerTo(sent: Parameters<Sender['send']>[0]): Promise<Came> {
    for (let tries = 1; ; tries += 1) {
      const came = await this.sender.send(sent);
      if (tries === TRIES_MAX || came.status !== 503 || !/"VIEWS_BEHIND"|"not ready"/.test(came.text)) return came;
    }
  }

  /** The same again is answered with the same; under the same key something else is refused. */
  private async sendAgain(asked: Asked, sent: Parameters<Sender['send']>[0], came: Came): Promise<void> {
    const again = await this.answerTo(sent);
    if (again.text !== came.text) this.fault(asked, again, ['the same command again has another answer']);
    const said = { ...(asked.said as object), occurredAt: { on: '2026-01-05' } };
    const other = await this.answerTo({ ...sent, body: JSON.stringify(said) });
    if (!other.text.includes('"IDEMPOTENCY_KEY_REUSED"')) this.fault(asked, other, ['a used key took something else']);
  }

  private broken(asked: Asked, error: unknown): undefined {
    this.faults.push(`${describe(asked)}: ${String(error)}`);
  }

  private fault(asked: Asked, came: Came, found: readonly string[]): void {
    if (found.length > 0)
      this.faults.push(`${describe(asked)}\n  → ${came.status} ${came.text.slice(0, 600)}\n  ${found.join('; ')}`);
  }

  private learn(asked: Asked, { status, text }: Came): void {
    const { known } = this.source;
    const answer = parsed(text) as Told | undefined;
    const { path } = asked.operation;
    for (const file of filesIn(answer)) known.supervised.add(file);
    if (typeof answer?.next === 'string') known.cursors.set(path, [...(known.cursors.get(path) ?? []), answer.next]);
    if (status === 201 && answer) this.learnRecorded(asked, answer);
  }

  private learnRecorded({ operation, about, post, said }: Asked, answer: Told): void {
    const { known } = this.source;
    if (typeof answer.digest === 'string') known.files.set(answer.digest, post.organ);
    if (!answer.events || answer.case === undefined) return;
    this.took(answer.case, answer.events);
    if (answer.commandId !== undefined) known.commands.push(answer.commandId);
    if (!operation.path.startsWith('/v1/assistance')) {
      known.revisions.set(rootOf(operation.path), answer.revision ?? 0);
      return;
    }
    const before = known.cases.get(about ?? '') ?? { revision: 0, organs: [post.organ] };
    const { requested, documents = [] } = (said ?? {}) as Said;
    this.cited(answer.case, documents);
    known.cases.set(answer.case, {
      revision: Math.max(answer.revision ?? 0, before.revision),
      organs: requested === undefined ? before.organs : [...before.organs, requested],
    });
  }

  private cited(about: string, documents: readonly { readonly digest: string }[]): void {
    const { cited } = this.source.known;
    if (documents.length === 0) return;
    cited.set(about, [...(cited.get(about) ?? []), ...documents.map(({ digest }) => digest)]);
  }

  private took(about: string, events: readonly { readonly id: string }[]): void {
    const { known } = this.source;
    const ids = events.map(({ id }) => id);
    ids.forEach((id) => this.acknowledged.add(id));
    known.events.set(about, [...(known.events.get(about) ?? []), ...ids]);
  }

  private tokenOf({ account }: Post): Promise<string> {
    const token = this.tokens.get(account) ?? developmentToken(this.service.url, account);
    this.tokens.set(account, token);
    return token;
  }
}

/** The files of supervision that an answer lists. */
function filesIn(answer: object | undefined): readonly string[] {
  const lists = Object.values(answer ?? {}).filter((member): member is unknown[] => Array.isArray(member));
  return lists.flat().flatMap((item) => {
    const { file } = (item ?? {}) as { readonly file?: unknown };
    return typeof file === 'string' ? [file] : [];
  });
}

interface Told {
  readonly case?: string;
  readonly commandId?: string;
  readonly revision?: number;
  readonly events?: readonly { readonly id: string }[];
  readonly next?: unknown;
  readonly digest?: unknown;
}

interface Said {
  readonly requested?: string;
  readonly documents?: readonly { readonly digest: string }[];
}

const describe = ({ method, path, headers, body, post, sound }: Asked): string =>
  [
    `${sound ? 'sound' : 'odd'} ${method} ${path.slice(0, 300)} as ${post.account}`,
    `  ${JSON.stringify(headers).slice(0, 400)}`,
    `  ${typeof body === 'string' ? body.slice(0, 1500) : body ? `bytes ${Buffer.from(body).toString('hex').slice(0, 200)}` : ''}`,
  ].join('\n');
