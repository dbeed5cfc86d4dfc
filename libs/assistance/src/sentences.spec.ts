import { derivedId, type Sealed, type Uuid } from '#libs/kernel';
import {
  accepted,
  by,
  closed,
  delivered,
  extended,
  fedBack,
  filed,
  happened,
  names,
  organs,
  provided,
  requested,
  scene,
  step,
  unable,
  urgent,
} from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { sentence } from './sentences.js';

/** The sentence of the last of these facts, the others being those of its case. */
const said = (...facts: readonly Happened<AssistanceFact>[]): string => {
  const recorded = recordedAs<AssistanceFact>(facts, scene);
  return sentence(recorded.at(-1)!, names, recorded);
};

const sealed: Sealed = { sealed: 'x', subject: derivedId(['s']), iv: 'iv', ct: 'ct', keyHash: 'k' };

it.each<[string, Happened<AssistanceFact>]>([
  [
    '厦门市市场监督管理局向厦门市生态环境局提出协助请求（厦市监函〔2026〕88号）：请协助核查某企业的排污许可。',
    requested('2026-09-17'),
  ],
  [
    '厦门市市场监督管理局向厦门市生态环境局提出协助请求：请协助核查，涉及行政相对人〔已删除〕，希望于2026-09-30以前（含当日）办理。',
    requested('2026-09-17', {
      matter: '请协助核查。',
      documentNumber: null,
      counterparties: [{ subject: derivedId(['s']), name: '〔已删除〕' }],
      requestedDueOn: '2026-09-30' as never,
    }),
  ],
  [
    '厦门市市场监督管理局向厦门市生态环境局提出协助请求（厦市监函〔2026〕88号）：请协助核查某企业的排污许可，涉及行政相对人某公司、〔密封〕。',
    requested('2026-09-17', {
      counterparties: [
        { subject: derivedId(['s']), name: '某公司' },
        { subject: derivedId(['t']), name: sealed },
      ],
    }),
  ],
  [
    '协助请求送达被请求机关，送达凭证为收文章（2026-1187）。',
    delivered('2026-09-18', { proof: { kind: 'stamp', note: '2026-1187' } }),
  ],
  ['协助请求送达被请求机关，送达凭证为收文章。', delivered('2026-09-18')],
  ['协助请求送达被请求机关，尚无送达凭证。', delivered('2026-09-18', { proof: null })],
  ['厦门市生态环境局科员吴承办受理了协助请求。', accepted('2026-09-18')],
  ['被请求机关受理了协助请求。', { ...accepted('2026-09-18'), data: {} }],
  ['厦门市生态环境局科员吴承办办理：到现场核查。', step('2026-09-21')],
  ['厦门市生态环境局局长许局长批准延长协助期限，理由是样品检测尚未完成。', extended('2026-09-28')],
  [
    '厦门市生态环境局局长许局长批准延长协助期限5个工作日，理由是〔密封〕。',
    extended('2026-09-28', { days: 5, circumstance: sealed }),
  ],
  [
    '厦门市生态环境局局长许局长批准延长协助期限5日，理由是样品检测尚未完成。',
    extended('2026-09-28', { days: 5, unit: 'calendarDay' }),
  ],
  [
    '厦门市生态环境局局长许局长批准延长协助期限5日，理由是样品检测尚未完成。',
    extended('2026-09-28', { days: 5, unit: null }),
  ],
  ['延长期限的决定已报中共厦门市委机构编制委员会办公室备案，备案号备2026-7。', filed('2026-09-29')],
  ['延长期限的决定已报机构编制部门备案，备案号备2026-7。', filed('2026-09-29', { office: null })],
  [
    '厦门市生态环境局科员吴承办以厦门市生态环境局的名义提供了协助（环函9号）：提供排污许可档案。',
    provided('2026-09-28', { documentNumber: '环函9号' }),
  ],
  [
    '被请求机关当场提供了协助：提供排污许可档案。',
    provided('2026-09-28', { onSpot: true, by: null, signedInNameOf: null }),
  ],
  ['被请求机关书面反馈（厦环函〔2026〕12号）：许可有效。', fedBack('2026-09-29')],
  [
    '被请求机关书面反馈（环函10号）：调档并到现场核查。',
    fedBack('2026-09-29', { result: null, documentNumber: '环函10号' }),
  ],
  ['本案办结。', closed('2026-09-30')],
  ['本案办结：已归卷。', closed('2026-09-30', '已归卷')],
])('%s', (text, fact) => {
  expect(said(fact)).toBe(text);
});

const emergency = { grounds: [], channel: 'phone' };

it.each<[string, Happened<AssistanceFact>]>([
  [
    '因情况紧急，厦门市市场监督管理局科员陈承办以电话方式向厦门市生态环境局（接收人：科员吴承办）提出协助请求：请协助核查某企业的排污许可。',
    urgent('2026-09-17', { emergency: { ...emergency, caller: by.asker, receiver: by.handler } }),
  ],
  [
    '因情况紧急，厦门市市场监督管理局以电话方式向厦门市生态环境局提出协助请求：请协助核查某企业的排污许可。',
    urgent('2026-09-17', { emergency }),
  ],
])('says of an urgent request who told whom: %s', (text, fact) => {
  expect(said(fact)).toBe(text);
});

describe('beside the other facts of the case', () => {
  const request = requested('2026-09-17', {
    materials: [
      { name: '照片', copies: 12 },
      { name: sealed, copies: 1 },
    ],
  });
  const back = (handedOver: Uuid) =>
    happened('AssistanceMaterialsReturned', '2026-10-09', {
      returned: [
        { handedOver, item: 0, copies: 12 },
        { handedOver, item: 1, copies: 1 },
      ],
      receipt: '收发室',
    });

  it('names what was handed over, and what went back by the same names', () => {
    expect(said(request)).toMatch(/，随附照片12份、〔密封〕1份。$/);
    expect(said(request, back(derivedId(['fact', 0])))).toBe('被请求机关退回照片12份、〔密封〕1份，签收：收发室。');
    expect(said(back(derivedId(['nothing'])))).toBe(
      '被请求机关退回移交的第1种资料12份、移交的第2种资料1份，签收：收发室。',
    );
  });

  it('tells which extension was filed', () => {
    expect(said(extended('2026-09-28'), filed('2026-09-29', { office: null }))).toBe(
      '延长期限的决定（2026-09-28批准）已报机构编制部门备案，备案号备2026-7。',
    );
  });

  it('tells a first register entry from one that adds to it', () => {
    const entry = (side: 'requesting' | 'requested', data: object) =>
      happened('AssistanceRegisterEntryMade', '2026-09-20', { side, entryNumber: '台账7', ...data });
    const first = entry('requesting', { requestMadeOn: '2026-09-17', documentNumber: '函1号' });
    expect(said(first)).toBe('请求机关登记《行政协助请求工作台账》（台账7），记有请求提出日期、文号。');
    expect(said(first, entry('requested', {}))).toBe('被请求机关登记《行政协助请求工作台账》（台账7）。');
    expect(said(first, entry('requesting', { feedbackOn: '2026-10-01' }))).toBe(
      '请求机关补充登记《行政协助请求工作台账》（台账7），记有结果反馈情况。',
    );
  });
});

it('says by which article, and what it says, a person decided and help was declined', () => {
  const assessed = (rule: string) =>
    happened('AssistanceRuleAssessed', '2026-11-06', {
      rule,
      about: [],
      outcome: 'breached',
      reason: '一个多月没有办理',
    });
  expect(said(assessed('XM-4-1'))).toMatch(
    /^有权人员就第四条（大意：各机关都负协助义务，.*）作出认定：不符合要求，理由是一个多月没有办理。$/,
  );
  expect(said(assessed('XX-1'))).toBe('有权人员就规则XX-1作出认定：不符合要求，理由是一个多月没有办理。');
  expect(said(unable('2026-10-09'))).toMatch(
    /^被请求机关书面告知不能提供协助（.*），事由为第十二条第.项所列情形，理由是/,
  );
});

it('shows an id that is not registered as itself', () => {
  const stranger: Uuid = derivedId(['a stranger']);
  expect(said(requested('2026-09-17', { requested: stranger }))).toContain(`向${stranger}提出`);
  expect(names.organ(organs.market)).toBe('厦门市市场监督管理局');
});
