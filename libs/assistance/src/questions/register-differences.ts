import { asked } from '#libs/kernel';
import { flagRows } from './flag-rows.js';

/** 台账是否一致: fields of the two sides' registers that differ or are missing; persons and archives differ by side. */
export const registerDifferences = asked({
  name: 'register-differences',
  asks: '双方的工作台账逐项是否一致，哪些项目不一致或者缺少？',
  restsOn: {
    checks: ['registerDates', 'registerDocuments', 'registerCounterparties', 'registerMaterials', 'registerFeedback'],
  },
  ...flagRows(['registerDiffers', 'registerLacks']),
});
