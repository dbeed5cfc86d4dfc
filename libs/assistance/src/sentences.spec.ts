import { derivedId, type Names, type Sealed, type Uuid } from '#libs/kernel';
import {
  accepted,
  closed,
  delivered,
  extended,
  fedBack,
  filed,
  law,
  organs,
  provided,
  requested,
  scene,
  step,
} from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../testing/src/specification/index.js';
import type { AssistanceFact } from './facts/index.js';
import { sentence } from './sentences.js';

const names: Names = {
  organ: (id) => law.organs.organs.get(id)?.name ?? id,
  person: (id) => law.organs.persons.get(id)?.name ?? id,
};

const said = (fact: Happened<AssistanceFact>): string => {
  const [recorded] = recordedAs<AssistanceFact>([fact], scene);
  return sentence(recorded!, names);
};

const sealed: Sealed = { sealed: 'x', subject: derivedId(['s']), iv: 'iv', ct: 'ct', keyHash: 'k' };

it.each<[string, Happened<AssistanceFact>]>([
  [
    '厦门市市场监督管理局向厦门市生态环境局提出协助请求（厦市监函〔2026〕88号）：请协助核查某企业的排污许可。',
    requested('2026-09-17'),
  ],
  [
    '厦门市市场监督管理局向厦门市生态环境局提出协助请求：请协助核查，涉及行政相对人〔已删除〕，希望于2026-09-30前办理。',
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
    '协助请求送达被请求机关，有送达凭证：收文章。',
    delivered('2026-09-18', { proof: { kind: 'stamp', note: '收文章' } }),
  ],
  ['协助请求送达被请求机关，有送达凭证。', delivered('2026-09-18')],
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

it('shows an id that is not registered as itself', () => {
  const stranger: Uuid = derivedId(['a stranger']);
  expect(said(requested('2026-09-17', { requested: stranger }))).toContain(`向${stranger}提出`);
  expect(names.organ(organs.market)).toBe('厦门市市场监督管理局');
});
