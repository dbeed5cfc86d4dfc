import type { Cast } from '../simulation.js';
import { by, eventOf, type Act, type Scene } from '../story.js';
import { ground, registerEntry } from './parts.js';

const NUMBER = '厦市监协函〔2026〕18号';

/** A request that is refused with reasons; what was handed over goes back, kind by kind, in two parts. */
export const refused = (cast: Cast): Scene => ({
  title: '不能提供协助：说明理由、退回资料',
  reader: 'zhang.handler',
  known: [{ at: '2026-10-12', says: '已告知不能提供协助，资料退回一种' }],
  acts: [...asking(cast), ...refusing(cast), ...ending(cast)],
});

const request = (cast: Cast): object => ({
  requested: cast('zhang.handler').organ,
  by: by(cast('huang.head')),
  matter: '协助核实示例夜市十二处摊点的实际经营者',
  legalBasis: '《厦门市行政协助管理办法》第九条第二项',
  functionMatch: '占道经营由城市管理部门管理',
  grounds: [ground('摊点管理台账', '台账由对方建立', '厦门市思明区城市管理局')],
  matterClasses: ['ordinary'],
  duration: 'temporary',
  form: 'written',
  documentNumber: NUMBER,
  materials: [
    { name: '摊点照片', copies: 12 },
    { name: '摊点名册', copies: 1 },
  ],
});

/** The request, and the class both sides agree on. */
const asking = (cast: Cast): readonly Act[] => [
  { on: '2026-09-21', as: 'chen.handler', path: '', body: request(cast) },
  {
    on: '2026-09-22',
    as: 'zhang.handler',
    path: 'receipts',
    body: { proof: { kind: 'systemLog', note: '公文系统收件2026-4410号' } },
  },
  {
    on: '2026-09-23',
    as: 'zhang.handler',
    path: 'class-disputes',
    body: { matterClasses: ['investigation'], reason: '须逐户走访、询问经营者' },
  },
  {
    on: '2026-09-24',
    as: 'zhang.handler',
    path: 'class-decisions',
    seen: true,
    body: {
      matterClasses: ['investigation'],
      deciders: [cast('chen.handler').organ, cast('zhang.handler').organ],
      reason: '双方协商一致',
    },
  },
];

/** The notice, and the materials on their way back. */
const refusing = (cast: Cast): readonly Act[] => [
  {
    on: '2026-10-08',
    as: 'zhang.handler',
    path: 'inability-notices',
    body: {
      kind: 'cannotProvide',
      cause: 'XM-12-3',
      particulars: [
        { name: 'justification', text: '所涉摊点半数在湖里区，本局无权前往' },
        { name: 'alternativeOrgan', text: '厦门市湖里区城市管理局' },
      ],
      reason: '所涉摊点半数在湖里区，由湖里区城市管理局协助更有效率',
      documentNumber: '思城管协复〔2026〕3号',
      by: by(cast('liu.head')),
    },
  },
  {
    on: '2026-10-09',
    as: 'zhang.handler',
    path: 'returns',
    body: (soFar) => ({
      returned: [{ handedOver: eventOf(soFar, 0), item: 0, copies: 12 }],
      receipt: '厦门市市场监督管理局收发室',
    }),
  },
  {
    on: '2026-10-13',
    as: 'zhang.handler',
    path: 'returns',
    body: (soFar) => ({
      returned: [{ handedOver: eventOf(soFar, 0), item: 1, copies: 1 }],
      receipt: '厦门市市场监督管理局收发室',
    }),
  },
];

/** Registers, close and archives. */
const ending = (cast: Cast): readonly Act[] => [
  ...(['chen.handler', 'zhang.handler'] as const).map((as) => ({
    on: '2026-10-13',
    as,
    path: 'register-entries',
    body: registerEntry(as === 'chen.handler' ? '市监台账2026-38' : '思城管台账2026-5', cast(as), {
      requestMadeOn: '2026-09-21',
      documentNumber: NUMBER,
      materials: [
        { name: '摊点照片', copies: 12 },
        { name: '摊点名册', copies: 1 },
      ],
    }),
  })),
  { on: '2026-10-14', as: 'zhang.handler', path: 'closure', seen: true, body: { note: '未予协助，资料已全部退回' } },
  {
    on: '2026-10-15',
    as: 'zhang.handler',
    path: 'archives',
    body: { location: '局办公室', archiveNumber: '城管2026-协-3' },
  },
  {
    on: '2026-10-15',
    as: 'chen.handler',
    path: 'archives',
    body: { location: '局档案室', archiveNumber: '市监2026-协-18' },
  },
];
