import { inShanghai, type Instant } from '#libs/kernel';

/** What a difference says, one sentence each. What is quoted are the system's own sentences. */
export const differenceTexts = {
  came: (sentence: string, recordedAt: Instant): string => `${inShanghai(recordedAt)}记入：${sentence}`,
  left: (sentence: string): string => `不再计入：${sentence}`,
  corrected: (before: string, after: string): string => `更正：先前为“${before}”，更正后为“${after}”`,
  correctedTime: (sentence: string, before: string, after: string): string =>
    `更正发生时间：“${sentence}”，先前为${before}，更正后为${after}。`,
  status: (before: string, after: string): string => `办理状态：先前为“${before}”，后来为“${after}”。`,
  changed: (before: string, after: string): string => `先前：${before}后来：${after}`,
  clockCame: (says: string): string => `新增时限：${says}`,
  clockLeft: (says: string): string => `不再有时限：${says}`,
  flagCame: (says: string): string => `新增疑点：${says}`,
  flagLeft: (says: string): string => `不再有疑点：${says}`,
  dutyCame: (says: string): string => `新增待办：${says}`,
  dutyLeft: (says: string): string => `不再有待办：${says}`,
  particular: (title: string, before: string, after: string): string => `${title}：先前为${before}，后来为${after}。`,
  nothing: '（未记）',
} as const;
