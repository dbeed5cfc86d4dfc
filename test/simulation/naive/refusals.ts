import { organOf, POSTS, type Post } from '../cast.js';
import { all, first, has, type Act, type Coded, type Kind, type Person, type Said } from './acts.js';
import { isCode, isOpen, RULES } from './codes.js';
import { regimesAt } from './standing.js';

/** What somebody wants to have recorded. */
export interface Wanted {
  readonly kind: Kind;
  readonly day: string;
  readonly moment?: string;
  readonly said: Said;
  readonly post: Pick<Post, 'person' | 'organ' | 'roles'>;
}

/** What makes no sense before there is a request. */
const NEEDS_REQUEST: ReadonlySet<Kind> = new Set<Kind>([
  'formalities',
  'materials',
  'delivery',
  'confirmation',
  'acceptance',
  'classDispute',
  'classDecision',
  'step',
  'extension',
  'filing',
  'provision',
  'feedback',
  'inability',
  'return',
  'noMaterials',
  'entry',
]);

/** Where the measure is in force: in the city, from its publication on. */
const inForce = (organ: string, day: string): boolean =>
  organOf(organ)?.region.startsWith('3502') === true && day >= '2020-04-10';

/**
 * Every code for which what is wanted would be refused; none when it is recorded. Only what is malformed, lacks the form's
 * own evidence or makes no sense in the case is refused: what breaks a rule is recorded.
 */
export function reasonsAgainst(acts: readonly Act[], wanted: Wanted): readonly string[] {
  const { kind, said } = wanted;
  const reasons: string[] = [];
  if (NEEDS_REQUEST.has(kind) && !has(acts, 'request')) reasons.push('NOT_REQUESTED');
  for (const person of personsIn(said)) {
    if (!POSTS.some((post) => post.person === person.person)) reasons.push('UNKNOWN_PERSON');
    if (!organOf(person.organ)) reasons.push('UNKNOWN_ORGAN');
  }
  for (const organ of [said.requested, said.office, said.signedInNameOf, ...(said.deciders ?? [])])
    if (organ !== undefined && !organOf(organ)) reasons.push('UNKNOWN_ORGAN');
  return [...reasons, ...codesAgainst(said, kind), ...(AGAINST[kind]?.(acts, wanted) ?? [])];
}

const personsIn = ({ by, emergency, responsible = [] }: Said): readonly Person[] =>
  [by, emergency?.caller, emergency?.receiver, ...responsible].filter((person) => person !== undefined);

/** Each code is one of its list; 等 and 其他 are lawful, and say what is meant. */
function codesAgainst(said: Said, kind: Kind): readonly string[] {
  const coded: (readonly [list: string, given: Coded])[] = [
    ...(said.grounds ?? []).map((given) => ['grounds', given] as const),
    ...(said.emergency?.grounds ?? []).map((given) => ['emergencyGrounds', given] as const),
  ];
  if (said.emergency)
    coded.push(['emergencyChannels', { code: said.emergency.channel, ...noted(said.emergency.channelNote) }]);
  if (said.proof) coded.push(['deliveryProofs', { code: said.proof.kind, ...noted(said.proof.note) }]);
  if (said.cause !== undefined && kind === 'inability') {
    const { cause: code, particulars = [] } = said;
    coded.push(['inabilityCauses', { code, ...noted(said.causeNote), particulars }]);
  }
  const plain: (readonly [list: string, code: string | undefined])[] = [
    ['forms', said.form],
    ['durations', said.duration],
    ...(said.matterClasses ?? []).map((code) => ['matterClasses', code] as const),
    ...coded.flatMap(([, { particulars = [] }]) => particulars.map(({ name }) => ['particulars', name] as const)),
    ...(said.cause === undefined ? (said.particulars ?? []).map(({ name }) => ['particulars', name] as const) : []),
  ];
  return [
    ...coded.flatMap(([list, { code, note }]) => {
      if (!isCode(list, code)) return ['UNKNOWN_CODE'];
      return isOpen(list, code) && note === undefined ? ['NOTE_REQUIRED'] : [];
    }),
    ...plain.flatMap(([list, code]) => (code === undefined || isCode(list, code) ? [] : ['UNKNOWN_CODE'])),
  ];
}

const noted = (note: string | undefined) => (note === undefined ? {} : { note });

type Against = (acts: readonly Act[], wanted: Wanted) => readonly string[];
const when = (holds: boolean, code: string): readonly string[] => (holds ? [code] : []);

const AGAINST: Readonly<Partial<Record<Kind, Against>>> = {
  obstacle: (acts, { day, post }) => {
    const request = first(acts, 'request');
    const earlier = first(acts, 'obstacle');
    const [organ, on] = request
      ? [request.said.requested ?? '', request.day]
      : earlier
        ? [earlier.organ, earlier.day]
        : [post.organ, day];
    return when(!inForce(organ, on) && !inForce(post.organ, day), 'NO_LAW_IN_FORCE');
  },
  request: (acts, { said, post, day }) => [
    ...when(has(acts, 'request'), 'ALREADY_REQUESTED'),
    ...when(said.requested === post.organ, 'SAME_ORGAN'),
    ...when(organOf(said.requested ?? '') !== undefined && !inForce(said.requested ?? '', day), 'NO_LAW_IN_FORCE'),
    ...when(said.form === 'emergency' && !said.emergency, 'EMERGENCY_REQUIRED'),
  ],
  formalities: (acts) => when(has(acts, 'request') && !first(acts, 'request')?.said.emergency, 'NOT_URGENT'),
  materials: (_acts, { said }) => when(said.materials?.length === 0, 'MATERIALS_EMPTY'),
  filing: (acts, { said }) =>
    when(!all(acts, 'extension').some(({ event }) => event === said.extension), 'EXTENSION_UNKNOWN'),
  feedback: (_acts, { said: { matter, course, result, other } }) =>
    when(
      [matter, course, result, other].every((element) => element === undefined),
      'FEEDBACK_EMPTY',
    ),
  return: (_acts, { said }) => when(said.returned?.length === 0, 'MATERIALS_EMPTY'),
  entry: (acts, { said }) => {
    const known = acts.flatMap(({ subjects = [] }) => subjects);
    const odd = (said.counterparties ?? []).some(({ subject, name }) =>
      subject === undefined ? name === undefined : !known.includes(subject),
    );
    return when(odd, 'COUNTERPARTY_UNKNOWN');
  },
  closure: (acts) => when(has(acts, 'closure'), 'CASE_CLOSED'),
  archive: (acts, { post }) => [
    ...when(!has(acts, 'closure'), 'NOT_CLOSED'),
    ...when(
      all(acts, 'archive').some(({ organ }) => organ === post.organ),
      'ALREADY_ARCHIVED',
    ),
  ],
  regimeEnd: (acts) => when(regimesAt(acts, undefined) === 0, 'REGIME_NOT_ACTIVE'),
  assessment: (acts, { said: { rule = '', about = [], by }, post }) => [
    ...when(RULES[rule] === undefined, 'RULE_NOT_OF_PACK'),
    ...when(RULES[rule] === 'shown', 'RULE_NOT_HUMAN'),
    ...when(
      about.some((event) => !acts.some((act) => act.event === event)),
      'EVENT_UNKNOWN',
    ),
    ...when(
      acts.some(({ event, recorder, said }) => {
        const hands = [recorder, ...personsIn(said).map(({ person }) => person)];
        return about.includes(event) && [post.person, by?.person].some((person) => hands.includes(person ?? ''));
      }),
      'ASSESSOR_INVOLVED',
    ),
  ],
};
