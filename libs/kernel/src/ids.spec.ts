import { caseIdOf, commandIdOf, derivedId, eventIdOf, isUuid, subjectIdOf, uuid } from './ids.js';

const PERSON = uuid('624fc031-1b84-4af6-80d5-988f6d612e4a');
const issued = { issuer: 'urn:kesu:development', person: PERSON, method: 'POST', path: '/v1/assistance', key: 'k-1' };

/* Ids stand in stored events: these never change. They were made by another program's UUIDv5. */
it('derives the same ids for ever', () => {
  const command = commandIdOf(issued);
  expect(command).toBe('7faa1c7c-35e8-5c36-a94e-6e0ff8b5376d');
  expect(caseIdOf(command)).toBe('8434231c-0d97-5e61-8173-033c84541483');
  expect(eventIdOf(command, 0)).toBe('f627c125-228d-56c0-99f8-29ec17ea2ffc');
  expect(eventIdOf(command, 1)).toBe('4350e8fa-99ef-5622-8673-908dfe72d335');
  expect(subjectIdOf(command, '/counterparty')).toBe('3dc9a987-df89-591a-ad38-312210d324ac');
});

it.each([
  ['issuer', { issuer: 'urn:kesu:other' }],
  ['person', { person: uuid('44a499a0-07c1-496a-860a-b5ce5c290478') }],
  ['method', { method: 'PUT' }],
  ['path', { path: '/v1/assistance/x' }],
  ['key', { key: 'k-2' }],
])('another %s is another command', (_part, change) => {
  expect(commandIdOf({ ...issued, ...change })).not.toBe(commandIdOf(issued));
});

it('does not mistake one part for another', () => {
  expect(commandIdOf({ ...issued, method: 'POST","/v1', path: 'x' })).not.toBe(
    commandIdOf({ ...issued, method: 'POST', path: '/v1","x' }),
  );
  expect(derivedId(['a', 'b'])).not.toBe(derivedId('a,b'));
  expect(derivedId({ a: 1, b: 2 })).toBe(derivedId({ b: 2, a: 1 }));
});

it.each([PERSON, '00000000-0000-4000-8000-000000000000', '01890a5d-ac96-774b-bcce-b302099a8057', derivedId('any')])(
  '%s is an id',
  (text) => {
    expect(isUuid(text)).toBe(true);
    expect(uuid(text)).toBe(text);
  },
);

it.each([
  '00000000-0000-0000-0000-000000000000',
  PERSON.toUpperCase(),
  ` ${PERSON}`,
  `${PERSON}\n`,
  `{${PERSON}}`,
  PERSON.replaceAll('-', ''),
  '624fc031-1b84-4af6-c0d5-988f6d612e4a',
  '',
  7,
  null,
])('%p is none', (text) => {
  expect(isUuid(text)).toBe(false);
  expect(() => uuid(String(text))).toThrow(RangeError);
});
