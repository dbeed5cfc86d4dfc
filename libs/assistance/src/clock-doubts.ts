import type { Flag, LegalDate } from '#libs/kernel';
import type { Kept } from './case-state.js';
import type { Start } from './clock-starts.js';
import type { Stop } from './clock-stops.js';
import type { FlagCode } from './flag-texts.js';

type Act = Omit<Kept, 'data'>;

/** A clock of days as it came out: what started and stopped it, and further help. */
interface Ran {
  readonly start: Start;
  readonly stop: Stop | undefined;
  readonly due: LegalDate | undefined;
  /** Provisions after the stop. */
  readonly parts: readonly Stop[];
}

/** 须由人核定: what makes a clock doubtful, by the rule of its limit. */
export const doubtsAbout = (rule: string, { start, stop, due, parts }: Ran): readonly Flag[] => [
  ...contested(rule, start),
  ...startUnknown(rule, start),
  ...inParts(rule, stop, parts),
  ...helpedAfterAll(rule, { stop, due }, parts),
  ...stopRecordedLate(rule, start, { stop, due }),
];

/** One flag a rival, naming both days: whoever is timed moves no clock unseen. */
const contested = (rule: string, { act, rivals }: Start): readonly Flag[] =>
  rivals.flatMap((rival) =>
    act ? [flag(rule, 'startContested', [act, rival], { start: act.on, other: rival.on })] : [],
  );

const inParts = (rule: string, stop: Stop | undefined, further: readonly Stop[]): readonly Flag[] =>
  stop?.by === 'provided' && further.length > 0
    ? [flag(rule, 'stoppedInParts', [stop.act, ...further.map(({ act }) => act)], { count: further.length + 1 })]
    : [];

/** Help that came after the limit in a case whose notice that none can be given had stopped it: whether the notice was true. */
const helpedAfterAll = (
  rule: string,
  { stop, due }: { readonly stop: Stop | undefined; readonly due: LegalDate | undefined },
  further: readonly Stop[],
): readonly Flag[] => {
  const help = stop?.by === 'cannotProvide' && due !== undefined && further.find(({ act }) => act.on > due);
  return stop && due && help
    ? [flag(rule, 'providedAfterRefusal', [help.act, stop.act], { due, refused: stop.act.on, provided: help.act.on })]
    : [];
};

/** An act of an unknown day may have started it, earlier than the one that is known to. */
const startUnknown = (rule: string, { act, undated }: Start): readonly Flag[] =>
  act && undated ? [flag(rule, 'startUnknown', [undated, act], { start: act.on, noted: undated.on })] : [];

/**
 * 补录 (recommended reading 4): it is said to have been stopped in time, and nobody recorded that before the limit, which was
 * on record as running, was out.
 */
const stopRecordedLate = (rule: string, { act }: Start, { stop, due }: Pick<Ran, 'stop' | 'due'>): readonly Flag[] =>
  stop && due !== undefined && stop.act.on <= due && isAfterLapse(stop.act, { start: act, due })
    ? [flag(rule, 'stopRecordedLate', [stop.act], { on: stop.act.on, due, recorded: stop.act.recordedOn })]
    : [];

/** Whether an act was recorded after a limit had ended whose start was on record by then. */
export const isAfterLapse = (
  { recordedOn }: Pick<Kept, 'recordedOn'>,
  { start, due }: { readonly start: Pick<Kept, 'recordedOn'> | undefined; readonly due: LegalDate | undefined },
): boolean => start !== undefined && due !== undefined && start.recordedOn <= due && due < recordedOn;

const flag = (rule: string, code: FlagCode, about: readonly Act[], values: NonNullable<Flag['values']>): Flag => ({
  rule,
  code,
  about: about.map(({ event }) => event),
  values,
});
