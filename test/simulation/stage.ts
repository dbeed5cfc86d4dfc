import { assistance, type AssistanceCase, type AssistanceFact } from '#libs/assistance';
import { derivedId, instant, legalDate, type CaseSystem, type Recorded } from '#libs/kernel';
import {
  emptyRegister,
  organSeedFrom,
  registerAfter,
  shippedCalendar,
  shippedPacks,
  type LawBook,
  type RegisterFact,
} from '#libs/law';
import { registerFile } from './cast.js';

/** 行政协助, as it is played. */
export type Played = CaseSystem<AssistanceCase, AssistanceFact, LawBook>;

/** What is played against the model: the product, or a product with something wrong in it. */
export interface Stage {
  readonly system: Played;
  readonly law: LawBook;
}

/** The product as it ships, with the cast in its register. */
export function productStage(): Stage {
  const { organs, persons, appointments } = organSeedFrom(registerFile());
  const facts = [
    ...organs.map(({ id, ...rest }) => registered('OrganRegistered', { organ: id, ...rest })),
    ...persons.map(({ id, name }) => registered('PersonRegistered', { person: id, name })),
    ...appointments.map(({ id, from, to: _to, ...rest }) =>
      registered('AppointmentMade', { appointment: id, ...rest }, from),
    ),
    ...appointments.flatMap(({ id, to }) =>
      to === undefined ? [] : [registered('AppointmentEnded', { appointment: id }, to)],
    ),
  ];
  return {
    system: assistance,
    law: {
      editions: shippedPacks(),
      calendar: shippedCalendar().calendar,
      organs: registerAfter(
        emptyRegister,
        facts.map((fact, revision) => ({ ...fact, revision })),
      ),
    },
  };
}

/** A fact of the register. Which of their union it is, a function that makes them all cannot say. */
const registered = (type: RegisterFact['type'], data: object, on = '2020-01-01') =>
  ({
    id: derivedId([type, JSON.stringify(data)]),
    type,
    data,
    version: 1,
    commandId: derivedId(['founding']),
    commandDigest: '',
    recorder: { person: derivedId(['founder']), issuer: 'https://issuer.test', subjectDigest: '', client: 'founding' },
    basis: {},
    occurredAt: { on: legalDate(on) },
    recordedAt: instant('2026-01-01T00:00:00Z'),
  }) as unknown as Recorded<RegisterFact>;
