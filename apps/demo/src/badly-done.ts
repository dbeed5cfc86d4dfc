import type { Cast } from './simulation.js';
import { by, type Scene } from './story.js';

/** A case done badly: late, extended twice, never filed, and fed back without a result. */
export const badlyDone = (cast: Cast): Scene => ({
  title: '办理不当：逾期、再次延长、未报备案',
  reader: 'chen.handler',
  acts: [
    {
      on: '2026-09-21',
      as: 'chen.handler',
      path: '',
      body: {
        requested: cast('wang.handler').organ,
        matter: '协助核实示例商行负责人的身份信息',
        matterClasses: ['ordinary'],
        form: 'written',
      },
    },
    {
      on: '2026-09-22',
      recordedOn: '2026-09-30',
      as: 'wang.handler',
      path: 'receipts',
      body: { proof: { kind: 'systemLog' } },
    },
    {
      on: '2026-10-12',
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
      body: { circumstance: '外省尚未答复', by: by(cast('li.deputy')) },
    },
    { on: '2026-11-03', as: 'wang.handler', path: 'provisions', body: { performedScope: '书面答复身份信息核实情况' } },
    { on: '2026-11-04', as: 'wang.handler', path: 'feedback', body: { matter: '核实身份信息' } },
    { on: '2026-11-05', as: 'chen.handler', path: 'closure', seen: true, body: {} },
  ],
});
