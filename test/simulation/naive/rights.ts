import { organOf, type Post, type Role } from '../cast.js';
import { asked, asking, has, type Act, type Kind } from './acts.js';

export type Stands = 'requesting' | 'requested' | 'supervising' | 'none';

const WORKS_ON_CASES: readonly Role[] = ['head', 'deputyHead', 'handler', 'clerk'];

/** How the holder of a post stands to the case. Who may not know of it stands in no way to it. */
export function standsTo(acts: readonly Act[], { organ, roles }: Pick<Post, 'organ' | 'roles'>): Stands {
  const works = roles.some((role) => WORKS_ON_CASES.includes(role));
  if (works && organ === asking(acts)) return 'requesting';
  if (works && organ === asked(acts)) return 'requested';
  return has(acts, 'request') && supervises(acts, { organ, roles }) ? 'supervising' : 'none';
}

/** Whether a post is there to look into what others do, if only over its own organ. */
export const looksIntoOthers = ({ organ, roles }: Pick<Post, 'organ' | 'roles'>): boolean =>
  roles.includes('auditor') || (roles.includes('supervisor') && organOf(organ)?.kind === 'staffingOffice');

/** 第五条: the city's office over the whole city, a district's over what has to do with its district; auditors likewise. */
function supervises(acts: readonly Act[], { organ, roles }: Pick<Post, 'organ' | 'roles'>): boolean {
  const own = organOf(organ);
  if (!own) return false;
  if (!looksIntoOthers({ organ, roles })) return false;
  const wholeCity = own.region.endsWith('00');
  return [asking(acts), asked(acts)].some((party) => {
    const region = organOf(party ?? '')?.region ?? '';
    return wholeCity ? region.slice(0, 4) === own.region.slice(0, 4) : region === own.region;
  });
}

const LEADERS: readonly Role[] = ['head', 'deputyHead'];
const OFFICERS: readonly Role[] = [...LEADERS, 'handler'];
const REGISTRY: readonly Role[] = [...OFFICERS, 'clerk'];
const BOTH: readonly Stands[] = ['requesting', 'requested'];

/** Who records what, by hand from the design: the side, and the roles on it. */
const RECORDERS: Readonly<Record<Kind, readonly [sides: readonly Stands[], roles: readonly Role[]]>> = {
  obstacle: [['requesting'], REGISTRY],
  forgoing: [['requesting'], OFFICERS],
  request: [['requesting'], REGISTRY],
  formalities: [['requesting'], REGISTRY],
  materials: [['requesting'], REGISTRY],
  delivery: [BOTH, REGISTRY],
  confirmation: [['requested'], REGISTRY],
  acceptance: [['requested'], REGISTRY],
  classDispute: [['requested'], OFFICERS],
  classDecision: [BOTH, OFFICERS],
  step: [['requested'], OFFICERS],
  extension: [['requested'], OFFICERS],
  filing: [['requested'], REGISTRY],
  provision: [['requested'], OFFICERS],
  feedback: [['requested'], OFFICERS],
  inability: [['requested'], OFFICERS],
  return: [['requested'], REGISTRY],
  noMaterials: [['requested'], REGISTRY],
  entry: [BOTH, REGISTRY],
  closure: [BOTH, OFFICERS],
  archive: [BOTH, REGISTRY],
  regime: [BOTH, OFFICERS],
  regimeEnd: [BOTH, OFFICERS],
  assessment: [
    [...BOTH, 'supervising'],
    [...LEADERS, 'supervisor', 'auditor'],
  ],
};

export function mayRecord(kind: Kind, stands: Stands, roles: readonly Role[]): boolean {
  const [sides, allowed] = RECORDERS[kind];
  return sides.includes(stands) && roles.some((role) => allowed.includes(role));
}

/** 决定: what a person decides on what they saw, and so says which version that was. */
export const IS_DECISION: ReadonlySet<Kind> = new Set([
  'forgoing',
  'classDecision',
  'extension',
  'closure',
  'assessment',
]);

/** What may open a case. */
export const OPENS: ReadonlySet<Kind> = new Set(['obstacle', 'request']);

/** Whether the holder of a post reads this act: an organ's working steps are its own until they have been fed back. */
export function reads(acts: readonly Act[], act: Act, post: Pick<Post, 'organ' | 'roles'>): boolean {
  const stands = standsTo(acts, post);
  if (stands === 'none') return false;
  return act.kind !== 'step' || stands === 'supervising' || has(acts, 'feedback') || act.organ === post.organ;
}
