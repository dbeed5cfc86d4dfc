import { assistanceFacts, type AssistanceFact } from '#libs/assistance';
import {
  ERASED,
  fromMilliseconds,
  KeyErased,
  streamName,
  type EventLog,
  type JsonObject,
  type Key,
  type Keys,
  type LoggedEvent,
  type Uuid,
} from '#libs/kernel';
import { caseKey, sealedData } from '#libs/platform';
import { recorder } from '../../libs/testing/src/specification/assistance-cases.js';
import type { Happened } from '../../libs/testing/src/specification/index.js';
import { id } from './tickets.js';

/** Keys that are gone with the test. */
export class MemoryKeys implements Keys {
  readonly kept = new Map<Uuid, Key | typeof ERASED>();

  obtain(subject: Uuid): Promise<Key> {
    const key = this.kept.get(subject) ?? new Uint8Array(Buffer.from(subject.replaceAll('-', '')));
    if (key === ERASED) return Promise.reject(new KeyErased(subject));
    this.kept.set(subject, key);
    return Promise.resolve(key);
  }

  find(subject: Uuid): Promise<Key | typeof ERASED | undefined> {
    return Promise.resolve(this.kept.get(subject));
  }

  destroy(subject: Uuid): Promise<void> {
    this.kept.set(subject, ERASED);
    return Promise.resolve();
  }
}

type Fact =
  Happened<AssistanceFact> | { readonly type: string; readonly data: JsonObject; readonly occurredAt: JsonObject };

/** Records assistance facts as the ledger would: marked values sealed under keys of their own. */
export class SealedCases {
  private count = 0;
  private readonly heads = new Map<Uuid, number>();

  constructor(
    readonly log: EventLog,
    readonly ledger: string,
    readonly keys: Keys,
  ) {}

  static caseOf = (n: number): Uuid => id(['sealed case', n]);

  /** @param organ whose officer records. */
  async record(n: number, organ: Uuid, ...facts: readonly Fact[]): Promise<readonly LoggedEvent[]> {
    const caseId = SealedCases.caseOf(n);
    const head = this.heads.get(caseId) ?? -1;
    const text = await caseKey(this.keys, caseId, head < 0);
    const events = await Promise.all(
      facts.map(async ({ type, data, occurredAt }) => {
        const event = id([this.ledger, 'sealed', (this.count += 1)]);
        const metadata = {
          ...{ envelope: 1, version: 1, commandId: event, commandDigest: 'digest', basis: {}, salt: 'salt' },
          ...{ $correlationId: event, $causationId: event, occurredAt, recorder: { ...recorder, organ } },
          recordedAt: fromMilliseconds(1_797_000_000_000 + this.count),
        };
        const known: Readonly<Record<string, (typeof assistanceFacts)[keyof typeof assistanceFacts]>> = assistanceFacts;
        const place = { event, text, keys: this.keys };
        const sealed = await sealedData({ ...data } as JsonObject, { type: known[type] ?? { version: 1 } }, place);
        return { id: event, type, data: sealed, metadata: { ...metadata } };
      }),
    );
    const stream = streamName(this.ledger, 'assistance', caseId);
    this.heads.set(caseId, head + events.length);
    return this.log.append(stream, head < 0 ? 'no-stream' : head, events);
  }
}
