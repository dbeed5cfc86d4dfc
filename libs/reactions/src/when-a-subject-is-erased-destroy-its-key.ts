import { DestroyKey, erasureFacts, reaction, type Erasure } from '#libs/kernel';
import type { LawBook } from '#libs/law';

/**
 * 当个人信息主体已删除时，销毁其密钥 (个人信息保护法 art. 47): in whatever system's case. The fact is durable first; whatever
 * dies between it and the key's destruction, the reaction comes back to the fact. Destroying twice changes nothing.
 */
export const whenASubjectIsErasedDestroyItsKey = reaction<Erasure, undefined, LawBook>({
  name: 'when-a-subject-is-erased-destroy-its-key',
  facts: erasureFacts,
  when: 'SubjectErased',
  then: (fact) => (fact.type === 'SubjectErased' ? new DestroyKey(fact.data.subject) : undefined),
});
