import {
  assistanceCase,
  assistanceFacts,
  isPressingCase,
  RequestReview,
  type AssistanceCase,
  type AssistanceFact,
} from '#libs/assistance';
import { occurredWith, reaction } from '#libs/kernel';
import type { LawBook } from '#libs/law';

const { category, evolve, initial } = assistanceCase;

/**
 * 当情形紧迫的协助请求被告知不能提供时，提请监督人员复核 (KESU-3, a hint of the product that cites no law; recommended reading
 * 7): a refusal stays possible, and a supervisor looks at it. What is pressing the rule pack of the case says.
 */
export const whenAPressingRequestIsRefusedAskForReview = reaction<AssistanceFact, AssistanceCase, LawBook>({
  name: 'when-a-pressing-request-is-refused-ask-for-review',
  category,
  facts: assistanceFacts,
  when: 'AssistanceInabilityNotified',
  remembers: { initial, evolve: { AssistanceRequested: evolve.AssistanceRequested } },
  then: (fact, state = initial, law) =>
    fact.type === 'AssistanceInabilityNotified' && fact.data.kind === 'cannotProvide' && isPressingCase(state, law)
      ? Object.assign(new RequestReview(), { occurredAt: occurredWith(fact), about: fact.id })
      : undefined,
});
