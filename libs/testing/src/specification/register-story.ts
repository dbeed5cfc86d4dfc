import { dayOfOccurrence, derivedId, instant, legalDate, type Command, type Recorder, type Uuid } from '#libs/kernel';
import {
  emptyLawBook,
  emptyRegister,
  registerAfter,
  type AppointmentRole,
  type OrganKind,
  type OrganLevel,
  type OrganRegister,
  type RegisterFact,
} from '#libs/law';
import { organRegister } from '#libs/organs';
import { History, recordedAs, type Happened, type Outcome } from './specification.js';

/** A small city whose register two registrars keep, and a district of it with a registrar of its own. */
const id = (name: string): Uuid => derivedId(['a register names', name]);
export const NOW = instant('2026-09-18T01:00:00Z');
const begun = { on: legalDate('2020-01-01') };

export const organs = {
  government: id('市政府'),
  bureau: id('市局'),
  branch: id('区分局'),
  cityOffice: id('市编办'),
  districtOffice: id('区编办'),
  districtGovernment: id('区政府'),
} as const;

const posts = {
  he: [organs.cityOffice, 'registrar'],
  fang: [organs.cityOffice, 'registrar'],
  qiu: [organs.districtOffice, 'registrar'],
  xu: [organs.bureau, 'head'],
  wu: [organs.bureau, 'handler'],
  liu: [organs.branch, 'handler'],
} as const satisfies Readonly<Record<string, readonly [Uuid, AppointmentRole]>>;
export type Who = keyof typeof posts;
const everybody = Object.keys(posts) as Who[];

export const person = (who: Who): Uuid => id(who);
export const appointment = (who: Who): Uuid => id(`${who} 的任职`);
export const account = (who: string) => ({ issuer: 'https://issuer.example', subjectDigest: who });

const organ = (
  name: keyof typeof organs,
  [kind, region, level]: readonly [OrganKind, string, OrganLevel],
  superior?: Uuid,
): Happened<RegisterFact> => ({
  type: 'OrganRegistered',
  data: { organ: organs[name], name, kind, region, level, ...(superior && { superior }) },
  occurredAt: begun,
});

/** What the service recorded before anybody asked for a change. */
export const founding: readonly Happened<RegisterFact>[] = [
  organ('government', ['administrative', '350200', 'municipal']),
  organ('bureau', ['administrative', '350200', 'municipal'], organs.government),
  organ('districtGovernment', ['administrative', '350203', 'district'], organs.government),
  organ('branch', ['administrative', '350203', 'district'], organs.bureau),
  organ('cityOffice', ['staffingOffice', '350200', 'municipal']),
  organ('districtOffice', ['staffingOffice', '350203', 'district']),
  ...everybody.flatMap((who): readonly Happened<RegisterFact>[] => [
    { type: 'PersonRegistered', data: { person: person(who), name: who }, occurredAt: begun },
    { type: 'AccountLinked', data: { person: person(who), ...account(who) }, occurredAt: begun },
    {
      type: 'AppointmentMade',
      data: {
        ...{ appointment: appointment(who), person: person(who), organ: posts[who][0] },
        ...{ post: '示例职务', roles: [posts[who][1]] },
      },
      occurredAt: begun,
    },
  ]),
];

/** By an appointment of one's own, unless told otherwise. */
export const recorder = (who: Who, by: Partial<Recorder> = {}): Recorder => ({
  person: person(who),
  appointment: appointment(who),
  organ: posts[who][0],
  ...account(who),
  client: 'spec',
  ...by,
});

const scene = (recording: Recorder, recorded = 0) => ({
  ...{ law: emptyLawBook, now: NOW, recorder: recording },
  subjectAt: (pointer: string): Uuid => derivedId(['subject', recorded, pointer]),
});
type Facts = ReturnType<typeof recordedAs<RegisterFact>>;

/** The register's story: who asks, who decides, and how it stands then. */
export class RegisterStory {
  private constructor(readonly facts: Facts) {}

  static begin(...more: readonly Happened<RegisterFact>[]): RegisterStory {
    return new RegisterStory(recordedAs<RegisterFact>([...founding, ...more], scene(recorder('he'))));
  }

  get register(): OrganRegister {
    return registerAfter(emptyRegister, this.facts);
  }

  /** The newest request. */
  get request(): Uuid {
    const last = [...this.register.requests.keys()].at(-1);
    if (!last) throw new Error('nothing was asked for');
    return last;
  }

  /** What comes of a command; nothing of it is kept. */
  when<C extends Command>(
    who: Who | Recorder,
    type: new () => C,
    fields: Partial<C> = {},
  ): Outcome<unknown, RegisterFact, unknown> {
    return new History(organRegister, scene(asRecorder(who), this.facts.length), this.facts).when(type, {
      occurredAt: { on: dayOfOccurrence({ at: NOW }) },
      ...fields,
    }) as Outcome<unknown, RegisterFact, unknown>;
  }

  /** The story with what the command recorded. */
  then<C extends Command>(who: Who | Recorder, type: new () => C, fields: Partial<C> = {}): RegisterStory {
    const occurredAt = { on: dayOfOccurrence({ at: NOW }) };
    // A decided fact is what a recorded one is but for its envelope and its time.
    const happened = this.when(who, type, fields).recorded.map((fact) => ({ ...fact, occurredAt }));
    // The register takes no correction, so what its commands record is its own.
    const added = recordedAs<RegisterFact>(
      happened as readonly Happened<RegisterFact>[],
      scene(asRecorder(who)),
      this.facts.length,
    );
    return new RegisterStory([...this.facts, ...added]);
  }
}

const asRecorder = (who: Who | Recorder): Recorder => (typeof who === 'string' ? recorder(who) : who);
