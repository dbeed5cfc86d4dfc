import { derivedId, DestroyKey, instant, legalDate, type Recorded, type SubjectErased } from '#libs/kernel';
import { whenASubjectIsErasedDestroyItsKey } from './index.js';

const subject = derivedId(['a person']);
const fact = (type: string): Recorded =>
  ({
    id: derivedId([type]),
    type,
    data: { subject, request: derivedId(['request']) } satisfies SubjectErased['data'],
    occurredAt: { on: legalDate('2026-09-22') },
    recordedAt: instant('2026-09-22T00:00:00Z'),
  }) as unknown as Recorded;

it('is set off by the erasure alone, in the cases of every system, and needs to know nothing else of them', () => {
  const { when, category, remembers } = whenASubjectIsErasedDestroyItsKey;
  expect([when, category, remembers]).toEqual(['SubjectErased', undefined, undefined]);
});

it('asks for the key of the subject that was erased to be destroyed', () => {
  const { then } = whenASubjectIsErasedDestroyItsKey;
  expect(then(fact('SubjectErased'), undefined, {} as never)).toEqual(new DestroyKey(subject));
  expect(then(fact('ErasureRequested'), undefined, {} as never)).toBeUndefined();
});
