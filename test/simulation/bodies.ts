import type { Chance } from './chance.js';
import { ORGANS, PARTIES, POSTS, type Post } from './cast.js';
import { codesOf, isOpen, RULES } from './naive/codes.js';
import { all, asked, type Act, type Coded, type Kind, type Person, type Said } from './naive/acts.js';

/** A body as it is sent, `occurredAt` aside: what the model asks about, and texts that only the form asks for. */
export type Body = Said & Readonly<Record<string, unknown>>;

export interface Scene {
  readonly chance: Chance;
  readonly acts: readonly Act[];
  readonly day: string;
  /** Whom the case is about to be sent to, before it has been. */
  readonly requested: string;
}

export const NOWHERE = '90000000-0000-4000-8000-000000000000';
/** How often a name that must be known is not. */
const UNKNOWN = 0.02;

/** Something for an officer to say: mostly sound, at times not. */
export const bodyOf = (kind: Kind, scene: Scene): Body => BODIES[kind](scene);

const BODIES: Readonly<Record<Kind, (scene: Scene) => Body>> = {
  obstacle: (scene) => ({
    ...by(scene),
    obstacle: '自行调取未果',
    ...maybe(scene, 0.2, { dateUnknown: true }),
    ...maybe(scene, 0.5, { grounds: grounds(scene) }),
  }),
  forgoing: (scene) => ({ ...by(scene), reason: '已从企业取得' }),
  request,
  formalities: (scene) => ({ ...by(scene), documentNumber: '示例函〔2026〕2号' }),
  materials: (scene) => ({ ...by(scene), materials: scene.chance.is(0.05) ? [] : materials(scene) }),
  delivery: (scene) => ({ ...by(scene), ...maybe(scene, 0.6, { proof: proof(scene) }) }),
  confirmation: (scene) => by(scene),
  acceptance: (scene) => ({ ...by(scene), ...maybe(scene, 0.3, { onSpotPossible: scene.chance.is(0.5) }) }),
  classDispute: (scene) => ({ ...by(scene), matterClasses: classes(scene, 1), reason: '须到现场' }),
  classDecision: (scene) => ({
    ...by(scene),
    matterClasses: classes(scene, 1),
    deciders: scene.chance.is(0.7) ? distinct([asking(scene), asked(scene.acts) ?? scene.requested]) : [anOrgan(scene)],
  }),
  step: (scene) => ({ by: person(scene), step: '到现场核查' }),
  extension: (scene) => ({
    by: approver(scene),
    circumstance: '须经第三方复核',
    ...maybe(scene, 0.5, { days: scene.chance.pick([1, 3, 5, 9, 10, 10, 11, 30]) }),
  }),
  filing: (scene) => ({
    ...by(scene),
    extension: eventOf(scene, 'extension'),
    filingNumber: '备〔2026〕3号',
    ...maybe(scene, 0.6, { office: scene.chance.pick([ORGANS.cityOffice.id, ORGANS.simingOffice.id, anOrgan(scene)]) }),
  }),
  provision: (scene) => ({
    ...by(scene),
    performedScope: '提供记录三份',
    ...maybe(scene, 0.3, { onSpot: scene.chance.is(0.5) }),
    ...maybe(scene, 0.7, { signedInNameOf: anOrgan(scene) }),
  }),
  feedback: (scene) => ({
    ...by(scene),
    ...maybe(scene, 0.7, { matter: '调取记录' }),
    ...maybe(scene, 0.7, { course: '向监测站调取' }),
    ...maybe(scene, 0.7, { result: '已提供' }),
    ...maybe(scene, 0.2, { other: '无' }),
    ...maybe(scene, 0.6, { documentNumber: '示例复〔2026〕4号' }),
  }),
  inability,
  return: (scene) => ({ ...by(scene), returned: returned(scene), ...maybe(scene, 0.5, { receipt: '收发室' }) }),
  noMaterials: (scene) => by(scene),
  entry,
  closure: (scene) => ({ ...by(scene), ...maybe(scene, 0.5, { note: '已办结' }) }),
  archive: (scene) => ({ ...by(scene), location: '档案室', archiveNumber: '卷2026-1' }),
  regime: (scene) => ({
    ...by(scene),
    activationDocument: '应急〔2026〕1号',
    ...maybe(scene, 0.5, { plan: '防台风预案' }),
  }),
  regimeEnd: (scene) => by(scene),
  assessment: (scene) => ({
    ...by(scene),
    rule: scene.chance.pick([...Object.keys(RULES), 'XM-99-9']),
    about: [scene.chance.is(0.05) || scene.acts.length === 0 ? NOWHERE : scene.chance.pick(scene.acts).event],
    outcome: scene.chance.pick(['met', 'breached', 'notApplicable', 'undetermined']),
    reason: '经核实',
  }),
};

function request(scene: Scene): Body {
  const { chance } = scene;
  const urgent = chance.is(0.3);
  return {
    ...by(scene),
    requested: chance.is(UNKNOWN) ? NOWHERE : chance.is(UNKNOWN) ? ORGANS.elsewhere.id : scene.requested,
    matter: '调取监测记录',
    form: urgent ? 'emergency' : code(scene, 'forms'),
    ...maybe(scene, 0.8, { grounds: grounds(scene) }),
    ...maybe(scene, 0.8, { matterClasses: classes(scene) }),
    ...maybe(scene, 0.6, { duration: code(scene, 'durations') }),
    ...maybe(scene, urgent ? 0.95 : 0.05, { emergency: emergency(scene) }),
    ...maybe(scene, 0.6, { documentNumber: '示例函〔2026〕1号' }),
    ...maybe(scene, 0.5, { requestedDueOn: dayNear(scene.day, chance.between(-2, 30)) }),
    ...maybe(scene, 0.5, { materials: materials(scene) }),
    ...maybe(scene, 0.3, { counterparties: [{ name: '示例公司' }, { name: '示例个人', contact: '0592' }] }),
  };
}

function emergency(scene: Scene): NonNullable<Said['emergency']> {
  const { code: channel, note } = coded(scene, 'emergencyChannels');
  return {
    grounds: [coded(scene, 'emergencyGrounds')],
    channel,
    ...(note === undefined ? {} : { channelNote: note }),
    ...maybe(scene, 0.7, { caller: person(scene) }),
    ...maybe(scene, 0.7, { receiver: person(scene) }),
  };
}

function inability(scene: Scene): Body {
  const { code: cause, note, particulars = [] } = coded(scene, 'inabilityCauses');
  return {
    ...by(scene),
    kind: scene.chance.pick(['cannotProvide', 'cannotProvide', 'manner', 'date']),
    ...maybe(scene, 0.8, { cause, ...(note === undefined ? {} : { causeNote: note }) }),
    ...(particulars.length > 0 && { particulars }),
    ...maybe(scene, 0.8, { reason: '设备不足' }),
    ...maybe(scene, 0.7, { documentNumber: '示例复〔2026〕5号' }),
  };
}

function entry(scene: Scene): Body {
  const { chance } = scene;
  const subjects = scene.acts.flatMap(({ subjects: named = [] }) => named);
  const listed = chance.weighted<Said['counterparties']>([
    [5, undefined],
    [3, [{ name: '示例公司' }]],
    [3, subjects.map((subject) => ({ subject }))],
    [0.4, [{ subject: NOWHERE }]],
    [0.4, [{}]],
  ]);
  return {
    ...by(scene),
    entryNumber: '台账2026-1',
    ...(listed && listed.length > 0 ? { counterparties: listed } : {}),
    ...maybe(scene, 0.6, { documentName: '协助函', documentNumber: '示例函〔2026〕1号' }),
    ...maybe(scene, 0.5, { supervised: chance.is(0.5) }),
    ...maybe(scene, 0.5, { materials: materials(scene) }),
    ...maybe(scene, 0.5, { responsible: [{ ...person(scene), contact: '0592' }] }),
    ...maybe(scene, 0.4, { feedbackSummary: '已反馈' }),
  };
}

const dayNear = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const maybe = <T extends object>({ chance }: Scene, share: number, said: T): T | Record<string, never> =>
  chance.is(share) ? said : {};

const distinct = (ids: readonly string[]): readonly string[] => [...new Set(ids)];

const asking = ({ acts, chance }: Scene): string =>
  acts.find(({ kind }) => kind === 'request')?.organ ?? chance.pick(PARTIES).id;

const anOrgan = ({ chance }: Scene): string => (chance.is(UNKNOWN) ? NOWHERE : chance.pick(Object.values(ORGANS)).id);

const by = (scene: Scene): { readonly by?: Person } => (scene.chance.is(0.6) ? { by: person(scene) } : {});

function person({ chance }: Scene): Person {
  if (chance.is(UNKNOWN)) return { person: NOWHERE, organ: ORGANS.ecology.id, post: '科员' };
  return named(chance.pick(POSTS));
}

/** Who approves: mostly somebody who leads an organ, the requested one more often than not. */
function approver({ chance, acts, requested }: Scene): Person {
  const organ = asked(acts) ?? requested;
  const leads = ({ roles }: Post): boolean => roles.includes('head') || roles.includes('deputyHead');
  const own = POSTS.filter((post) => post.organ === organ);
  const led = chance.pick(own.filter(leads));
  return named(
    chance.weighted([
      [6, led],
      [0.5, { ...led, organ: chance.pick(PARTIES).id }],
      [1, chance.pick(own)],
      [1, chance.pick(POSTS.filter(leads))],
      [1, chance.pick(POSTS)],
    ]),
  );
}

const named = ({ person: id, organ, post }: Post): Person => ({ person: id, organ, post });

const eventOf = ({ chance, acts }: Scene, kind: Kind): string => {
  const events = all(acts, kind).map(({ event }) => event);
  const others = acts.map(({ event }) => event);
  return chance.is(0.05) || events.length === 0 ? chance.pick([NOWHERE, ...others]) : chance.pick(events);
};

const code = ({ chance }: Scene, list: string): string =>
  chance.is(UNKNOWN) ? 'unheardOf' : chance.pick(codesOf(list));

const classes = (scene: Scene, atLeast = 0): readonly string[] =>
  distinct(Array.from({ length: scene.chance.between(atLeast, 2) }, () => code(scene, 'matterClasses')));

const grounds = (scene: Scene): readonly Coded[] =>
  Array.from({ length: scene.chance.between(0, 2) }, () => coded(scene, 'grounds'));

function coded(scene: Scene, list: string): Coded {
  const chosen = code(scene, list);
  const noted = isOpen(list, chosen) ? !scene.chance.is(UNKNOWN * 2) : scene.chance.is(0.1);
  return {
    code: chosen,
    ...(noted && { note: '另有情形' }),
    ...maybe(scene, 0.4, { particulars: [{ name: code(scene, 'particulars'), text: '说明' }] }),
  };
}

const proof = (scene: Scene): NonNullable<Said['proof']> => {
  const { code: kind, note } = coded(scene, 'deliveryProofs');
  return { kind, ...(note === undefined ? {} : { note }) };
};

const materials = ({ chance }: Scene): NonNullable<Said['materials']> =>
  Array.from({ length: chance.between(1, 3) }, (_none, n) => ({ name: `资料${n}`, copies: chance.between(1, 4) }));

/** What went over comes back: mostly all of it, at times less, more, or something else. */
function returned(scene: Scene): NonNullable<Said['returned']> {
  const { chance, acts } = scene;
  const handed = acts.flatMap(({ event, said }) =>
    (said.materials ?? []).map(({ copies }, item) => ({ handedOver: event, item, copies })),
  );
  if (handed.length === 0 || chance.is(0.05))
    return chance.is(0.5) ? [] : [{ handedOver: NOWHERE, item: 0, copies: 1 }];
  return chance
    .some(handed, 0.8)
    .map((one) => (chance.is(0.3) ? { ...one, copies: chance.between(1, 5) } : one))
    .concat(chance.is(0.1) ? [{ ...chance.pick(handed), item: 7 }] : []);
}
