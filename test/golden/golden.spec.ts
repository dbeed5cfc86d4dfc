import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  canonicalJson,
  commonFacts,
  corrected,
  correctionFacts,
  evolved,
  fold,
  isSealed,
  isUuid,
  open,
  partsOf,
  recordedFrom,
  seedOf,
  type Correction,
  type FactType,
  type FactTypes,
  type JsonObject,
  type Recorded,
  type Uuid,
} from '#libs/kernel';
import { assistance, assistanceFacts, statusOf, type AssistanceFact } from '#libs/assistance';
import {
  emptyLawBook,
  emptyRegister,
  lawBookAfter,
  lawDigest,
  lawFacts,
  registerAfter,
  registerFacts,
  type LawFact,
  type RegisterFact,
} from '#libs/law';
import { attemptFacts, ledgerFacts } from '#libs/platform';
import {
  noFile,
  noSample,
  sampling,
  samplingFacts,
  statusOf as anomalyStatusOf,
  supervision,
  supervisionFacts,
  type SamplingFact,
  type SupervisionFact,
} from '#libs/supervision';


/**
 * One stored event for every shape that was ever written, as an event log holds it. These files are never edited and
 * never removed: an older one must be read by every later program. A new fact or version needs a file of its own here.
 */
interface Golden {
  readonly id: Uuid;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly metadata: JsonObject & { readonly version: number };
}

/** Each folder and the facts whose shapes it keeps. A system adds its row. */
const kept: readonly (readonly [folder: string, types: Readonly<Record<string, FactType>>])[] = [
  ['assistance', assistanceFacts],
  ['kernel', commonFacts],
  ['law', { ...lawFacts, ...registerFacts }],
  ['platform', { ...attemptFacts, ...ledgerFacts }],
  ['sampling', samplingFacts],
  ['supervision', supervisionFacts],
];

/** The key every sealed value here was sealed with. */
const KEY = new Uint8Array(32).fill(7);

const read = (folder: string, file: string): Golden =>
  JSON.parse(readFileSync(join(__dirname, folder, file), 'utf8')) as Golden;
const filesIn = (folder: string): string[] => readdirSync(join(__dirname, folder)).toSorted();
const goldens = kept.flatMap(([folder, types]) =>
  filesIn(folder).map((file) => [`${folder}/${file}`, read(folder, file), types] as const),
);
const factOf = <F extends AssistanceFact | Correction | LawFact | RegisterFact>(
  folder: string,
  type: F['type'],
  types: FactTypes<F>,
): Recorded<F> => recordedFrom<F>(types, read(folder, `${type}.v1.json`));

/**
 * `<Type>.v<version>.json`, and for optional fields that were added to a version later one more file each:
 * `<Type>.v<version>-<what was added>.json`.
 */
const nameOf = (file: string): string => file.replace(/(-[a-z]+)?\.json$/, '');

it.each(kept)('%s: there is a file for every version of every fact, and for nothing else', (folder, types) => {
  const expected = Object.entries(types).flatMap(([type, { version }]) =>
    Array.from({ length: version }, (_, index) => `${type}.v${index + 1}`),
  );
  expect([...new Set(filesIn(folder).map(nameOf))].toSorted()).toEqual(expected.toSorted());
  for (const name of expected) expect(filesIn(folder)).toContain(`${name}.json`);
});

it.each(kept)('%s: every field that is marked stands sealed in some file of its latest version', (folder, types) => {
  for (const [type, { version, marks = {} }] of Object.entries(types)) {
    const files = filesIn(folder).filter((file) => nameOf(file) === `${type}.v${version}`);
    const sealed = files.flatMap((file) => sealedIn(read(folder, file).data).map(([pointer]) => starred(pointer)));
    expect([type, [...new Set(sealed)].toSorted()]).toEqual([type, Object.keys(marks).toSorted()]);
  }
});

const starred = (pointer: string): string => pointer.replace(/\/\d+(?=\/)/g, '/*');

it('keeps no folder whose facts nobody reads', () => {
  const folders = readdirSync(__dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).toSorted()).toEqual(kept.map(([folder]) => folder).toSorted());
});

describe.each(goldens)('%s', (path, golden, types) => {
  it('is the event it is named after, as an event log may hold it', () => {
    const { type, metadata, stream, id } = golden;
    expect(nameOf(basename(path))).toBe(`${type}.v${metadata.version}`);
    expect(partsOf(stream)).toBeDefined();
    expect(isUuid(id)).toBe(true);
    expect(() => canonicalJson(golden)).not.toThrow();
    expect(Object.keys(metadata).toSorted()).toEqual(
      [
        '$causationId',
        '$correlationId',
        'basis',
        'commandDigest',
        'commandId',
        'envelope',
        'occurredAt',
        'recordedAt',
        'recorder',
        'salt',
        'version',
      ].toSorted(),
    );
  });

  it('is read in the latest shape', () => {
    const { id, type, revision, metadata } = golden;
    const fact: object = recordedFrom(types as FactTypes<never>, golden);
    expect(fact).toMatchObject({ id, type, revision, occurredAt: metadata.occurredAt });
    expect(() => recordedFrom({} as FactTypes<never>, golden)).toThrow(`no reading for ${type}`);
  });

  it('holds every marked value sealed, and each opens with its key where it stands', () => {
    const sealed = sealedIn(golden.data);
    const { version, marks = {} } = types[golden.type] ?? { version: 0 };
    // An older shape had the marks of its day, which nobody keeps; what it sealed must open all the same.
    if (golden.metadata.version === version)
      for (const [pointer] of sealed) expect(Object.keys(marks)).toContain(starred(pointer));
    for (const [pointer, value] of sealed) {
      expect(value.sealed).toBe(`${golden.id}/data${pointer}`);
      expect(typeof open(value, KEY)).toBe('string');
    }
  });
});

describe('what the files tell when they are folded', () => {
  const stream = (folder: string, first: string) => {
    const { stream } = read(folder, first);
    return filesIn(folder)
      .map((file) => read(folder, file))
      .filter((golden) => golden.stream === stream)
      .toSorted((a, b) => a.revision - b.revision)
      .map((golden) => recordedFrom<AssistanceFact>(assistanceFacts, golden));
  };
  const history = stream('assistance', 'AssistanceRequested.v1.json');
  const corrections = Object.keys(correctionFacts).map((type) =>
    factOf<Correction>('kernel', type as Correction['type'], correctionFacts),
  );

  it('is one case of assistance from its request to its close', () => {
    expect(history.map(({ revision }) => revision)).toEqual(history.map((_, index) => index));
    const states = history.map((_, index) => statusOf(fold(assistance.decider, history.slice(0, index + 1))));
    expect(states).toEqual([
      'requested',
      'delivered',
      'accepted',
      'inProgress',
      'inProgress',
      'inProgress',
      'provided',
      'fedBack',
      'closed',
    ]);
  });

  it('is another case, urgent and refused, that began with an obstacle', () => {
    const urgent = stream('assistance', 'AssistanceObstacleNoted.v1.json');
    expect(urgent.map(({ revision }) => revision)).toEqual(urgent.map((_, index) => index));
    const states = urgent.map((_, index) => statusOf(fold(assistance.decider, urgent.slice(0, index + 1))));
    expect([...new Set(states)]).toEqual([
      'obstacleNoted',
      'notRequested',
      'requested',
      'delivered',
      'accepted',
      'inProgress',
      'cannotAssist',
      'provided',
      'fedBack',
      'closed',
    ]);
    expect(new Set([...history, ...urgent].map(({ type }) => type))).toEqual(new Set(Object.keys(assistanceFacts)));
  });

  it('is a correction of its delivery, which moves the day it occurred', () => {
    const [before] = corrected<AssistanceFact>(history).slice(1);
    const [after] = corrected<AssistanceFact>([...history, ...corrections]).slice(1);
    expect([before?.occurredAt, after?.occurredAt]).toEqual([
      { at: '2026-09-18T01:30:00.000000Z' },
      { on: '2026-09-21' },
    ]);
    const [request, decision] = corrections;
    expect(request?.data).toMatchObject({ corrects: before?.id });
    expect(decision?.data).toMatchObject({ request: request?.id });
  });

  it('is law with the digest of its content', () => {
    const published = (['RulePackPublished', 'CalendarPublished'] as const).map((type) =>
      factOf<LawFact>('law', type, lawFacts),
    );
    const book = lawBookAfter(emptyLawBook, published);
    expect(book.editions).toHaveLength(1);
    expect(book.calendar.years.map(({ year }) => year)).toEqual([2026]);
    for (const { data } of published) {
      const { digest, ...content } = data as { readonly digest: string };
      expect(Object.values(content).map(lawDigest)).toEqual([digest]);
    }
  });

  it('is law that one person proposed and another approved', () => {
    const told = ['Published', 'NoticeRequested', 'NoticeApproved', 'NoticeRefused'].map((type) =>
      factOf<LawFact>('law', `Calendar${type}` as LawFact['type'], lawFacts),
    );
    const editions = ['Published', 'EditionRequested', 'EditionApproved', 'EditionRefused'].map((type) =>
      factOf<LawFact>('law', `RulePack${type}` as LawFact['type'], lawFacts),
    );
    const book = lawBookAfter(emptyLawBook, [...told, ...editions]);
    expect(book.calendar.years).toMatchObject([{ year: 2026 }, { year: 2027, notice: { documentNumber: '示例〔2026〕1号' } }]);
    expect(book.editions.map(({ pack }) => pack.edition)).toEqual([1, 2]);
    const requests = [...(book.shelves?.calendar.requests.values() ?? []), ...(book.shelves?.editions.requests.values() ?? [])];
    expect(requests.map(({ decision }) => decision?.outcome)).toEqual(['approved', 'approved']);
  });

  it('is a register in which somebody was appointed, let another act and left, and changes were asked for and decided', () => {
    const facts = Object.keys(registerFacts).map((type) =>
      factOf<RegisterFact>('law', type as RegisterFact['type'], registerFacts),
    );
    const told = facts.toSorted((one, other) => one.revision - other.revision);
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index));
    const register = registerAfter(emptyRegister, told);
    expect([...register.organs.values()]).toMatchObject([
      { name: '示例市生态环境局（更名）', abolishedOn: '2026-12-31' },
      { name: '示例市数据局', level: 'municipal' },
    ]);
    expect([...register.persons.values()].map(({ name }) => name)).toEqual(['示例局长（更名）', '示例科员']);
    expect(register.accounts.size).toBe(0);
    expect([...register.appointments.values()]).toMatchObject([{ from: '2026-01-01', to: '2026-12-01' }]);
    expect([...register.delegations.values()]).toMatchObject([{ from: '2026-03-01', to: '2026-09-01' }]);
    expect([...register.requests.values()].map(({ decision }) => decision?.outcome)).toEqual(['approved', 'refused']);
  });

  it('is the supervision of a case from its warning to the withdrawal of its card', () => {
    const told = Object.keys(supervisionFacts)
      .map((type) => read('supervision', `${type}.v1.json`))
      .toSorted((one, other) => one.revision - other.revision)
      .map((golden) => recordedFrom<SupervisionFact>(supervisionFacts, golden));
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index));
    const statuses = told.map((_, index) => {
      const file = fold({ ...supervision.decider, initial: noFile }, told.slice(0, index + 1));
      return file.anomalies.map((anomaly) => anomalyStatusOf(file, anomaly)).join(' ');
    });
    expect(statuses).toEqual([
      '',
      '',
      'detected',
      'detected detected',
      'reminded detected',
      'ordered detected',
      'ordered detected',
      'ordered detected',
      'ordered detected',
      'handled detected',
      'assessed detected',
      'assessed dismissed',
      'assessed withdrawn',
      'withdrawn withdrawn',
    ]);
  });

  it('is a sample that was drawn from its frame by the steps it names, and of which one case was checked', () => {
    const told = Object.keys(samplingFacts)
      .map((type) => read('sampling', `${type}.v1.json`))
      .map((golden) => recordedFrom<SamplingFact>(samplingFacts, golden));
    expect(told.map(({ revision }) => revision)).toEqual([0, 1, 2]);
    const { fixed, drawn, checks } = fold({ ...sampling.decider, initial: noSample }, told);
    expect(drawn).toMatchObject({ fixed: fixed?.event, seed: seedOf(drawn?.salt ?? '', fixed?.frame.digest ?? '') });
    expect(checks).toMatchObject([{ case: drawn?.cases[0], outcome: 'notInOrder', rules: ['XM-6-1'] }]);
  });

  it('is nothing to a fold that does not know the fact', () => {
    expect(() => evolved<object, never>({}, {}, history[0] as never)).toThrow('no reading for AssistanceRequested');
  });
});

/** Every sealed value below `value` with its pointer. */
function sealedIn(value: unknown, pointer = ''): (readonly [string, Parameters<typeof open>[0]])[] {
  if (isSealed(value)) return [[pointer, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => sealedIn(member, `${pointer}/${key}`));
}
