import type { Cast } from '../simulation.js';
import { by, type Act, type Scene } from '../story.js';
import { registerEntry } from './parts.js';

const NUMBER = '厦市监协函〔2026〕15号';

/** An urgent request by telephone on the eve of a holiday; its formalities follow, and what was said is recorded late. */
export const urgent = (cast: Cast): Scene => ({
  title: '紧急请求：电话提出，事后补办手续',
  reader: 'chen.handler',
  known: [
    { at: '2026-09-25', says: '已用电话提出请求，尚未登记送达' },
    { at: '2026-09-28', says: '已补录送达和提供协助，手续尚未补办' },
  ],
  acts: [...calling(cast), ...makingUp(cast)],
});

const request = (cast: Cast): object => ({
  requested: cast('wang.handler').organ,
  by: by(cast('chen.handler')),
  matter: '请立即派员到示例冷链公司，协助封存疑似有问题的冷冻肉品，防止转移',
  legalBasis: '《中华人民共和国食品安全法》第一百一十条',
  functionMatch: '维持现场秩序由公安机关负责',
  grounds: [
    { code: 'XM-10-2', particulars: [{ name: 'urgency', text: '货车已到场，当晚即将转移' }] },
    {
      code: 'XM-9-4',
      particulars: [
        { name: 'measure', text: '现场管控人员和车辆' },
        { name: 'authorisation', text: '人民警察法规定的现场管制' },
      ],
    },
  ],
  matterClasses: ['ordinary'],
  duration: 'temporary',
  form: 'emergency',
  emergency: {
    grounds: [{ code: 'evidenceMayBeLost' }, { code: 'publicSafety' }],
    channel: 'phone',
    caller: by(cast('chen.handler')),
    receiver: by(cast('wang.handler')),
  },
});

/** The call, and what was recorded of it days later. */
const calling = (cast: Cast): readonly Act[] => [
  { on: '2026-09-24', as: 'chen.handler', path: '', body: request(cast) },
  {
    on: '2026-09-24',
    recordedOn: '2026-09-28',
    as: 'wang.handler',
    path: 'receipts',
    body: { proof: { kind: 'callNote', note: '值班记录2026-0924-3' }, by: by(cast('wang.handler')) },
  },
  {
    on: '2026-09-24',
    recordedOn: '2026-09-28',
    as: 'wang.handler',
    path: 'acceptances',
    body: { by: by(cast('wang.handler')), onSpotPossible: true },
  },
  {
    on: '2026-09-24',
    recordedOn: '2026-09-28',
    as: 'wang.handler',
    path: 'provisions',
    body: {
      onSpot: true,
      performedScope: '到场维持秩序，协助封存冷库',
      signedInNameOf: cast('wang.handler').organ,
      by: by(cast('wang.handler')),
    },
  },
];

/** Formalities, feedback, registers and close. */
const makingUp = (cast: Cast): readonly Act[] => [
  { on: '2026-09-29', as: 'chen.handler', path: 'formalities', body: { documentNumber: NUMBER } },
  {
    on: '2026-09-30',
    as: 'wang.handler',
    path: 'feedback',
    body: {
      matter: '协助封存冷库',
      course: '9月24日夜间到场，21时封存完毕',
      result: '冷库已封存，封存物品完好',
      documentNumber: '厦公协复〔2026〕4号',
    },
  },
  ...(['chen.handler', 'wang.handler'] as const).map((as) => ({
    on: '2026-09-30',
    as,
    path: 'register-entries',
    body: registerEntry(as === 'chen.handler' ? '市监台账2026-35' : '公安台账2026-12', cast(as), {
      requestMadeOn: '2026-09-24',
      documentNumber: NUMBER,
      feedbackSummary: '冷库已封存，封存物品完好',
      feedbackOn: '2026-09-30',
    }),
  })),
  { on: '2026-10-08', as: 'chen.handler', path: 'closure', seen: true, body: {} },
];
