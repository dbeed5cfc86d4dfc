import { endOfDay, legalDate, startOfDay, type By } from '#libs/kernel';
import {
  by,
  delivered,
  extended,
  fedBack,
  happened,
  organs,
  people,
  provided,
  requested,
  scene,
  unable,
} from '../../testing/src/specification/assistance-cases.js';
import { specification, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { clockText, dutyText, flagText, flagTexts } from './flag-texts.js';
import { assistance } from './system.js';

const { given } = specification(assistance, scene);
const names = {
  organ: (id: string) => (id === organs.market ? '市场局' : '生态局'),
  person: (id: string) => (id === people.head ? '许局长' : '某人'),
};
const says = ({ schedule }: ReturnType<typeof given>) => schedule.flags.map((flag) => flagText(flag, names));
const entry = {
  ...{ entryNumber: '台〔2026〕1号', requestMadeOn: legalDate('2026-09-17') },
  ...{ documentName: '协助函', documentNumber: '厦市监函〔2026〕88号', supervised: false },
};
const base = [requested('2026-09-17'), delivered('2026-09-18')] as const;

it.each<[string, string, readonly Happened<AssistanceFact>[]]>([
  ['2026-09-30', '截至判断时未见送达，提供协助的期限无从起算，不能判断是否按期。', [base[0]]],
  ['2026-09-30', '提供协助的期限至2026-10-09届满。', base],
  ['2026-09-30', '提供协助的期限至2026-10-22届满（已延长）。', [...base, extended('2026-09-28')]],
  ['2026-10-12', '提供协助的期限已于2026-10-09届满，至今逾期3个自然日。', base],
  [
    '2026-10-30',
    '提供协助的期限至2026-10-09届满，于2026-10-13提供协助，晚了4个自然日。',
    [...base, provided('2026-10-13')],
  ],
  ['2026-10-30', '提供协助的期限至2026-10-09届满，已于2026-10-09提供协助，按期。', [...base, provided('2026-10-09')]],
  [
    '2027-01-04',
    '提供协助的期限至2027-01-08届满（节假日安排尚未公布，暂定）。',
    [requested('2026-12-23'), delivered('2026-12-24')],
  ],
])('says of the clock on %s: %s', (day, text, facts) => {
  const [clock] = given(...facts).at(startOfDay(legalDate(day))).clocks;
  expect(clock && clockText(clock)).toBe(text);
});

it('says what feedback lacks in the words of the text', () => {
  const [flag] = given(...base, provided('2026-09-28'), fedBack('2026-09-29', { matter: null, result: null })).schedule
    .flags;
  expect(flag && flagText(flag, names)).toBe('书面反馈的记录中未见：协助工作事项、协助结论或者结果。');
});

it('says which notice is not in writing, and what of the responsible officers is missing', () => {
  const unwritten = given(...base, unable('2026-09-29', { kind: 'date', cause: null, documentNumber: null }));
  expect(says(unwritten)).toEqual(['告知不能按请求机关的期限提供协助，未见文号，是否以书面形式须由人核定。']);
  const entered = (responsible: readonly By[]) =>
    says(
      given(
        ...base,
        happened('AssistanceRegisterEntryMade', '2026-09-18', { ...entry, side: 'requesting', responsible }),
      ),
    );
  expect(entered([by.asker])).toEqual(['请求机关的工作台账中未见：负责人员的联系方式。']);
  expect(entered([])).toEqual(['请求机关的工作台账中未见：负责人员及联系方式。']);
});

it('tells the age of a duty and never calls it a breach', () => {
  const { duties } = given(...base).at(endOfDay(legalDate('2026-09-27')));
  expect(duties.map((duty) => dutyText(duty, names))).toEqual([
    '请求已于2026-09-18送达，至今10天，尚待受理。',
    '市场局的工作台账尚待登记，自2026-09-17起已过11天。',
    '生态局的工作台账尚待登记，自2026-09-18起已过10天。',
  ]);
});

it('names a cited rule by its article', () => {
  expect(flagText({ code: 'citedBreachUnseen', values: { cited: 'XM-7-1' } }, names)).toBe(
    '以请求不合程序规则（第七条第一款）为由，但本案的记录未见相应疑点，须由人核定。',
  );
});

it('knows no code of another system', () => {
  const { duties } = given(...base).at(scene.now);
  expect(() => flagText({ code: 'toString' }, names)).toThrow('toString');
  expect(() => dutyText({ code: 'none', ageDays: 1, holder: organs.market, since: duties[0]!.since }, names)).toThrow(
    'none',
  );
  expect(() => clockText({ ...given(...base).at(scene.now).clocks[0]!, clock: 'reply' })).toThrow('reply');
});

it('tells the days of an extension in their unit', () => {
  const [flag] = given(...base, extended('2026-09-28', { days: 15 })).schedule.flags;
  expect(flag && flagText(flag, names)).toBe(
    '批准延长15个工作日，超出规则包允许天数的部分未计入，暂按10个工作日计算，须由人核定。',
  );
});

it('names candidates and finds nobody at fault', () => {
  for (const code of Object.keys(flagTexts))
    expect([code, flagText({ code }, names)]).toEqual([
      code,
      expect.not.stringMatching(/不发生效力|无效|违反|违规|违法|不补正/u),
    ]);
});
