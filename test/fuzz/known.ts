import { createHash } from 'node:crypto';
import { ORGANS, POSTS } from '../simulation/cast.js';
import type { Chance } from '../simulation/chance.js';
import { codesOf, RULES } from '../simulation/naive/codes.js';

interface KnownCase {
  /** The newest there is. */
  readonly revision: number;
  /** Who opened it, and whom it asks where that is known. */
  readonly organs: readonly string[];
}

interface Focus {
  readonly about: string | undefined;
  readonly path: string;
  readonly organ: string;
}

/** What has been told so far, and so can be said again: in its own place, or where it does not belong. */
export class Known {
  readonly cases = new Map<string, KnownCase>();
  /** Newest version of what is asked about below a path that is no case's. */
  readonly revisions = new Map<string, number>();
  /** Ids of facts, those of each case together. */
  readonly events = new Map<string, string[]>();
  readonly commands: string[] = [];
  /** Files of supervision that lists told. */
  readonly supervised = new Set<string>();
  /** Files that were brought, and by which organ: it alone may cite them. */
  readonly files = new Map<string, string>();
  /** Files that facts cite, of each case. */
  readonly cited = new Map<string, string[]>();
  /** Of each list, by its path. */
  readonly cursors = new Map<string, string[]>();
  /** The case and the path that are about to be asked, and the organ that asks. */
  focus: Focus = { about: undefined, path: '', organ: '' };
  readonly today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

  constructor(private readonly chance: Chance) {}

  /** An id for a field of this name: mostly of the kind it asks for. */
  id(name: string): string {
    const { chance } = this;
    if (chance.is(0.05)) return chance.pick(this.everyId());
    if (/person/i.test(name)) return chance.pick(POSTS).person;
    if (/appointment/i.test(name)) return chance.pick(POSTS).id;
    if (/organ|requested|office|signed|decider|superior/i.test(name)) return this.organ(name);
    if (/command/i.test(name) && this.commands.length > 0) return chance.pick(this.commands);
    if (/^(id|case)$/i.test(name) && this.cases.size > 0) return chance.pick([...this.cases.keys()]);
    const own = this.events.get(this.focus.about ?? '') ?? [];
    return chance.pick(own.length > 0 ? own : this.everyId());
  }

  /** An organ is often the one that asks; one that is asked, or above it, is another. */
  private organ(name: string): string {
    const { chance, focus } = this;
    const own = name === 'organ' && focus.organ !== '' && chance.is(0.4);
    return own ? focus.organ : chance.pick(Object.values(ORGANS)).id;
  }

  private everyId(): readonly string[] {
    const { cases, events, commands } = this;
    return [
      ...Object.values(ORGANS).map(({ id }) => id),
      ...POSTS.flatMap(({ id, person }) => [id, person]),
      ...[...cases.keys()].slice(-20),
      ...[...events.values()].flat().slice(-20),
      ...commands.slice(-20),
      '90000000-0000-4000-8000-000000000000',
    ];
  }

  supervisionFile(): string {
    return this.supervised.size > 0 && this.chance.is(0.95) ? this.chance.pick([...this.supervised]) : this.id('none');
  }

  /** A code for a field of this name. */
  code(name: string): string {
    const list = LISTS[name] ?? '';
    return list === 'rules'
      ? this.chance.pick(Object.keys(RULES))
      : this.chance.pick([...codesOf(list), ...this.others(list)]);
  }

  private others(list: string): readonly string[] {
    return codesOf(list).length === 0 ? ['requested', 'closed', 'x-1', 'ITEM.7'] : [];
  }

  /** The files that the organ may cite which is about to ask. */
  get citable(): readonly string[] {
    return [...this.files].filter(([, organ]) => organ === this.focus.organ).map(([digest]) => digest);
  }

  /** Of a file, where one is named: mostly one that the asking organ may cite. */
  digest(): string {
    const { chance, citable, files } = this;
    const own = chance.is(0.9) ? citable : [...files.keys()];
    return own.length > 0 && chance.is(0.95) ? chance.pick(own) : sha256(`none ${chance.draw()}`);
  }

  /** Of a file to be read back: mostly one that the case cites. */
  citedDigest(): string {
    const cited = this.cited.get(this.focus.about ?? '') ?? [];
    return cited.length > 0 && this.chance.is(0.9) ? this.chance.pick(cited) : this.digest();
  }

  /** A cursor of the list that is asked, where one was told. */
  cursor(): string | undefined {
    const told = this.cursors.get(this.focus.path) ?? [];
    return told.length > 0 ? this.chance.pick(told) : undefined;
  }

  /** That of a day of the last weeks. */
  quarter(): string {
    const [year, month] = this.day().split('-');
    return `${year}Q${Math.ceil(Number(month) / 3)}`;
  }

  /** A day of the last weeks. */
  day(): string {
    return dayBefore(this.today, this.chance.between(0, 40));
  }
}

const LISTS: Readonly<Record<string, string>> = {
  code: 'grounds',
  matterClasses: 'matterClasses',
  duration: 'durations',
  form: 'forms',
  channel: 'emergencyChannels',
  kind: 'deliveryProofs',
  cause: 'inabilityCauses',
  name: 'particulars',
  rule: 'rules',
  violatedRule: 'rules',
};

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const dayBefore = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
