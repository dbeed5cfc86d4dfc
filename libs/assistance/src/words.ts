import type { LimitUnit } from '#libs/law';

/** A number of days in words: 10个工作日, or 10日 where they are calendar days or nobody said which. */
export const inDays = (days: string | number, unit: string | undefined): string =>
  `${days}${unit === ('workingDay' satisfies LimitUnit) ? '个工作日' : '日'}`;
