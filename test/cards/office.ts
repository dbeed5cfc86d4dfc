import { ApproveExtension, ProvideAssistance, RecordDelivery, RequestAssistance } from '#libs/assistance';
import { caseIdOf, derivedId, legalDate, type Command, type Uuid } from '#libs/kernel';
import { assistance } from '#libs/assistance';
import { issue, type Ledger } from '../../libs/platform/src/ledger/index.js';
import { aReceipt, aRequest, anExtension, aProvision } from '../service/bodies.js';
import { appointment, person } from '../service/register.js';
import { dayAfter } from '../simulation/naive/days.js';
import type { Chance } from '../simulation/chance.js';
import type { Story } from './naive.js';

/** Officers at work, who are never killed: what they recorded, this process knows. */
export class Office {
  readonly stories = new Map<string, Story>();
  private readonly revisions = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly chance: Chance,
  ) {}

  /** What is done on a day: some cases are asked for and delivered, some are extended, some done, at times entered late. */
  async work(today: string): Promise<void> {
    for (let n = 0; n < 2; n += 1) await this.open(today);
    for (const [id, story] of this.stories) {
      if (story.provided !== undefined || this.chance.is(0.9)) continue;
      // An act of an earlier day, entered today.
      const on = this.chance.is(0.5) ? today : dayAfter(today, -Math.floor(this.chance.draw() * 4));
      // What comes before its own cause is another matter than cards: an extension follows the delivery, help the extension.
      if (on < (story.extended ?? story.delivered)) continue;
      if (story.extended === undefined && this.chance.is(0.4)) await this.extend(id as Uuid, story, on);
      else await this.provide(id as Uuid, story, { on, known: today });
    }
  }

  async open(today: string): Promise<void> {
    const opened = { ...aRequest({ occurredAt: { on: today } }) };
    const id = await this.record('chen.handler', new RequestAssistance(), opened);
    await this.record('wu.handler', new RecordDelivery(), aReceipt({ occurredAt: { on: today } }), id);
    this.stories.set(id, { delivered: today });
  }

  private async extend(id: Uuid, story: Story, on: string): Promise<void> {
    await this.record('wu.handler', new ApproveExtension(), anExtension({ occurredAt: { on } }), id);
    this.stories.set(id, { ...story, extended: on });
  }

  private async provide(id: Uuid, story: Story, { on, known }: { on: string; known: string }): Promise<void> {
    await this.record('wu.handler', new ProvideAssistance(), aProvision({ occurredAt: { on } }), id);
    this.stories.set(id, { ...story, provided: on, known });
  }

  private async record(account: string, command: Command, body: object, caseId?: Uuid): Promise<Uuid> {
    const commandId = derivedId(['office', (this.count += 1)]);
    const held = appointment(account);
    const { on } = (body as { occurredAt: { on: string } }).occurredAt;
    const recorder = {
      person: person(account) as Uuid,
      organ: held.organ,
      appointment: held.id,
      issuer: 'urn:office',
      subjectDigest: '',
      client: 'cards',
    };
    const id = caseId ?? caseIdOf(commandId);
    const ifMatch = caseId === undefined ? undefined : this.revisions.get(caseId);
    const issued = {
      commandId,
      caseId: id,
      recorder,
      viewer: { organ: held.organ, roles: held.roles },
      said: ['office', this.count],
      ...(caseId === undefined ? { opens: true as const } : {}),
      ...(ifMatch === undefined ? {} : { ifMatch }),
    };
    const said = Object.assign(command, body, { occurredAt: { on: legalDate(on) } });
    const { revision } = await this.ledger.record(assistance, issue(said, issued));
    this.revisions.set(id, revision);
    return id;
  }
}
