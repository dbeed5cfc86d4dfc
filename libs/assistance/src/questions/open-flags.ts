import { asked } from '#libs/kernel';
import { flagRows } from './flag-rows.js';

/** 未结的疑点: everything the records show for a person to look at, that nobody has decided on yet. */
export const openFlags = asked({
  name: 'open-flags',
  asks: '哪些疑点尚无人认定？',
  restsOn: {},
  ...flagRows(undefined),
});
