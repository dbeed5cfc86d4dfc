import { hasty, sound, trusting } from './defects.js';
import { scripted } from './scripted.js';
import { withViews } from './world.js';

/** One database for all: to open one takes longer than all that is done in it. */
it('a watch that has looked leads to every warning and card once, overtaken or dying before or after it recorded', async () => {
  await withViews(async (db) => {
    const whole = { kills: 6, amidWriting: 6, due: 9, lost: 0, unfounded: 0, doubled: 0, wrong: [] };
    expect(await scripted({ db, ledger: 'sound', watch: sound() })).toEqual(whole);
    // The first of a case opens its file, which nobody does twice; the cards after it are doubled.
    expect(await scripted({ db, ledger: 'trusting', watch: trusting() })).toMatchObject({ lost: 0, doubled: 2 });
    expect(await scripted({ db, ledger: 'hasty', watch: hasty() })).toMatchObject({ lost: 3, doubled: 0 });
  });
}, 120_000);
