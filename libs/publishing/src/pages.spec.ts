import { chineseCalendar } from '#libs/law';
import { yearPage } from './pages.js';

type Page = { readonly provisional: boolean; readonly holidays: readonly { on: string; statute?: string }[] };
const pageOf = (year: number) => yearPage(chineseCalendar(), year) as Page;

it('a year with a notice tells which of its days off are statutory, by which provision, and which are not', () => {
  const { provisional, holidays } = pageOf(2026);
  expect(provisional).toBe(false);
  expect(holidays.filter(({ on, statute }) => on >= '2026-10' && statute !== undefined)).toEqual(
    ['01', '02', '03'].map((day) => ({
      on: `2026-10-${day}`,
      name: '国庆节',
      statute: '《全国年节及纪念日放假办法》（国务院令第795号）第二条第七项',
    })),
  );
  expect(holidays.at(-1)).toEqual({ on: '2026-10-07', name: '国庆节' });
});

it('a year without a notice tells its statutory holidays, provisionally', () => {
  const { provisional, holidays } = pageOf(2027);
  expect([provisional, holidays.length]).toEqual([true, 13]);
  expect(holidays.every(({ statute }) => statute !== undefined)).toBe(true);
});
