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
  functionMatch: '排污监测由生态环境部门负责',
  grounds: [
    {
      code: 'XM-9-2',
      particulars: [
        { name: 'neededMaterials', text: '排污监测记录' },
        { name: 'whyNotHeld', text: '监测由对方实施' },
        { name: 'holder', text: ASKED },
      ],
    },
  ],
  matterClasses: ['ordinary'],
  duration: 'temporary',
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
  documentNumber: '厦环协复〔2026〕8号',
  ...changes,
});

export const anObstacle = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-10' },
  by: by('chen.handler'),
  obstacle: '自行调取监测记录未果',
  ...changes,
});

export const aForgoing = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-11' },
  reason: '已从企业取得记录',
  ...changes,
});

/** An urgent request, by telephone. */
export const anUrgentRequest = (changes: Body = {}): Body => {
  const { documentNumber: _number, ...rest } = aRequest();
  const emergency = { channel: 'phone', caller: by('chen.handler'), receiver: by('wu.handler') };
  return {
    ...rest,
    form: 'emergency',
    emergency: { grounds: [{ code: 'evidenceMayBeLost' }], ...emergency },
    ...changes,
  };
};

export const formalities = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-21' },
  documentNumber: '厦市监协函〔2026〕13号',
  ...changes,
});

export const moreMaterials = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-21' },
  materials: [{ name: '现场照片', copies: 3 }],
  ...changes,
});

export const aConfirmation = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-18' },
  by: by('wu.handler'),
  ...changes,
});

export const aClassDispute = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-21' },
  matterClasses: ['investigation'],
  reason: '须到现场调查',
  ...changes,
});

export const aClassDecision = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-22' },
  matterClasses: ['investigation'],
  deciders: [organ(ASKING), organ(ASKED)],
  ...changes,
});

export const aNotice = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-24' },
  by: by('wu.handler'),
  kind: 'cannotProvide',
  cause: 'XM-12-5',
  particulars: [{ name: 'resources', text: '须停用全部监测设备' }],
  reason: '设备不足',
  documentNumber: '厦环协复〔2026〕9号',
  ...changes,
});

export const aReturn = (handedOver: string, changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-28' },
  returned: [{ handedOver, item: 0, copies: 3 }],
  receipt: '请求机关收发室',
  ...changes,
});

export const aDeclaration = (changes: Body = {}): Body => ({ occurredAt: { on: '2026-09-28' }, ...changes });

export const anEntry = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-13' },
  entryNumber: '台账2026-1',
  requestMadeOn: '2026-09-17',
  documentName: '协助函',
  documentNumber: '厦市监协函〔2026〕12号',
  supervised: false,
  responsible: [{ ...by('wu.handler'), contact: '0592-0000000' }],
  ...changes,
});

export const anArchive = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-15' },
  location: '机关档案室',
  archiveNumber: '卷2026-1',
  ...changes,
});

export const aRegime = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-09-23' },
  activationDocument: '厦应急〔2026〕1号',
  plan: '厦门市防台风应急预案',
  ...changes,
});

export const aRegimeEnd = (changes: Body = {}): Body => ({ occurredAt: { on: '2026-09-28' }, ...changes });

export const anAssessment = (about: string, changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-14' },
  by: by('xu.head'),
  rule: 'XM-2-3',
  about: [about],
  outcome: 'met',
  reason: '在法定职权之内',
  ...changes,
});

export const aClosure = (changes: Body = {}): Body => ({
  occurredAt: { on: '2026-10-14' },
  note: '协助已完成',
  ...changes,
});
