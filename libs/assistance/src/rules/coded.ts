import type { CodeEntry, SystemRules } from '#libs/law';
import type { Kept } from '../case-state.js';
import type { CodedGround, Particular } from '../facts/index.js';
import { flags, flagsAlways, finding } from './check.js';

/** What a code stands for in the pack's list. */
export const entryOf = (rules: SystemRules, list: string, code: string | undefined): CodeEntry | undefined =>
  code === undefined ? undefined : rules.codes[list]?.find((known) => known.code === code);

/** What is found of a code: for the rule it stands for, and apart from what is found of another. */
const of = ({ rule, code }: CodeEntry) => ({ rule, item: code });

/** The names, for people, of what `entry` asks for and `given` does not have. */
function missingOf(
  rules: SystemRules,
  { asks = [] }: CodeEntry,
  given: readonly Particular[] = [],
): string | undefined {
  const missing = asks.filter((asked) => !given.some(({ name }) => name === asked));
  const names = missing.map((name) => entryOf(rules, 'particulars', name)?.name ?? name);
  return names.length > 0 ? names.join('、') : undefined;
}

/** Each code of `grounds` whose particulars are not on record, for the rule the code stands for. */
const unexplained = (rules: SystemRules, act: Kept, grounds: readonly CodedGround[], list = 'grounds') =>
  grounds.flatMap(({ code, particulars }) => {
    const entry = entryOf(rules, list, code);
    const missing = entry && missingOf(rules, entry, particulars);
    return missing ? [finding('groundUnexplained', [act], { ground: entry.name, missing }, of(entry))] : [];
  });

/** 请求情形的说明 (XM-9-1 to XM-9-6, XM-10-1 to XM-10-3): what each ground asks to be told, and is not on record. */
export const groundsExplained = flags(({ facts, rules }) =>
  facts.AssistanceRequested.flatMap((request) => unexplained(rules, request, request.data.grounds)),
);

/** 应当请求而决定不请求 (XM-10-1 to XM-10-3, 第十条): a ground that binds to ask stands beside a decision not to. */
export const mandatoryAsked = flagsAlways(({ facts, rules, request }) => {
  if (request) return [];
  const binding = (code: string): CodeEntry | undefined => {
    const mandatory = rules.values.mandatoryGrounds;
    return Array.isArray(mandatory) && mandatory.includes(code) ? entryOf(rules, 'grounds', code) : undefined;
  };
  return facts.AssistanceRequestForgone.flatMap((forgone) =>
    facts.AssistanceObstacleNoted.flatMap((obstacle) =>
      (obstacle.data.grounds ?? []).flatMap(({ code }) => {
        const entry = binding(code);
        return entry ? [finding('mandatoryForgone', [forgone, obstacle], { ground: entry.name }, of(entry))] : [];
      }),
    ),
  );
});

/** 其他情形: a ground whose list the text leaves open. It is lawful as it stands: shown to a person, and no anomaly. */
export const openGround = flags(({ request, rules }) =>
  (rules.codes.grounds ?? [])
    .filter(({ code, open }) => open && request.data.grounds.some((ground) => ground.code === code))
    .map((entry) => finding('openGround', [request], { ground: entry.name }, { ...of(entry), informs: true })),
);

/** 事由的说明 (XM-12-1 to XM-12-5, XM-13-1, XM-13-2): what the cause of an inability asks to be told, and is not on record. */
export const causeExplained = flags(({ facts, rules }) =>
  facts.AssistanceInabilityNotified.flatMap((notice) => {
    const entry = entryOf(rules, 'inabilityCauses', notice.data.cause);
    const missing = entry && missingOf(rules, entry, notice.data.particulars);
    return missing ? [finding('causeUnexplained', [notice], { cause: entry.name, missing }, of(entry))] : [];
  }),
);
