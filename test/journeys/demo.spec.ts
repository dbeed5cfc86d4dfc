import { drawnPage } from '../../apps/demo/src/draw.js';
import { LOOKED_BACK, pageOf } from '../../apps/demo/src/page.js';
import { Simulation } from '../../apps/demo/src/simulation.js';
import { BEGINS, SAMPLED, stories, TOLD_ON } from '../../apps/demo/src/stories/index.js';
import { broughtTo, played, type Scene } from '../../apps/demo/src/story.js';
import { serviceHere, type ServiceHere } from '../service/index.js';

/*
 * What the demo tells, held to what the law makes of it: each clock's verdict and due day, each duty and flag by its rule.
 */
interface Told {
  readonly status: string;
  readonly assessment: {
    readonly clocks: readonly { clock: string; verdict: string; due?: string; daysLate?: number }[];
    readonly duties: readonly { rule: string }[];
    readonly flags: readonly { rule: string; finding?: true; says: string }[];
  };
}

let here: ServiceHere;
let told: readonly Told[];
let simulation: Simulation;
let scenes: readonly Scene[];
let cases: readonly string[];

beforeAll(async () => {
  here = await serviceHere({ KESU_MODE: 'simulation', KESU_SIMULATION_START: BEGINS });
  simulation = await Simulation.on(here.url);
  scenes = stories.map((story) => story(simulation.cast));
  cases = await played(simulation, scenes);
  await broughtTo(TOLD_ON, simulation, scenes, cases);
  told = await Promise.all(
    scenes.map(({ reader }, index) => simulation.get<Told>(reader, `/v1/assistance/${cases[index]}`)),
  );
}, 300_000);

afterAll(() => here.end(), 60_000);

const summary = ({ status, assessment: { clocks, duties, flags } }: Told) => ({
  status,
  clocks: clocks.map(({ clock, verdict, due }) => [clock, verdict, due ?? ''].join(' ').trim()),
  duties: duties.map(({ rule }) => rule),
  flags: flags.map(({ rule, finding }) => (finding ? `${rule} 认定` : rule)),
});

it('is an ordinary case that was asked for in time and, once extended, answered in time', () => {
  expect(summary(told[0]!)).toEqual({
    status: 'archived',
    clocks: ['provide onTime 2026-10-19', 'request onTime 2026-09-22'],
    duties: [],
    flags: [],
  });
});

it('is an urgent case helped on the spot, whose archives are still owed', () => {
  expect(summary(told[1]!)).toEqual({
    status: 'closed',
    clocks: ['provide onTime 2026-10-15', 'request notApplicable', 'onSpot cannotJudge'],
    duties: ['XM-15-7', 'XM-15-7'],
    flags: [],
  });
});

it('is a refused case of a decided class, with everything returned', () => {
  expect(summary(told[2]!)).toEqual({
    status: 'archived',
    clocks: ['provide onTime 2026-10-27', 'request notApplicable'],
    duties: [],
    flags: ['XM-16-5'],
  });
});

it('is a case done badly, with exactly the rules it breaks', () => {
  const { flags, ...rest } = summary(told[3]!);
  expect(rest).toEqual({
    status: 'closed',
    clocks: ['provide late 2026-10-14', 'request late 2026-09-20'],
    duties: ['XM-16-7', 'XM-15-0', 'XM-15-0', 'XM-15-7', 'XM-15-7'],
  });
  expect([...new Set(flags)].sort()).toEqual(
    'XM-14-1 XM-14-2 XM-15-0 XM-16-6 XM-16-7 XM-22-2 XM-6-1 XM-6-2 XM-6-3 XM-7-1'
      .split(' ')
      .concat('XM-4-1 认定')
      .sort(),
  );
  expect(told[3]?.assessment.clocks.map(({ daysLate }) => daysLate)).toEqual([20, 2]);
});

it('tells of each case what was known when', async () => {
  const seen: string[][] = [];
  for (const [index, { reader, known }] of scenes.entries())
    for (const { at } of known) {
      const then = await simulation.get<Told>(reader, `/v1/assistance/${cases[index]}?knownAt=${at}`);
      seen.push([at, ...summary(then).clocks]);
    }
  expect(seen).toEqual([
    ['2026-09-20', 'provide running 2026-09-29', 'request onTime 2026-09-22'],
    ['2026-10-12', 'provide running 2026-10-19', 'request onTime 2026-09-22'],
    // What took place on 24 September was recorded on the 28th: on the 25th nobody could say when the limit ends.
    ['2026-09-25', 'provide cannotJudge', 'request notApplicable'],
    ['2026-09-28', 'provide onTime 2026-10-15', 'request notApplicable', 'onSpot cannotJudge'],
    ['2026-10-12', 'provide onTime 2026-10-27', 'request notApplicable'],
    ['2026-09-29', 'provide cannotJudge', 'request late 2026-09-20'],
    ['2026-10-16', 'provide late 2026-10-14', 'request late 2026-09-20'],
  ]);
});

describe('as it is read', () => {
  const pages: string[] = [];

  beforeAll(async () => {
    for (const [index, scene] of scenes.entries()) pages.push(await pageOf(simulation, scene, cases[index] ?? ''));
  });

  it('is Chinese throughout: a letter stands only in the id of a case and in that of a rule beside its article', () => {
    for (const page of pages) {
      const words = page.replace(/^案件 [0-9a-f-]{36}/mu, '').replace(/〔(.+[条款项]，)?XM-\d+-\d+〕/gu, '');
      expect(words).not.toMatch(/[a-zA-Z]|日志位置|undefined/u);
      // What flagged a fact when it was recorded, a turn and a basis are told with the article before, all else with it inside.
      const bare = page
        .split('\n')
        .filter((line) => /〔XM-/u.test(line) && !/标出第.+[条款项]（大意：|第.+[条款项](）。)?〔XM-/u.test(line));
      expect(bare).toEqual([]);
    }
  });

  it('names the text that governs, each clock, what went back, and the rule a person decided on', () => {
    for (const page of pages)
      expect(page).toContain('适用《厦门市行政协助管理办法》（厦府办〔2020〕31号）；以下条款均出自该文件。');
    expect(pages[0]).toContain('记录时：提出请求期限至2026-09-22届满。');
    expect(pages[0]).toContain('记录时：提供协助期限至2026-09-29届满。');
    expect(pages[2]).toContain('被请求机关退回摊点照片12份，签收：');
    expect(pages[2]).toContain('被请求机关退回摊点名册1份，签收：');
    expect(pages[3]).toMatch(/就第四条（大意：.+）作出认定：不符合要求，理由是/u);
    expect(pages[3]).toContain('晚了20个自然日。〔第十六条第二款，XM-16-4〕');
  });

  it('tells which record each flag is about, so that no two lines are the same', () => {
    const flagged = pages[3]?.split('认定\n')[0]?.match(/^ {2}.*延长暂不计入.*$/gmu) ?? [];
    expect(flagged.map((line) => /（第\d+项，[\d-]+）$/u.exec(line)?.[0])).toEqual([
      '（第4项，2026-10-15）',
      '（第5项，2026-10-26）',
      '（第5项，2026-10-26）',
    ]);
    expect(new Set(flagged).size).toBe(3);
  });

  const supervised = (page = ''): readonly string[] =>
    page
      .split('电子监察（自动发现，供人核查）\n')[1]
      ?.split(/\n(?=责任链|回看)/u)[0]
      ?.split('\n') ?? [];

  it('prints what supervision found of the case done badly: cards by colour, each by its day and article, and when it was late', () => {
    const lines = supervised(pages[3]);
    for (const page of pages) {
      const days = supervised(page).flatMap((line) => /^ {2}([\d-]{10}) /u.exec(line)?.[1] ?? []);
      expect(days).toEqual(days.toSorted());
    }
    // Between two acts of one day a warning may be given or not; every card is waited for.
    expect(lines.filter((line) => line.includes('牌'))).toEqual([
      '  2026-09-21  厦门市市场监督管理局，黄牌：提出请求期限于2026-09-20届满（已发现）。〔第十六条第一款，XM-16-1〕',
      '      2026-09-21亮黄牌。',
      '  2026-10-15  厦门市公安局，红牌：提供协助期限于2026-10-14届满（已发现）。〔第十六条第二款，XM-16-4〕',
      '      2026-10-15亮黄牌。',
      '      2026-10-22亮红牌。',
    ]);
    const others = lines.filter((line) => !/预警|牌/u.test(line));
    expect(others.filter((line) => !/^ {2}2026-.+（已发现）。〔第.+，XM-\d+-\d+〕$/u.test(line))).toEqual([]);
    expect([others.length, new Set(others).size]).toEqual([15, 15]);
    // What is owed by both is found of each.
    for (const [organ, side] of [
      ['厦门市市场监督管理局', '请求机关'],
      ['厦门市公安局', '被请求机关'],
    ] as const)
      expect(others).toContainEqual(
        expect.stringContaining(`  ${organ}，信息完整性：本案已办结，但未见${side}登记工作台账的记录`),
      );
  });

  it('prints what supervision took back, and nothing of a case it found nothing about', () => {
    // Whether a warning was given before its day moved hangs on how fast the service looks; what flagged the case does not.
    expect(supervised(pages[0]).filter((line) => !line.includes('预警'))).toEqual([
      expect.stringMatching(/^ {2}2026-09-\d\d {2}厦门市市场监督管理局，.+（已撤回）。〔第十五条第三项，XM-15-3〕$/u),
      expect.stringMatching(/^ {2}2026-09-\d\d {2}厦门市生态环境局，.+（已撤回）。〔第十五条第三项，XM-15-3〕$/u),
    ]);
    expect(pages[1]).not.toContain('电子监察');
  });

  it('shows the extension that came too late and was never filed', () => {
    expect(pages[3]).toContain('延长期限已于2026-10-15批准，至今25天，尚待报送备案。〔第十六条第二款，XM-16-7〕');
  });

  it('says of the case done badly whose turn it was, and of both clocks that ran out how every day was counted', () => {
    const [line = '', days = ''] =
      pages[3]?.split('责任链\n')[1]?.split(`${LOOKED_BACK}\n`)[0]?.split('期限逐日说明\n') ?? [];
    expect(line.match(/^ {2}\d{4}-\d\d-\d\d.*由厦门市.+。(〔XM-\d+-\d+〕)?$/gmu)).toHaveLength(6);
    expect(days.match(/^ {2}届满 .+$/gmu)).toEqual(['  届满 2026-10-14', '  届满 2026-09-20']);
    expect(days.match(/^ {2}\d{4}-\d\d-\d\d {2}第10日 .+$/gmu)).toEqual([
      '  2026-10-14  第10日  工作日',
      '  2026-09-20  第10日  调休上班',
    ]);
  });

  it('tells of an earlier instant what was open and flagged, in full', () => {
    expect(pages[0]?.split(`${LOOKED_BACK}\n`)[1]).toContain(
      '请求机关的工作台账中未见：1名行政相对人的名称、地址或者联系方式。〔第十五条第三项，XM-15-3〕（第3项，2026-09-14）',
    );
  });
});

it('draws two of the four at random at the end, and the same two again from what the service tells', async () => {
  const page = await drawnPage(simulation, { ...SAMPLED, on: TOLD_ON }, (id) => `案件${cases.indexOf(id)}`);
  expect(page).toMatch(
    /确定抽查总体：8个机关自2026-09-07至2026-10-31立案的案件共4件，拟按sha256-rank-1抽取2件，事由是季度抽查。/,
  );
  expect(page).toContain('重新抽取：相同');
  const drawn = [...page.matchAll(/^ {2}抽中 {2}(\S+) {2}案件(\d)$/gmu)].map(([, id, at]) => cases[Number(at)] === id);
  expect(drawn).toEqual([true, true]);
});
