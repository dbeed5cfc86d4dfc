import type { Marked, Names, Recorded, Uuid } from '#libs/kernel';
import type { AssistanceFactType, DataOf } from './case-state.js';
import type { AssistanceFact, Counterparty } from './facts.js';
import { inDays } from './words.js';

type Sentence<T extends AssistanceFactType> = (data: DataOf[T], names: Names) => string;

/**
 * One sentence per kind of fact, to be read aloud to a case officer. Day, time and recorder stand in columns of their
 * own. A marked value is its text, or the word that stands for an erased one.
 */
const sentences: { readonly [T in AssistanceFactType]: Sentence<T> } = {
  AssistanceRequested: (data, names) =>
    `${names.organ(data.requesting)}向${names.organ(data.requested)}提出协助请求${numbered(data.documentNumber)}：` +
    `${clause(data.matter)}${involved(data.counterparties ?? [])}` +
    `${data.requestedDueOn ? `，希望于${data.requestedDueOn}前办理` : ''}。`,
  AssistanceRequestDelivered: ({ proof }) =>
    proof
      ? `协助请求送达被请求机关，有送达凭证${proof.note ? `：${clause(proof.note)}` : ''}。`
      : '协助请求送达被请求机关，尚无送达凭证。',
  AssistanceAccepted: ({ by }, names) => (by ? `${person(by, names)}受理了协助请求。` : '被请求机关受理了协助请求。'),
  AssistanceStepRecorded: ({ by, step }, names) => `${person(by, names)}办理：${clause(step)}。`,
  AssistanceExtensionApproved: ({ by, circumstance, days, unit }, names) =>
    `${person(by, names)}批准延长协助期限${days === undefined ? '' : inDays(days, unit)}，理由是${clause(circumstance)}。`,
  AssistanceExtensionFiled: ({ filingNumber, office }, names) =>
    `延长期限的决定已报${office ? names.organ(office) : '机构编制部门'}备案，备案号${filingNumber}。`,
  AssistanceProvided: ({ by, onSpot, performedScope, signedInNameOf, documentNumber }, names) =>
    `${by ? person(by, names) : '被请求机关'}${onSpot ? '当场' : ''}` +
    `${signedInNameOf ? `以${names.organ(signedInNameOf)}的名义` : ''}提供了协助${numbered(documentNumber)}：` +
    `${clause(performedScope)}。`,
  AssistanceFeedbackGiven: ({ result, course, matter, other, documentNumber }) =>
    `被请求机关书面反馈${numbered(documentNumber)}：${clause(result ?? course ?? matter ?? other)}。`,
  AssistanceClosed: ({ note }) => (note ? `本案办结：${clause(note)}。` : '本案办结。'),
};

/** The sentence of `fact`, its marked values opened or replaced by the word for erased. */
export function sentence(fact: Recorded<AssistanceFact>, names: Names): string {
  // The table has the sentence of exactly this type of fact, which a union of functions cannot say.
  const say = sentences[fact.type] as (data: object, names: Names) => string;
  return say(fact.data, names);
}

/** 〔密封〕: a value that nobody opened for this reader. */
const word = (value: Marked | undefined): string =>
  value === undefined ? '（未写明）' : typeof value === 'string' ? value : '〔密封〕';

/** The text without the stop it ends with, so that the sentence has one. */
const clause = (value: Marked | undefined): string =>
  word(value)
    .trim()
    .replace(/[。．.；;，,！!]+$/u, '');

const involved = (counterparties: readonly Counterparty[]): string =>
  counterparties.length === 0 ? '' : `，涉及行政相对人${counterparties.map(({ name }) => word(name)).join('、')}`;

const numbered = (documentNumber: string | undefined): string => (documentNumber ? `（${documentNumber}）` : '');

const person = ({ person, organ, post }: { person: Uuid; organ: Uuid; post: string }, names: Names): string =>
  `${names.organ(organ)}${post}${names.person(person)}`;
