import { setTimeout as sleep } from 'node:timers/promises';
import type { ScheduledClock } from '#libs/kernel';
import {
  shippedCalendar,
  shippedPacks,
  STAGES,
  SUPERVISION,
  thresholdsIn,
  turnsOf,
  warningUntil,
  type Stage,
} from '#libs/law';
import type { FileAnswer } from '../../cli/src/print.js';
import type { Appointed, Recorded, Simulation } from './simulation.js';

/** A body that names what earlier acts of the story recorded, or what the case's file says by then. */
export type BodyAfter = (soFar: readonly Recorded[], file: object) => object;

/** One act of a story: recorded on the day it took place, unless `recordedOn` says later. */
export interface Act {
  readonly on: string;
  readonly recordedOn?: string;
  readonly as: string;
  /** Below the case's path; for the act that opens it, below the system's. */
  readonly path: string;
  /** A decision: If-Match is sent. */
  readonly seen?: true;
  readonly body: object | BodyAfter;
}

export interface Scene {
  readonly title: string;
  readonly reader: string;
  /** Days at whose end the case is told once more as it was known then. */
  readonly known: readonly { readonly at: string; readonly says: string }[];
  /** Whether the clocks that ran out are explained day by day, beside whose turn it was. */
  readonly explained?: true;
  readonly acts: readonly Act[];
}

/** 行为人 of an act, from an appointment. */
export const by = ({ person, organ, post }: Appointed): object => ({ person, organ, post });

/** The event an earlier act of the story recorded. */
export const eventOf = (soFar: readonly Recorded[], act: number): string => soFar[act]?.events[0]?.id ?? '';

/** The subjects of the counterparties the case's file names. */
export const subjectsOf = (file: object): readonly string[] =>
  (
    (file as { particulars?: { counterparties?: readonly { subject: string }[] } }).particulars?.counterparties ?? []
  ).map(({ subject }) => subject);

/** Plays all scenes at once, day by day, because time only moves forward. @returns the case of each scene. */
export async function played(simulation: Simulation, scenes: readonly Scene[]): Promise<readonly string[]> {
  const recorded: Recorded[][] = scenes.map(() => []);
  const acts = scenes
    .flatMap(({ acts }, scene) => acts.map((act) => ({ act, scene, day: act.recordedOn ?? act.on })))
    .toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  let today = '';
  for (const { act, scene, day } of acts) {
    if (day !== today) await broughtTo(day, simulation, scenes, casesOf(recorded));
    today = day;
    const soFar = recorded[scene] ?? [];
    const opened = soFar[0]?.case;
    const root = opened === undefined ? '/v1/assistance' : `/v1/assistance/${opened}`;
    const path = act.path === '' ? root : `${root}/${act.path}`;
    const body = isBodyAfter(act.body) ? act.body(soFar, await simulation.get<object>(act.as, root)) : act.body;
    const seen = act.seen ? soFar.at(-1)?.revision : undefined;
    soFar.push(await simulation.record(act.as, path, { occurredAt: { on: act.on }, ...body }, seen));
  }
  return casesOf(recorded);
}

const casesOf = (recorded: readonly (readonly Recorded[])[]): readonly string[] =>
  recorded.map(([first]) => first?.case ?? '');

/**
 * Moves time on to `day`, and waits until supervision has found what there is to find by then: what the demo prints must not
 * hang on how fast the machine is.
 * @throws Error when it has not within half a minute.
 */
export async function broughtTo(
  day: string,
  simulation: Simulation,
  scenes: readonly Scene[],
  cases: readonly string[],
): Promise<void> {
  await simulation.moveTo(day);
  const end = performance.now() + SUPERVISED_MS_MAX;
  for (const [index, { reader }] of scenes.entries()) {
    const path = `/v1/assistance/${cases[index]}`;
    if (!cases[index]) continue;
    while (!isSupervised(await simulation.get<FileAnswer>(reader, path))) {
      if (performance.now() > end) throw new Error(`电子监察在${SUPERVISED_MS_MAX / 1000}秒内没有跟上：${path}`);
      await sleep(50);
    }
  }
}

const SUPERVISED_MS_MAX = 30_000;

/** Whether every stage that a clock has come to is issued, and what flags the case is what supervision holds against it, one by one. */
function isSupervised({ assessment: { asOf, clocks, flags }, supervision }: FileAnswer): boolean {
  const { warnings, anomalies } = supervision ?? { warnings: [], anomalies: [] };
  const carded = clocks.every((clock) => {
    const isOf = (one: { readonly clock?: string; readonly due?: string }): boolean =>
      one.clock === clock.clock && one.due === clock.due;
    const cards = anomalies.filter(isOf).flatMap((one) => one.cards.map(({ colour }) => colour));
    const issued = [...cards, ...(warnings.some(isOf) ? ['warning'] : [])];
    return stagesCome(clock, asOf).every((stage) => issued.includes(stage));
  });
  const candidates = new Map(flags.filter(({ finding }) => !finding).map((flag) => [identityOf(flag), flag]));
  const found = anomalies.filter(({ code, open }) => code !== undefined && open);
  return carded && codesOf([...candidates.values()]) === codesOf(found);
}

/** 预警、黄牌、红牌 that should stand of a clock by `asOf`, by the thresholds and the calendar of this program. */
function stagesCome(clock: ScheduledClock, asOf: string): readonly Stage[] {
  const thresholds = thresholdsIn(shippedPacks().findLast(({ pack }) => pack.pack === 'XM')?.pack.systems[SUPERVISION]);
  const turns = thresholds ? turnsOf(clock, shippedCalendar().calendar, thresholds) : {};
  const come = STAGES.filter((stage) => (turns[stage] ?? '9999') <= asOf);
  const until = warningUntil(clock);
  return come.filter((stage) => stage !== 'warning' || (until !== undefined && asOf < until));
}

type Candidate = FileAnswer['assessment']['flags'][number];

const identityOf = ({ rule, code, about, holder, item }: Candidate): string =>
  [rule, code, ...about, holder, item].join();

const codesOf = (all: readonly { readonly rule: string; readonly code?: string }[]): string =>
  all
    .map(({ rule, code }) => `${rule} ${code}`)
    .sort()
    .join();

const isBodyAfter = (body: object | BodyAfter): body is BodyAfter => typeof body === 'function';
