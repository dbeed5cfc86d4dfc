import {
  canonicalJson,
  caseSubject,
  derivedId,
  eventIdOf,
  KeyMissing,
  keyedDigest,
  ledgerSubject,
  type Envelope,
  type JsonObject,
} from '#libs/kernel';
import { CALENDAR_ID, packId, REGISTER_ID, shippedCalendar, shippedPacks, type OrganSeed } from '#libs/law';
import { eventsIn } from './events-in.js';
import { recordNext, recordOnce, SERVICE_PERSON, type FoundingParts, type ServiceRecord } from './founding.js';
import { lawStreams } from './law-shelf.js';

/**
 * Records the packs and the calendar this program ships, each edition once, before any command is taken. A text without a
 * 施行日期 is nobody's law yet and is not recorded: a place adopts it by an edition of its own.
 */
export async function recordShippedLaw(parts: FoundingParts): Promise<void> {
  const occurredAt = { at: parts.clock.now() };
  for (const { pack, digest } of shippedPacks()) {
    if (pack.effectiveFrom === undefined) continue;
    const data = { pack, digest } as unknown as JsonObject;
    const record = { type: 'RulePackPublished', data, occurredAt };
    await recordNext(parts, lawStreams.pack(parts.ledger, pack.pack), ['rule pack', digest], record);
  }
  const { calendar, digest } = shippedCalendar();
  const data = { calendar, digest } as unknown as JsonObject;
  const record = { type: 'CalendarPublished', data, occurredAt };
  await recordNext(parts, lawStreams.calendar(parts.ledger), ['calendar', digest], record);
}

/**
 * Records `seed` as the beginning of the organ register, unless the register has begun. Where a crash interrupted it, the
 * same seed, its members in any order, goes on. Account names do not reach the log: they are digested under the ledger's
 * key.
 * @returns false when the register began otherwise: nothing was recorded.
 */
export async function recordOrganSeed(parts: FoundingParts, seed: OrganSeed, issuer: string): Promise<boolean> {
  const key = await parts.keys.obtain(ledgerSubject(parts.ledger));
  const at = { at: parts.clock.now() };
  const records: ServiceRecord[] = [
    ...seed.organs.map(({ id, ...organ }) => ({
      type: 'OrganRegistered',
      data: { organ: id, ...organ },
      occurredAt: at,
    })),
    ...seed.persons.map(({ id, name }) => ({ type: 'PersonRegistered', data: { person: id, name }, occurredAt: at })),
    ...seed.persons.flatMap(({ id, account }) =>
      account === undefined
        ? []
        : [
            {
              type: 'AccountLinked',
              data: { person: id, issuer, subjectDigest: keyedDigest([issuer, account], key) },
              occurredAt: at,
            },
          ],
    ),
    ...seed.appointments.map(({ id, from, to: _to, ...made }) => ({
      type: 'AppointmentMade',
      data: { appointment: id, ...made },
      occurredAt: { on: from },
    })),
    ...seed.appointments.flatMap(({ id, to }) =>
      to === undefined ? [] : [{ type: 'AppointmentEnded', data: { appointment: id }, occurredAt: { on: to } }],
    ),
    ...(seed.delegations ?? []).map(({ id, from, ...made }) => ({
      type: 'DelegationMade',
      data: { delegation: id, ...made },
      occurredAt: { on: from },
    })),
  ];
  const name = ['organ seed', derivedId(canonicalJson(seed))];
  const [first] = await recordOnce(parts, lawStreams.organs(parts.ledger), name, records);
  return first?.id === eventIdOf(derivedId(['service', name]), 0);
}

/**
 * Makes the keys under which the texts of the register, the calendar and the packs are sealed and their commands digested.
 * No command opens these streams, so none makes them; once a person has recorded in one, its key must be there.
 * @throws KeyMissing when it is not: a new one would be taken for it.
 */
export async function obtainLawKeys({ log, ledger, keys }: FoundingParts): Promise<void> {
  const codes = new Set(shippedPacks().map(({ pack }) => pack.pack));
  const packs = [...codes].map((code) => [lawStreams.pack(ledger, code), packId(code)] as const);
  const others = [
    [lawStreams.calendar(ledger), CALENDAR_ID],
    [lawStreams.organs(ledger), REGISTER_ID],
  ] as const;
  for (const [stream, id] of [...others, ...packs]) {
    const events = await eventsIn(log, stream);
    const inUse = events.some(({ metadata }) => (metadata as Partial<Envelope>).recorder?.person !== SERVICE_PERSON);
    const subject = caseSubject(id);
    if (!inUse) await keys.obtain(subject);
    else if ((await keys.find(subject)) === undefined) throw new KeyMissing(subject);
  }
}
