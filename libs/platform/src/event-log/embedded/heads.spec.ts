import { Heads } from './heads.js';

it('holds every stream’s head, however many there are', () => {
  const heads = new Heads();
  for (let number = 1; number <= 5000; number += 1) heads.set({ number, name: `kesu_a-${number}`, head: number * 2 });
  heads.set({ number: 17, name: 'kesu_a-17', head: 99 });
  expect(heads.streams).toBe(5000);
  expect(heads.numberOf('kesu_a-5000')).toBe(5000);
  expect(heads.headOf(5000)).toBe(10_000);
  expect(heads.headOf(17)).toBe(99);
  expect(heads.nameOf(17)).toBe('kesu_a-17');
  expect(heads.numberOf('kesu_a-5001')).toBeUndefined();
});

it('knows nothing after it was cleared', () => {
  const heads = new Heads();
  heads.set({ number: 1, name: 'kesu_a-1', head: 0 });
  heads.endAt(1);
  heads.clear();
  expect([heads.streams, heads.end, heads.numberOf('kesu_a-1')]).toEqual([0, 0, undefined]);
});
