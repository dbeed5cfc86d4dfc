import { by, organ } from './register.js';

/** Bodies of commands as an officer would send them. The asking organ is 市场监督管理局, the asked one 生态环境局. */
export const ASKING = '厦门市市场监督管理局';
export const ASKED = '厦门市生态环境局';

type Body = Readonly<Record<string, unknown>>;

export const aRequest = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-17' },
  requested: organ(ASKED),
  matter: '请协助调取某企业二〇二六年第二季度排污监测记录',
  legalBasis: '《厦门市行政协助管理办法》第九条',
  grounds: [{ code: 'XM-9-2' }],
  matterClasses: ['ordinary'],
  form: 'written',
  documentNumber: '厦市监协函〔2026〕12号',
  ...changes,
});

export const aReceipt = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-18' },
  proof: { kind: 'stamp' },
  ...changes,
});

export const anAcceptance = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-21' },
  by: by('wu.handler'),
  ...changes,
});

export const aStep = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-22' },
  by: by('wu.handler'),
  step: '向监测站调取记录',
  ...changes,
});

export const anExtension = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-28' },
  by: by('xu.head'),
  circumstance: '监测数据须经第三方复核',
  ...changes,
});

export const aFiling = (extension: string, changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-29' },
  extension,
  filingNumber: '厦编办备〔2026〕3号',
  office: organ('中共厦门市委机构编制委员会办公室'),
  ...changes,
});

export const aProvision = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-12' },
  by: by('wu.handler'),
  performedScope: '提供二〇二六年四月至六月监测记录三份',
  signedInNameOf: organ(ASKED),
  documentNumber: '厦环协复〔2026〕7号',
  ...changes,
});

export const aFeedback = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-13' },
  matter: '调取排污监测记录',
  course: '九月二十二日向监测站调取，第三方复核',
  result: '三份记录均已提供',
  ...changes,
});

export const aClosure = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-14' },
  note: '协助已完成',
  ...changes,
});
