import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actRoutes } from './assistance.controller.js';
import { assistance } from './system.js';

/* A stranger can say from the README what each act does, over which route, by which article and who records it. */
const rows = readFileSync(join(__dirname, '../README.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rowOf = (fact: string) => rows.find((cells) => cells.length === 8 && cells[3] === `\`${fact}\``) ?? [];
const factOf = (command: unknown) => assistance.decider.decisions.find((row) => row.command === command)?.records ?? '';

it.each(actRoutes)('the route of $path is told beside its fact', ({ path, command }) => {
  const route = `POST /v1/assistance${path === '' ? '' : `/${path.replace(':id', '{id}')}`}`;
  expect(rowOf(factOf(command))[2]?.split(', ')).toContain(`\`${route}\``);
});

const facts = [...Object.entries(assistance.policy), ...Object.entries(assistance.common?.grants ?? {})];

it.each(facts.map(([fact]) => fact))('%s is told with its article, and who records it', (fact) => {
  const [, does = '', , , article = '', side = '', roles = ''] = rowOf(fact);
  for (const cell of [does, article, side, roles]) expect(cell).not.toBe('');
});

it.each(Object.entries(assistance.policy))(
  '%s is told of the side and roles that may record it',
  (fact, { record }) => {
    const [, , , , , side = '', roles = ''] = rowOf(fact);
    const sides = ['requesting', 'requested'].filter((name) => record.relations.includes(name as never));
    expect(side).toContain(sides.length === 2 ? 'either' : (sides[0] ?? 'the service'));
    expect(roles.includes('clerk')).toBe(record.roles.includes('clerk'));
    expect(roles.includes('officers')).toBe(record.roles.includes('handler'));
  },
);
