import type { Names } from '#libs/kernel';
import { obstacle, requested, scene } from '../../testing/src/specification/assistance-cases.js';
import { specification } from '../../testing/src/specification/index.js';
import { assistance } from './system.js';

const { given } = specification(assistance, scene);
const names: Names = { organ: () => '某局', person: () => '某人' };
const told = ({ state }: ReturnType<typeof given>) => assistance.particulars(state, names, scene.law);

it('keep the obstacle that led to the request, met first, when the request is there', () => {
  const [first, later] = [obstacle('2026-09-14'), obstacle('2026-09-15', { obstacle: '又一障碍', dateUnknown: true })];
  const { obstacle: met } = first.data;
  expect(told(given(later))).toMatchObject({ obstacle: '又一障碍', dateUnknown: true, status: 'obstacleNoted' });
  const asked = told(given(later, first, requested('2026-09-17')));
  expect(asked).toMatchObject({ obstacle: met, documentNumber: '厦市监函〔2026〕88号', status: 'requested' });
  expect(asked).not.toHaveProperty('dateUnknown');
  expect(told(given(requested('2026-09-17')))).not.toHaveProperty('obstacle');
});
