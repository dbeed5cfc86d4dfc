import { valueAt, withValueAt, type Json } from '#libs/kernel';
import { TEXTS, type Read } from '../../../testing/src/specification/limits-in-texts.js';
import { packFaults, rule as ruleOf, shippedPacks, type ClockRule } from '../index.js';

/* 条文与规则包: the packs are held to what was read from the articles by hand. */

const asClock = ({ clock, runs: [starts, stops], holder, limits, readings = {}, extension }: Read): object => ({
  ...{ clock, starts, stops, holder },
  limits: limits.map(([when, unit, rule, , number]) => ({
    ...{ when, unit, rule },
    ...(number === undefined ? {} : unit === 'countPerYear' ? { least: number } : { days: number }),
    ...readings[when],
  })),
  ...(extension && { extension }),
});
const expected = Object.fromEntries(Object.entries(TEXTS).map(([place, clocks]) => [place, clocks.map(asClock)]));

type Numbers = { readonly days?: number; readonly least?: number };
type Packs = readonly { readonly pack: string; readonly systems: object }[];
const clocksIn = (packs: Packs): object =>
  Object.fromEntries(
    packs.flatMap(({ pack, systems }) =>
      Object.entries(systems as Record<string, { readonly clocks: readonly ClockRule[] }>)
        .filter(([, { clocks }]) => clocks.length > 0)
        .map(([system, { clocks }]) => [`${pack} ${system}`, clocks.map(({ name: _name, ...clock }) => clock)]),
    ),
  );
const shipped = shippedPacks().map(({ pack }) => pack);

describe('the clocks of the packs', () => {
  it('are those of the articles, each in every particular, and no others', () => {
    expect(clocksIn(shipped)).toEqual(expected);
  });

  it('cite the rule of the very article', () => {
    for (const [, , rule, article] of Object.values(TEXTS).flatMap((clocks) => clocks.flatMap(({ limits }) => limits)))
      expect([rule, ruleOf(rule)?.article]).toEqual([rule, article]);
  });

  it('stand still in an emergency in Xiamen alone (第十七条)', () => {
    const suspending = shipped.flatMap(({ pack, systems }) =>
      Object.entries(systems).flatMap(([system, { values, checks }]) =>
        values['emergencyRegimeSuspends'] === true
          ? [[pack, system, checks.some(({ rule }) => rule === 'XM-17-1')]]
          : [],
      ),
    );
    expect(suspending).toEqual([['XM', 'assistance', true]]);
  });

  it('say of a limit, in a pack that is proposed too, the number and unit of its rule, or who set another', () => {
    const places = shipped.flatMap((pack, index) =>
      Object.entries(pack.systems).flatMap(([system, { clocks }]) =>
        clocks.flatMap(({ limits, extension }, clock) =>
          [...limits.map((_limit, limit) => `limits/${limit}`), ...(extension ? ['extension'] : [])].map((rest) => ({
            pack: shipped[index],
            at: `/systems/${system}/clocks/${clock}/${rest}`,
          })),
        ),
      ),
    );
    expect(places).toHaveLength(43);
    for (const { pack, at } of places) {
      const { when, ...limit } = valueAt(pack, at) as { when?: string; unit: string; rule: string } & Numbers;
      const number = (['days', 'least'] as const).find((name) => limit[name] !== undefined);
      const other = number
        ? { ...limit, [number]: (limit[number] ?? 0) + 1 }
        : { unit: 'workingDay', days: 3, rule: limit.rule };
      const changed = (more: object) => [
        withValueAt(pack as unknown as Json, at, { ...(when !== undefined && { when }), ...other, ...more }),
      ];
      const [fault, ...others] = packFaults(changed({}));
      expect([fault?.at, others]).toEqual([`/0${at}/${number ?? 'unit'}`, []]);
      expect(fault?.says).toContain(`规则目录所记 ${limit.rule} 的时限为`);
      expect(packFaults(changed({ amendedBy: '某办法第九条' }))).toEqual([]);
    }
  });
});
