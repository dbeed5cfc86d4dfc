import { recordedFrom, UnknownFact, upcast, type FactType } from './fact.js';
import { derivedId } from './ids.js';
import type { JsonObject } from './json.js';

const types: Readonly<Record<string, FactType>> = {
  NoteTaken: {
    version: 3,
    steps: {
      1: ({ text, ...rest }) => ({ ...rest, note: text }),
      2: (data) => ({ ...data, language: 'zh' }),
    },
  },
  NoteLost: { version: 2 },
  NoteFound: { version: 1 },
};

it.each<[string, number, JsonObject, JsonObject]>([
  ['NoteTaken', 1, { text: 'a', by: 1 }, { note: 'a', by: 1, language: 'zh' }],
  ['NoteTaken', 2, { note: 'a' }, { note: 'a', language: 'zh' }],
  ['NoteTaken', 3, { note: 'a', language: 'en' }, { note: 'a', language: 'en' }],
  ['NoteFound', 1, {}, {}],
])('%s of version %i comes to the latest shape, step by step', (type, version, stored, latest) => {
  const before = JSON.stringify(stored);
  expect(upcast(types, type, version, stored)).toEqual(latest);
  expect(JSON.stringify(stored)).toBe(before);
});

it.each([
  ['NoteTaken', 4],
  ['NoteTaken', 0],
  ['NoteTaken', -1],
  ['NoteTaken', 1.5],
  ['NoteTaken', NaN],
  ['NoteTaken', undefined as unknown as number],
  ['NoteLost', 1],
  ['NoteBurnt', 1],
  ['toString', 1],
])('%s of version %p is neither guessed at nor skipped', (type, version) => {
  expect(() => upcast(types, type, version, {})).toThrow(UnknownFact);
});

it('reads an event as its fact: envelope and data apart', () => {
  const [id, commandId] = [derivedId('event'), derivedId('command')];
  const metadata = {
    envelope: 1,
    version: 2,
    commandId,
    commandDigest: 'digest',
    $correlationId: id,
    $causationId: commandId,
    recorder: { person: id, issuer: 'i', subjectDigest: 's', client: 'c' },
    basis: { organs: 3 },
    occurredAt: { on: '2026-09-18' },
    recordedAt: '2026-09-18T01:00:00.000000Z',
    salt: 'salt',
  };
  const fact = recordedFrom(types, { id, type: 'NoteTaken', revision: 7, data: { note: 'a' }, metadata });
  expect(fact).toEqual({
    id,
    type: 'NoteTaken',
    data: { note: 'a', language: 'zh' },
    revision: 7,
    version: 2,
    commandId,
    commandDigest: 'digest',
    recorder: metadata.recorder,
    basis: { organs: 3 },
    occurredAt: { on: '2026-09-18' },
    recordedAt: '2026-09-18T01:00:00.000000Z',
  });
});
