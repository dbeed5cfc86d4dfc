import { parsed } from './checks.js';
import type { Operation } from './document.js';
import type { Came } from './send.js';

/** A list goes on for so many pages at most: longer ones are not read to their end. */
export const PAGES_MAX = 12;

/** Whether an operation answers with a list that may have other pages. */
export const isList = ({ method, parameters }: Operation): boolean =>
  method === 'get' && parameters.some(({ name }) => name === 'after');

/** Where the page after this answer is asked for; undefined on the last one, and of what is no page. */
export function nextPath(path: string, { status, text }: Came): string | undefined {
  const { next } = (parsed(text) ?? {}) as { readonly next?: unknown };
  if (status !== 200 || typeof next !== 'string') return undefined;
  const [root = '', asked = ''] = path.split('?');
  const query = new URLSearchParams(asked);
  query.set('after', next);
  return `${root}?${query.toString()}`;
}

/** Reads pages of one list, one after the other, and tells what is wrong with how they follow. */
export class Pages {
  private readonly seen = new Set<string>();

  constructor(private readonly path: string) {}

  faultsOf({ status, text }: Came): readonly string[] {
    const items = status === 200 ? itemsIn(parsed(text)) : [];
    const limit = Number(new URLSearchParams(this.path.split('?')[1] ?? '').get('limit') ?? Infinity);
    const twice = items.filter((item) => this.seen.has(item));
    items.forEach((item) => this.seen.add(item));
    return [
      ...(status === 200 ? [] : [`the page after was answered with ${status}`]),
      ...(items.length > limit ? [`${items.length} items on a page of ${limit}`] : []),
      ...twice.map((item) => `${item} stands on two pages`),
    ];
  }
}

/** What tells the items of a list apart, whatever changes of them in between. What is answered to a question has rows. */
function itemsIn(answer: unknown): readonly string[] {
  const told = (answer ?? {}) as Record<string, unknown>;
  // Figures are told all at once.
  if (told.figures !== undefined) return [];
  const lists = (told.rows === undefined ? Object.values(told) : [told.rows]).filter((member) => Array.isArray(member));
  return (lists as Record<string, unknown>[][]).flat().map((item) => {
    const { command, code, request, appointment, id, case: about, row, anomaly } = item;
    if (row !== undefined) return JSON.stringify([about, row]);
    if (anomaly !== undefined) return JSON.stringify(anomaly);
    return JSON.stringify(command === undefined ? (request ?? appointment ?? id ?? about) : [command, code]);
  });
}
