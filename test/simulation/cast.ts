/**
 * Who plays: organs of a city, of two of its districts and of elsewhere, and their officers. A plain table, from which the
 * service's register is made and which the naive model reads as it stands.
 */
export interface CastOrgan {
  readonly id: string;
  readonly name: string;
  readonly kind: 'administrative' | 'entrusted' | 'staffingOffice' | 'byReference';
  readonly region: string;
  readonly superior?: string;
}

export type Role =
  'head' | 'deputyHead' | 'handler' | 'clerk' | 'supervisor' | 'auditor' | 'operator' | 'clockKeeper' | 'registrar';

/** 任职 of one person at one organ, from its first day to the day before its end. */
export interface Post {
  readonly id: string;
  readonly person: string;
  readonly account: string;
  readonly organ: string;
  readonly post: string;
  readonly roles: readonly Role[];
  readonly from: string;
  readonly to?: string;
}

const id = (kind: number, n: number): string => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const CITY = '350200';
const SIMING = '350203';
const HULI = '350206';

const government: CastOrgan = { id: id(1, 0), name: '示例市政府', kind: 'administrative', region: CITY };
const organ = (n: number, name: string, region: string, more: Partial<CastOrgan> = {}): CastOrgan => ({
  id: id(1, n),
  name,
  kind: 'administrative',
  region,
  superior: government.id,
  ...more,
});

const { superior: _none, ...apart } = organ(9, '外地示例局', '350500');
export const ORGANS = {
  government,
  market: organ(1, '市场示例局', CITY),
  ecology: organ(2, '生态示例局', CITY),
  siming: organ(3, '思明示例局', SIMING),
  huli: organ(4, '湖里示例局', HULI),
  centre: organ(5, '受托示例中心', CITY, { kind: 'entrusted', superior: id(1, 1) }),
  cityOffice: organ(6, '市编制示例办', CITY, { kind: 'staffingOffice' }),
  simingOffice: organ(7, '思明编制示例办', SIMING, { kind: 'staffingOffice' }),
  audit: organ(8, '审计示例局', CITY),
  elsewhere: apart,
  information: organ(10, '信息示例中心', CITY, { kind: 'byReference' }),
} as const satisfies Readonly<Record<string, CastOrgan>>;

/** Organs that ask and are asked. */
export const PARTIES: readonly CastOrgan[] = [
  ORGANS.market,
  ORGANS.ecology,
  ORGANS.siming,
  ORGANS.huli,
  ORGANS.centre,
  ORGANS.information,
];

const posts: Post[] = [];
const persons = new Map<string, string>();

function post(account: string, at: CastOrgan, roles: readonly Role[], held: Pick<Post, 'to'> & { from?: string } = {}) {
  const person = persons.get(account) ?? id(2, persons.size + 1);
  persons.set(account, person);
  const { from = '2020-01-01', ...rest } = held;
  posts.push({ id: id(3, posts.length + 1), person, account, organ: at.id, post: '示例职务', roles, from, ...rest });
}

for (const [name, at] of Object.entries({ ...ORGANS, government: undefined, elsewhere: undefined }))
  if (at && PARTIES.includes(at)) {
    post(`${name}.head`, at, ['head']);
    post(`${name}.deputy`, at, ['deputyHead']);
    post(`${name}.handler`, at, ['handler']);
    post(`${name}.clerk`, at, ['clerk']);
  }
post('city.supervisor', ORGANS.cityOffice, ['supervisor']);
post('siming.supervisor', ORGANS.simingOffice, ['supervisor']);
post('city.auditor', ORGANS.audit, ['auditor']);
post('huli.auditor', ORGANS.huli, ['auditor']);
/** Supervises nothing: not of an establishment office. */
post('market.supervisor', ORGANS.market, ['supervisor']);
post('market.operator', ORGANS.market, ['operator']);
post('elsewhere.handler', ORGANS.elsewhere, ['handler']);
/** Keep the register: one asks for a change, another approves it. They have no business with cases. */
post('city.registrar', ORGANS.cityOffice, ['registrar']);
post('city.registrar.second', ORGANS.cityOffice, ['registrar']);
post('clock.keeper', ORGANS.information, ['clockKeeper']);
/** Was in charge, and is no longer. */
post('ecology.former', ORGANS.ecology, ['head'], { to: '2026-09-15' });
/** Changed sides, and rose. */
post('mover', ORGANS.market, ['handler'], { to: '2026-07-01' });
post('mover', ORGANS.ecology, ['deputyHead'], { from: '2026-07-01' });
/** Two at once: each request says which. */
post('double', ORGANS.siming, ['handler', 'auditor']);
post('double', ORGANS.huli, ['clerk']);

export const POSTS: readonly Post[] = posts;

export const heldOn =
  (day: string) =>
  (one: Post): boolean =>
    one.from <= day && (one.to === undefined || day < one.to);

const organs = new Map<string, CastOrgan>(Object.values<CastOrgan>(ORGANS).map((one) => [one.id, one]));
export const organOf = (organId: string): CastOrgan | undefined => organs.get(organId);

/** The register, in the form of an operator's file. */
export const registerFile = () => ({
  organs: Object.values<CastOrgan>(ORGANS),
  persons: [...persons].map(([account, person]) => ({ id: person, name: `示例${account}`, account })),
  appointments: POSTS.map(({ account: _account, ...rest }) => rest),
});
