import { uuid } from './ids.js';
import { isLedgerName, partsOf, streamName } from './stream-name.js';

const ID = uuid('624fc031-1b84-4af6-80d5-988f6d612e4a');

it.each(['kesu', 'k1', 'abcdefghijklmnop', 'attempts1'])('%s is a ledger', (name) =>
  expect(isLedgerName(name)).toBe(true),
);

it.each([
  'k',
  'Kesu',
  '1kesu',
  'ke_su',
  'ke-su',
  'abcdefghijklmnopq',
  'attempts',
  'kesuattempts',
  'kesuprobe',
  '可溯',
  '',
  'kesu\n',
])('%j is none', (name) => expect(isLedgerName(name)).toBe(false));

it.each([
  ['kesu', 'assistance', `kesu_assistance-${ID}`],
  ['kesu', 'jointEnforcement', `kesu_jointEnforcement-${ID}`],
  ['kesuattempts', 'command', `kesuattempts_command-${ID}`],
])('%s and %s make %s, and come back', (ledger, category, name) => {
  expect(streamName(ledger, category, ID)).toBe(name);
  expect(partsOf(name)).toEqual({ ledger, category, id: ID });
});

it.each([
  ['kesu_x', 'assistance', ID],
  ['kesu', 'joint-enforcement', ID],
  ['kesu', 'Assistance', ID],
  ['kesu', '', ID],
  ['kesu', 'assistance', 'x'],
  ['kesu', 'assistance', ID.toUpperCase()],
])('%s, %s and %s make none', (ledger, category, id) => {
  expect(() => streamName(ledger, category, id as typeof ID)).toThrow(RangeError);
});

it.each([`$$kesu_assistance-${ID}`, `kesu-${ID}`, `kesu_assistance_${ID}`, `kesu_assistance-${ID}x`, '$settings', ''])(
  '%j has no parts',
  (name) => expect(partsOf(name)).toBeUndefined(),
);
