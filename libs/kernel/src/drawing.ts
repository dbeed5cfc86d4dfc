import { hash } from 'node:crypto';

/*
 * 随机抽取, in steps that `sort` and `sha256sum` can take as well: every text that is hashed is one of lines, each ended by
 * a line feed, in UTF-8; every hash is SHA-256 in lower-case hex.
 */

/** What the steps below are called, for ever. Another way to draw gets another name. */
export const DRAWING = 'sha256-rank-1';

/** 总体摘要: the hash of the members in ascending order, one a line. */
export const frameDigest = (members: readonly string[]): string => hashed(members.toSorted().map(line).join(''));

/** 种子: the hash of one line with the salt, a space and the digest of the frame. */
export const seedOf = (salt: string, digest: string): string => hashed(line(`${salt} ${digest}`));

/** 抽取: the `size` members of the smallest rank, in its order; a rank is the hash of one line with seed, space, member. */
export const drawnBy = <T extends string>(seed: string, members: readonly T[], size: number): readonly T[] =>
  members
    .map((member) => ({ member, rank: hashed(line(`${seed} ${member}`)) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0))
    .slice(0, size)
    .map(({ member }) => member);

const line = (text: string): string => `${text}\n`;
const hashed = (text: string): string => hash('sha256', text, 'hex');
