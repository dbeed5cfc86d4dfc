import { organOf, ORGANS, type CastOrgan } from '../cast.js';
import { all, asked, asking, type Act } from './acts.js';

/** The last decision about the class that changes it. */
export const bindingDecision = (acts: readonly Act[]): Act | undefined =>
  all(acts, 'classDecision').findLast(({ said }) => binds(acts, said.deciders ?? []));

/**
 * Both sides agreed, or one of those of 第二十三条 decided: what the asked organ answers to, level by level, or the 编制 office
 * of the city, or of the district that both are of.
 */
function binds(acts: readonly Act[], deciders: readonly string[]): boolean {
  const [asker = '', helper = ''] = [asking(acts), asked(acts)];
  const sides = [asker, helper];
  if (sides.every((side) => deciders.includes(side))) return true;
  const entitled: string[] = [];
  for (let at = organOf(helper)?.superior; at !== undefined; at = organOf(at)?.superior) entitled.push(at);
  for (const { id, kind, region } of Object.values<CastOrgan>(ORGANS)) {
    const reach = region === '350200' ? '3502' : region;
    if (kind === 'staffingOffice' && sides.every((side) => organOf(side)?.region.startsWith(reach))) entitled.push(id);
  }
  return deciders.some((one) => entitled.includes(one) && !sides.includes(one));
}
