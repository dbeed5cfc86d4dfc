import { Refusal, type RefusalDetail } from '#libs/kernel';
import type { Fault } from '#libs/law';

type Values = Readonly<Record<string, string | number>>;

/** 不予记录的理由: one Chinese sentence per code. The codes are part of the interface and never change their meaning. */
export const refusals = {
  LAW_APPROVER_IS_REQUESTER: () => '申请与批准须为不同的人：这项申请是您提出的，或者是您所代表的人提出的。',
  LAW_REQUEST_DECIDED: ({ on = '' }: Values) => `这项申请已于${on}作出决定，不能再次决定。`,
  LAW_REQUEST_UNKNOWN: () => '没有这一申请。',
  LAW_OUT_OF_AREA: () => '这一规则包适用的区划不在您所在机构编制部门的区划之内。',
  NOTICE_FAULTY: ({ count = '' }: Values) => `放假通知有${count}处错误，整份不予接受，请按 errors 逐项修改。`,
  NOTICE_NOT_LATEST: ({ number = '' }: Values) =>
    `这一年已有通知入账（${number}），须在 replaces 中写明所替代的正是这一份。`,
  NOTICE_REACHES_BACK: ({ year = '' }: Values) => `通知及于${year}年的日子，而${year}年尚无放假通知，请先将其入账。`,
  PACK_FAULTY: ({ count = '' }: Values) => `规则包有${count}处错误，整份不予接受，请按 errors 逐项修改。`,
} as const satisfies Readonly<Record<string, (values: Values) => string>>;

export type RefusalCode = keyof typeof refusals;

/** A refusal of this system. Its sentence stands above. */
export const refusal = (code: RefusalCode, detail: RefusalDetail): Refusal => new Refusal(code, detail);

/** Refused whole, with every fault at its place below `root`. */
export const faulty = (code: 'NOTICE_FAULTY' | 'PACK_FAULTY', root: string, faults: readonly Fault[]): Refusal =>
  refusal(code, {
    kind: 'malformed',
    pointer: root,
    values: { count: faults.length },
    faults: faults.map(({ at, says }) => ({ pointer: `${root}${at}`, message: says })),
  });
