import { IntegrityBroken, streamName, uuid, type Alarm } from '#libs/kernel';
import { Troubles, type Trouble } from '#libs/platform';
import { silent } from '../service/index.js';

const caseId = uuid('11111111-2222-4333-8444-555555555555');
const stream = streamName('kesu', 'assistance', caseId);
const alarm: Alarm = { stream, reason: 'stream-deleted', detail: 'one' };

it('knows alarms of the log and of the read models, each once, and refuses their streams alone', async () => {
  const found: Trouble = { quarantined: [], alarms: [alarm] };
  const other: Alarm = { ...alarm, reason: 'revision-gap' };
  const troubles = await Troubles.open(
    () => [alarm, other],
    () => Promise.resolve(found),
    silent,
  );
  expect(troubles.now.alarms).toEqual([alarm, other]);
  expect(() => troubles.assertSound(stream)).toThrow(IntegrityBroken);
  expect(troubles.isAlarmed(caseId)).toBe(true);
  const another = uuid('11111111-2222-4333-8444-555555555556');
  expect(() => troubles.assertSound(streamName('kesu', 'assistance', another))).not.toThrow();
  expect(troubles.isAlarmed(another)).toBe(false);
});

it('knows of a log alone where there are no read models', async () => {
  let inLog: readonly Alarm[] = [];
  const troubles = await Troubles.open(() => inLog, undefined, silent);
  expect(() => troubles.assertSound(stream)).not.toThrow();
  inLog = [alarm];
  await troubles.refresh();
  expect(() => troubles.assertSound(stream)).toThrow(IntegrityBroken);
});

it('keeps what it knew while the read models do not answer, and lets go of what was released', async () => {
  const quarantine = { stream, revision: 3, reason: 'UnknownFact' };
  let answer: () => Promise<Trouble> = () => Promise.resolve({ quarantined: [quarantine], alarms: [alarm] });
  const troubles = await Troubles.open(
    () => [],
    () => answer(),
    silent,
  );
  answer = () => Promise.reject(new Error('the database is away'));
  await troubles.refresh();
  expect(troubles.quarantineOf(caseId)).toEqual(quarantine);
  expect(() => troubles.assertSound(stream)).toThrow(IntegrityBroken);
  answer = () => Promise.resolve({ quarantined: [], alarms: [] });
  await troubles.refresh();
  expect(troubles.quarantineOf(caseId)).toBeUndefined();
  expect(() => troubles.assertSound(stream)).not.toThrow();
});
