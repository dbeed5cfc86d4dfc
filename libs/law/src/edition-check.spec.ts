import { legalDate } from '#libs/kernel';
import { editionFaults, shippedPacks, type RulePack } from './index.js';

const [first] = shippedPacks();
const held = shippedPacks().filter(({ pack }) => pack.pack === first?.pack.pack);
const standing = held.at(-1)?.pack as RulePack;
const next: RulePack = { ...standing, edition: standing.edition + 1 };
const told = (candidate: unknown): string[] =>
  editionFaults(candidate, standing.pack, shippedPacks()).map(({ at, says }) => `${at} ${says}`);

describe('a pack that is to be published', () => {
  it('is the next edition of its effective date', () => {
    expect(told(next)).toEqual([]);
    expect(told({ ...next, edition: next.edition + 1 })).toEqual([
      `/edition 版次须为 ${next.edition}，现为 ${next.edition + 1}`,
    ]);
    expect(told(standing)).toEqual([`/edition 版次须为 ${next.edition}，现为 ${standing.edition}`]);
  });

  it('is the first edition of a new effective date, once the law before it has an end', () => {
    const anew = { ...next, effectiveFrom: legalDate('2027-01-01'), edition: 1 };
    expect(told(anew)).toEqual([expect.stringContaining('/effectiveFrom 与自 2020-04-10 起施行的第')]);
    const ended = { pack: { ...next, effectiveTo: legalDate('2026-12-31') }, digest: 'ended' };
    expect(editionFaults(anew, standing.pack, [...held, ended])).toEqual([]);
  });

  it('is refused whole, with every fault at its place in it', () => {
    const { instrument: _instrument, ...rest } = next;
    const systems = {
      ...next.systems,
      assistance: { ...next.systems.assistance, checks: [{ check: 'x', rule: 'XM-999-9' }] },
    };
    expect(told({ ...rest, pack: 'CQ', edition: 9, regions: ['x'], systems, effectiveFrom: '2021-05-01' })).toEqual(
      expect.arrayContaining([
        '/instrument 缺少该字段',
        expect.stringContaining('/regions/0'),
        '/systems/assistance/checks/0/rule 规则目录中没有此条：XM-999-9',
        '/pack 不是规则包 XM：CQ',
        '/edition 版次须为 1，现为 9',
        expect.stringContaining('/effectiveFrom 与自 2020-04-10 起施行的第'),
      ]),
    );
    expect(told(null)).toEqual([' 须为对象']);
  });
});
