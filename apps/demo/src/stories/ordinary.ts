import type { Cast } from '../simulation.js';
import { by, eventOf, subjectsOf, type Act, type Scene } from '../story.js';
import { ground, registerEntry } from './parts.js';

const NUMBER = '厦市监协函〔2026〕12号';

/** An ordinary case, from the obstacle to both archives; its extended limit runs across National Day 2026. */
export const ordinary = (cast: Cast): Scene => ({
  title: '依法办理：延长后的期限跨2026年国庆节假期',
  reader: 'chen.handler',
  known: [
    { at: '2026-09-20', says: '请求已送达，延长尚未批准' },
    { at: '2026-10-12', says: '延长已批准' },
  ],
  acts: [...asking(cast), ...helping(cast), ...ending()],
});

/** 请求, as it was sent. */
const request = (cast: Cast): object => ({
  requested: cast('wu.handler').organ,
  by: by(cast('huang.head')),
  matter: '协助提供示例食品加工厂2026年以来的排污监测数据',
  legalBasis: '《厦门市行政协助管理办法》第九条第二项',
  functionMatch: '排污监测由生态环境部门负责',
  grounds: [ground('排污监测数据', '监测由对方实施', '厦门市生态环境局')],
  matterClasses: ['ordinary'],
  duration: 'temporary',
  form: 'written',
  documentNumber: NUMBER,
  materials: [{ name: '现场检查笔录', copies: 1 }],
  counterparties: [{ name: '示例食品加工厂', address: '厦门市示例路1号' }],
});

/** From the obstacle to the receipt, and both registers. */
const asking = (cast: Cast): readonly Act[] => [
  {
    on: '2026-09-09',
    recordedOn: '2026-09-10',
    as: 'chen.handler',
    path: 'obstacles',
    body: { obstacle: '企业拒绝提供排污监测数据，本局没有监测职能' },
  },
  { on: '2026-09-14', as: 'chen.handler', path: 'requests', body: request(cast) },
  {
    on: '2026-09-14',
    as: 'chen.handler',
    path: 'register-entries',
    body: registerEntry('市监台账2026-31', cast('chen.handler'), {
      requestMadeOn: '2026-09-14',
      documentNumber: NUMBER,
      materials: [{ name: '现场检查笔录', copies: 1 }],
    }),
  },
  { on: '2026-09-15', as: 'wu.handler', path: 'receipts', body: { proof: { kind: 'stamp', note: '收文2026-1187号' } } },
  {
    on: '2026-09-15',
    as: 'wu.handler',
    path: 'register-entries',
    body: registerEntry('环境台账2026-77', cast('wu.handler'), {
      requestMadeOn: '2026-09-14',
      documentNumber: NUMBER,
      materials: [{ name: '现场检查笔录', copies: 1 }],
    }),
  },
];

/** Work, and the extension with its filing. */
const helping = (cast: Cast): readonly Act[] => [
  {
    on: '2026-09-16',
    as: 'wu.handler',
    path: 'acceptances',
    body: { by: by(cast('wu.handler')), onSpotPossible: false },
  },
  {
    on: '2026-09-21',
    as: 'wu.handler',
    path: 'steps',
    body: { step: '向监测站调取在线监测记录', by: by(cast('wu.handler')) },
  },
  {
    on: '2026-09-28',
    as: 'wu.handler',
    path: 'extensions',
    seen: true,
    body: {
      circumstance: '监测站设备检修，历史数据恢复尚需时日',
      documentNumber: '厦环批〔2026〕6号',
      by: by(cast('zheng.deputy')),
    },
  },
  {
    on: '2026-09-29',
    as: 'wu.handler',
    path: 'filings',
    body: (soFar) => ({ extension: eventOf(soFar, 7), filingNumber: '厦环备〔2026〕7号' }),
  },
  {
    on: '2026-10-15',
    as: 'wu.handler',
    path: 'provisions',
    body: {
      performedScope: '2026年1月至9月排污监测数据',
      signedInNameOf: cast('wu.handler').organ,
      documentNumber: '厦环协复〔2026〕9号',
      by: by(cast('wu.handler')),
    },
  },
];

/** Feedback, registers, close and archives. */
const ending = (): readonly Act[] => [
  {
    on: '2026-10-16',
    as: 'wu.handler',
    path: 'feedback',
    body: {
      matter: '提供排污监测数据',
      course: '调取在线监测记录并由监测站核对',
      result: '已提供全部监测数据',
      documentNumber: '厦环协复〔2026〕9号',
    },
  },
  ...(['chen.handler', 'wu.handler'] as const).map((as) => ({
    on: '2026-10-19',
    as,
    path: 'register-entries',
    body: (_soFar: unknown, file: object) => ({
      entryNumber: as === 'chen.handler' ? '市监台账2026-31' : '环境台账2026-77',
      counterparties: subjectsOf(file).map((subject) => ({ subject, contact: '0592-0000031' })),
      feedbackSummary: '已提供全部监测数据',
      feedbackOn: '2026-10-16',
    }),
  })),
  { on: '2026-10-20', as: 'chen.handler', path: 'closure', seen: true, body: {} },
  {
    on: '2026-10-21',
    as: 'wu.handler',
    path: 'archives',
    body: { location: '局档案室', archiveNumber: '环2026-协-9' },
  },
  {
    on: '2026-10-22',
    as: 'chen.handler',
    path: 'archives',
    body: { location: '局档案室', archiveNumber: '市监2026-协-12' },
  },
];
