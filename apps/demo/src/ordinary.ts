import type { Cast } from './simulation.js';
import { by, eventOf, type Scene } from './story.js';

/** An ordinary case whose extended limit runs across National Day 2026 and its shifted weekends. */
export const ordinary = (cast: Cast): Scene => ({
  title: '依法办理：延长期限跨越 2026 年国庆节',
  reader: 'chen.handler',
  acts: [
    {
      on: '2026-09-14',
      as: 'chen.handler',
      path: '',
      body: request(cast),
    },
    { on: '2026-09-15', as: 'wu.handler', path: 'receipts', body: { proof: { kind: 'stamp', note: '收文章' } } },
    { on: '2026-09-16', as: 'wu.handler', path: 'acceptances', body: { by: by(cast('wu.handler')) } },
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
      body: { circumstance: '监测站设备检修，历史数据恢复尚需时日', by: by(cast('zheng.deputy')) },
    },
    {
      on: '2026-09-29',
      as: 'wu.handler',
      path: 'filings',
      body: (soFar) => ({ extension: eventOf(soFar, 4), filingNumber: '厦环备〔2026〕7号' }),
    },
    {
      on: '2026-10-15',
      as: 'wu.handler',
      path: 'provisions',
      body: {
        performedScope: '提供 2026 年 1 月至 9 月排污监测数据',
        signedInNameOf: cast('wu.handler').organ,
        documentNumber: '厦环协复〔2026〕9号',
      },
    },
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
    { on: '2026-10-20', as: 'chen.handler', path: 'closure', seen: true, body: {} },
  ],
});

/** 请求, as it was sent. */
const request = (cast: Cast): object => ({
  requested: cast('wu.handler').organ,
  by: by(cast('huang.head')),
  matter: '协助提供示例食品加工厂 2026 年以来的排污监测数据',
  legalBasis: '厦门市行政协助管理办法第九条第二项',
  grounds: [{ code: 'XM-9-2' }],
  matterClasses: ['ordinary'],
  duration: 'temporary',
  form: 'written',
  documentNumber: '厦市监协函〔2026〕12号',
  materials: [{ name: '现场检查笔录', copies: 1 }],
  counterparties: [{ name: '示例食品加工厂', address: '厦门市示例路 1 号' }],
});
