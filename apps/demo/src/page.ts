import {
  asKnown,
  casePage,
  explanationPage,
  turnLines,
  type ClocksAnswer,
  type CustodyAnswer,
  type FileAnswer,
  type TimelineAnswer,
} from '../../cli/src/print.js';
import type { Simulation } from './simulation.js';
import type { Scene } from './story.js';

/** Stands before what was known of a case at earlier instants. */
export const LOOKED_BACK = '回看当时所知';

/** A case of the demo as a person reads it: what happened, what holds now, and what was known when. */
export async function pageOf(simulation: Simulation, scene: Scene, id: string): Promise<string> {
  const path = `/v1/assistance/${id}`;
  const get = <T>(part: string): Promise<T> => simulation.get<T>(scene.reader, `${path}${part}`);
  const timeline = await get<TimelineAnswer>('/timeline');
  const pages = [`【${scene.title}】\n`, casePage(timeline, await get<FileAnswer>(''))];
  if (scene.explained) {
    pages.push(['责任链', ...turnLines(await get<CustodyAnswer>('/custody')), ''].join('\n'));
    pages.push(explanationPage(await get<ClocksAnswer>('/clocks')));
  }
  pages.push(`${LOOKED_BACK}\n`);
  for (const { at, says } of scene.known)
    pages.push(asKnown(`截至${at}当日终了（${says}）`, timeline, await get<FileAnswer>(`?knownAt=${at}`)));
  return pages.join('');
}
