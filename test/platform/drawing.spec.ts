import { execFileSync } from 'node:child_process';
import { derivedId, drawnBy, frameDigest, seedOf } from '#libs/kernel';

const members = Array.from({ length: 40 }, (_, index) => derivedId(['member', index]));
const salt = 'SALT-of-the-frame_1';

it('is what sort and sha256sum make of the same lines', () => {
  const script = `set -eu
    sorted=$(LC_ALL=C sort); digest=$(printf '%s\\n' "$sorted" | sha256sum | cut -c1-64)
    seed=$(echo "${salt} $digest" | sha256sum | cut -c1-64)
    echo "$digest"; echo "$seed"
    printf '%s\\n' "$sorted" | while read -r id; do echo "$(echo "$seed $id" | sha256sum | cut -c1-64) $id"; done |
      LC_ALL=C sort | head -n 7 | cut -c66-`;
  const told = execFileSync('sh', ['-c', script], { input: `${members.join('\n')}\n`, encoding: 'utf8' });
  const digest = frameDigest(members);
  const seed = seedOf(salt, digest);
  expect([digest, seed, ...drawnBy(seed, members, 7)]).toEqual(told.trim().split('\n'));
}, 30_000);

it('depends on the members and the seed, and on no order', () => {
  const seed = seedOf(salt, frameDigest(members));
  expect(frameDigest(members.toReversed())).toBe(frameDigest(members));
  expect(drawnBy(seed, members.toReversed(), 7)).toEqual(drawnBy(seed, members, 7));
  expect(frameDigest(members.slice(1))).not.toBe(frameDigest(members));
  expect(drawnBy(seedOf('another', frameDigest(members)), members, 7)).not.toEqual(drawnBy(seed, members, 7));
});

it('gives every member where more are asked for than there are, each once', () => {
  const drawn = drawnBy('a seed', members, 1000);
  expect(drawn.toSorted()).toEqual(members.toSorted());
  expect(drawnBy('a seed', [], 3)).toEqual([]);
});

it('draws each member about as often as any other', () => {
  const counts = new Map<string, number>();
  for (let n = 0; n < 2_000; n += 1)
    for (const member of drawnBy(`seed ${n}`, members, 10)) counts.set(member, (counts.get(member) ?? 0) + 1);
  // 500 are expected of each, with a standard deviation of 19.4: six of them on either side.
  for (const member of members) expect(Math.abs((counts.get(member) ?? 0) - 500)).toBeLessThan(117);
});
