import type { Cast } from '../simulation.js';
import { by, eventOf, type Act, type Scene } from '../story.js';

/** A case done badly: asked late, extended late and again, never filed, fed back without a result, and found against. */
export const badlyDone = (cast: Cast): Scene => ({
  title: '办理不当：迟提请求、逾期延长且未备案、再次延长、迟提供',
  reader: 'chen.handler',
  known: [
    { at: '2026-09-29', says: '请求尚无送达记录，期限不能判断' },
    { at: '2026-10-16', says: '期限届满之后才批准延长' },
  ],
  explained: true,
  acts: [...asking(cast), ...failing(cast)],
});

/** Asked late, and the receipt recorded late. */
const asking = (cast: Cast): readonly Act[] => [
  {
    on: '2026-09-07',
    as: 'chen.handler',
    path: 'obstacles',
    body: { obstacle: '示例商行负责人身份无法核实' },
  },
  {
    on: '2026-09-22',
    as: 'chen.handler',
    path: 'requests',
    body: {
      requested: cast('wang.handler').organ,
      matter: '协助核实示例商行负责人的身份信息',
      matterClasses: ['ordinary'],
      form: 'written',
    },
  },
  {
    on: '2026-09-23',
    recordedOn: '2026-09-30',
    as: 'wang.handler',
    path: 'receipts',
    body: { proof: { kind: 'systemLog' } },
  },
];

/** What was done then, and what supervision found. */
const failing = (cast: Cast): readonly Act[] => [
  {
    on: '2026-10-15',
    as: 'wang.handler',
    path: 'extensions',
    seen: true,
    body: { circumstance: '需与外省核对', by: by(cast('li.deputy')) },
  },
  {
    on: '2026-10-26',
    as: 'wang.handler',
    path: 'extensions',
    seen: true,
    body: { circumstance: '外省尚未答复', by: by(cast('wang.handler')) },
  },
  { on: '2026-11-03', as: 'wang.handler', path: 'provisions', body: { performedScope: '书面告知身份信息核实情况' } },
  { on: '2026-11-04', as: 'wang.handler', path: 'feedback', body: { matter: '核实示例商行负责人的身份信息' } },
  { on: '2026-11-05', as: 'chen.handler', path: 'closure', seen: true, body: {} },
  {
    on: '2026-11-06',
    as: 'yang.supervisor',
    path: 'assessments',
    seen: true,
    body: (soFar) => ({
      rule: 'XM-4-1',
      about: [eventOf(soFar, 3), eventOf(soFar, 5)],
      outcome: 'breached',
      reason: '接到请求后一个多月没有任何办理记录，属于懈怠',
      by: by(cast('yang.supervisor')),
    }),
  },
];
