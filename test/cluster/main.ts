/**
 * `npm run -s bar:cluster -- --nodes <command>`: what the service acknowledged outlives the nodes of its EventStoreDB, and
 * what it does by itself is done once. KESU_TEST_EVENTSTORE names all nodes; the command is given `kill`, `start`, `pause`
 * or `resume` and the address of one. The last line of standard output holds the counts; the exit code is 0 only if nothing
 * was lost, doubled, left out or refused.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { Nodes } from './nodes.js';
import { troubled } from './rounds.js';

const ROUNDS = { quick: 8, full: 30 } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, nodes: { type: 'string', default: '' } },
  });
  const connection = process.env.KESU_TEST_EVENTSTORE ?? '';
  if (connection === '' || values.nodes === '') {
    console.error('集群检验没有进行：须由 KESU_TEST_EVENTSTORE 指明各节点，并以 --nodes 给出停启节点的命令。');
    process.exitCode = 3;
    return;
  }
  const nodes = new Nodes(connection, values.nodes);
  const { count, cards, troubles, followedWrong, viewsHold, reading } = await troubled({
    nodes,
    connection,
    rounds: ROUNDS[values.quick ? 'quick' : 'full'],
  });
  const { unexpected: refused, ...counts } = count;
  const { answers, slowestMs } = reading;
  const unexpected = [...refused, ...reading.unexpected];
  for (const what of unexpected.slice(0, 5)) console.error('  ', what);
  const { wrong, ...issued } = cards;
  for (const what of wrong.slice(0, 5)) console.error('  ', what);
  const told = {
    ...counts,
    unexpected: unexpected.length,
    followedWrong,
    viewsHold,
    cards: issued,
    troubles,
    reads: { answers, slowestMs },
  };
  console.log(JSON.stringify(told));
  const faults = counts.lost + counts.doubled + counts.unaccounted + unexpected.length + followedWrong;
  const misissued = issued.lost + issued.doubled + issued.unfounded;
  process.exitCode = counts.acknowledged > 0 && faults + misissued === 0 && viewsHold ? 0 : 1;
}

void main();
