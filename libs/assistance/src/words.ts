import type { LimitUnit } from '#libs/law';

/** A number of days in words: 10个工作日, or 10日 where they are calendar days or nobody said which. */
export const inDays = (days: string | number, unit: string | undefined): string =>
  `${days}${unit === ('workingDay' satisfies LimitUnit) ? '个工作日' : '日'}`;

/**
 * Names of the codes that sentences speak: a sentence knows no pack. A code this product does not name is told as it is.
 */
const NAMES: Readonly<Record<string, string>> = {
  ordinary: '一般事项',
  execution: '协助执行',
  investigation: '协助调查',
  opinion: '协助出具意见',
  oral: '口头',
  phone: '电话',
  video: '视频',
  fax: '传真',
  email: '电子邮件',
  other: '其他',
};

const nameOf = (code: string): string => (Object.hasOwn(NAMES, code) ? (NAMES[code] ?? code) : code);

/** 事项类别. */
export const classNames = (codes: readonly string[]): string =>
  codes.length === 0 ? '未归类' : codes.map(nameOf).join('、');

/** 提出渠道. */
export const channelName = nameOf;
