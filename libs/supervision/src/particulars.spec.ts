import { legalDate, type Names, type Recorded } from '#libs/kernel';
import { specification } from '../../testing/src/specification/index.js';
import {
  CARD,
  carded,
  citySupervisor,
  detected,
  warned,
  withdrawn,
} from '../../testing/src/specification/supervision-cases.js';
import type { SupervisionFact } from './facts.js';
import { sentence } from './sentences.js';
import { particulars, supervision } from './system.js';

/* What a file tells of each warning and card: in Chinese, by its day, with the article of its rule and why it was taken back. */
const names: Names = { organ: () => '某局', person: () => '某人' };
const { given } = specification(supervision, citySupervisor);
const told = ({ state }: ReturnType<typeof given>) => particulars(state, names);

it('says what a warning warns of, and that it was taken back', () => {
  const { id } = given(warned()).facts[0]!;
  const says = '预警：某局的提供协助期限将于2026-10-09届满';
  const rule = { rule: 'XM-16-4', article: '第十六条第二款' };
  expect(told(given(warned()))).toMatchObject({ warnings: [{ ...rule, says: `${says}。` }] });
  const gone = { type: 'SupervisionWarningWithdrawn', data: { issued: id, because: 'dueMoved' } } as const;
  expect(told(given(warned(), { ...gone, occurredAt: warned().occurredAt }))).toMatchObject({
    warnings: [{ ...rule, withdrawn: 'dueMoved', says: `${says}（已撤回：期限届满日已经变动）。` }],
  });
});

it('says on which day a card of which colour was shown, and why it was taken back', () => {
  const says = { yellow: '2026-10-10亮黄牌', red: '2026-10-10亮红牌' };
  expect(told(given(carded(), carded('red')))).toMatchObject({
    anomalies: [{ article: '第十六条第二款', cards: [{ says: `${says.yellow}。` }, { says: `${says.red}。` }] }],
  });
  expect(told(given(carded(), withdrawn(CARD)))).toMatchObject({
    anomalies: [{ cards: [{ says: `${says.yellow}（已撤回：记录表明已在期限之内完成）。` }] }],
  });
});

it('tells the article of what flags a case', () =>
  expect(told(given(detected()))).toMatchObject({ anomalies: [{ rule: 'XM-6-1', article: '第六条第一款' }] }));

it('tells both days in the timeline, of a warning and of a card, where it was issued on a later one', () => {
  const said = (fact: ReturnType<typeof carded> | ReturnType<typeof warned>, on: string): string => {
    const [issued] = given({ ...fact, occurredAt: { on: legalDate(on) } }).facts;
    // Nothing but this fact of supervision was given.
    return sentence(issued as Recorded<SupervisionFact>, names);
  };
  const late = '某局的提供协助期限已于2026-10-09届满，届满时未见完成的记录；是否逾期由人认定。';
  expect(said(carded('red'), '2026-10-10')).toBe(`红牌：${late}`);
  expect(said(carded('red'), '2026-10-12')).toBe(`红牌（2026-10-10应亮红牌，2026-10-12补发）：${late}`);
  const soon = '预警：某局的提供协助期限将于2026-10-09届满';
  expect(said(warned(), '2026-10-08')).toBe(`${soon}。`);
  expect(said(warned(), '2026-10-09')).toBe(`${soon}（2026-10-08应预警，2026-10-09补发）。`);
});
