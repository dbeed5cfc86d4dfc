import { addDays, dayOfOccurrence, endOfDay, type LegalDate, type Schedule, type Turn } from '#libs/kernel';
import type { AssistanceCase } from '#libs/assistance';
import type { LawBook, SystemRules } from '#libs/law';
import type { Played, Stage } from './stage.js';

/** A product with something wrong in it. */
export type Planted = (stage: Stage) => Stage;

type Facts = AssistanceCase['facts'];

const system =
  (change: (system: Played) => Partial<Played>): Planted =>
  (stage) => ({ ...stage, system: { ...stage.system, ...change(stage.system) } });

/** The schedule is made of other facts, or is changed once it was made. */
const scheduled = (
  facts: (facts: Facts) => Partial<Facts>,
  after: (schedule: Schedule, sound: Schedule) => Schedule = (schedule) => schedule,
): Planted =>
  system(({ schedule }) => ({
    schedule: (state, law) =>
      after(schedule({ ...state, facts: { ...state.facts, ...facts(state.facts) } }, law), schedule(state, law)),
  }));

/** The turns of other facts, or turns that are changed once they were told. */
const held = (
  facts: (facts: Facts) => Partial<Facts>,
  after: (turns: readonly Turn[]) => readonly Turn[] = (turns) => turns,
): Planted =>
  system(({ custody }) =>
    custody
      ? {
          custody: {
            ...custody,
            line: (state, law) =>
              after(custody.line({ ...state, facts: { ...state.facts, ...facts(state.facts) } }, law)),
          },
        }
      : {},
  );

const pack =
  (change: (rules: SystemRules) => Partial<SystemRules>): Planted =>
  (stage) => ({
    ...stage,
    law: {
      ...stage.law,
      editions: stage.law.editions.map((edition) => {
        const rules = edition.pack.systems['assistance'];
        const systems = rules ? { assistance: { ...rules, ...change(rules) } } : {};
        return { ...edition, pack: { ...edition.pack, systems } };
      }),
    },
  });

const values = (change: SystemRules['values']): Planted =>
  pack((rules) => ({ values: { ...rules.values, ...change } }));

const calendar =
  (change: (year: LawBook['calendar']['years'][number]) => Partial<LawBook['calendar']['years'][number]>): Planted =>
  (stage) => {
    const { calendar: shipped } = stage.law;
    const years = shipped.years.map((year) => ({ ...year, ...change(year) }));
    return { ...stage, law: { ...stage.law, calendar: { ...shipped, years } } };
  };

const earlier = <K extends { readonly on: LegalDate }>(kept: readonly K[]): readonly K[] =>
  kept.map((one) => ({ ...one, on: addDays(one.on, -1) }));

/** Only the day a clock ends on is taken from the wrong schedule. */
const onlyDue = (wrong: Schedule, sound: Schedule): Schedule => ({
  ...sound,
  clocks: sound.clocks.map((clock, at) => {
    const due = wrong.clocks[at]?.due;
    return clock.due === undefined || due === undefined ? clock : { ...clock, due, lateFrom: endOfDay(due) };
  }),
});

/** What could go wrong, each as one small change. */
export const PLANTED: Readonly<Record<string, Planted>> = {
  'the first day is counted': scheduled(
    ({ AssistanceRequestDelivered: delivered, AssistanceObstacleNoted: obstacles }) => ({
      AssistanceRequestDelivered: earlier(delivered),
      AssistanceObstacleNoted: earlier(obstacles),
    }),
    onlyDue,
  ),
  'the clock starts anew at acceptance': scheduled(
    ({ AssistanceAccepted: accepted, AssistanceRequestDelivered: own }) => ({
      AssistanceRequestDelivered:
        accepted.length > 0 ? accepted.map(({ data: _data, ...act }) => ({ ...act, data: {} })) : own,
    }),
  ),
  'the clock stops at feedback': scheduled(({ AssistanceProvided: provided, AssistanceFeedbackGiven: [feedback] }) => ({
    AssistanceProvided: feedback ? provided.map((act) => ({ ...act, on: feedback.on })) : provided,
  })),
  'a notice about the manner ends the clock': scheduled(({ AssistanceInabilityNotified: notices }) => ({
    AssistanceInabilityNotified: notices.map((act) => ({
      ...act,
      data: { ...act.data, kind: 'cannotProvide' as const },
    })),
  })),
  'any delivery counts, also without proof': scheduled(({ AssistanceRequestDelivered: delivered }) => ({
    AssistanceRequestDelivered: delivered.map(({ data: _data, ...act }) => ({ ...act, data: {} })),
  })),
  'a second extension moves the day': pack(({ clocks }) => ({
    clocks: clocks.map((clock) =>
      clock.extension ? { ...clock, extension: { ...clock.extension, maxCount: 2 } } : clock,
    ),
  })),
  'any officer may approve an extension': values({ extensionApproverRoles: ['head', 'deputyHead', 'handler'] }),
  'no class has the longer limit': values({ specialClasses: [] }),
  'clocks run on in an emergency': values({ emergencyRegimeSuspends: false }),
  'a ground of article 10 binds nobody': values({ mandatoryGrounds: [] }),
  'holidays are counted': calendar(() => ({ holidays: [] })),
  'worked weekends are not counted': calendar(() => ({ worked: [] })),
  'it is late on the last day': scheduled(
    () => ({}),
    (schedule) => ({
      ...schedule,
      clocks: schedule.clocks.map((clock) =>
        clock.due === undefined ? clock : { ...clock, lateFrom: endOfDay(addDays(clock.due, -1)) },
      ),
    }),
  ),
  'acts are taken in the order they were recorded': system(({ decider }) => ({
    decider: {
      ...decider,
      evolve: Object.fromEntries(
        Object.entries(decider.evolve).map(([type, evolve]) => [
          type,
          (state: AssistanceCase, fact: Parameters<typeof evolve>[1]) => {
            const after = (evolve as (state: AssistanceCase, fact: object) => AssistanceCase)(state, fact);
            const own = after.facts[type as keyof Facts];
            const facts = { ...after.facts, [type]: [...own].sort((a, b) => a.revision - b.revision) };
            return { ...after, facts };
          },
        ]),
      ) as unknown as Played['decider']['evolve'],
    },
  })),
  'a case can be closed twice': decided('CloseCase', ({ AssistanceClosed: _closed, ...facts }) => ({
    ...facts,
    AssistanceClosed: [],
  })),
  'a registry may approve an extension': system(({ policy }) => ({
    policy: {
      ...policy,
      AssistanceExtensionApproved: {
        ...policy.AssistanceExtensionApproved,
        record: { relations: ['requested'], roles: ['head', 'deputyHead', 'handler', 'clerk'] },
      },
    },
  })),
  'it is the other organ’s turn from acceptance on': held(({ AssistanceRequestDelivered: _all }) => ({
    AssistanceRequestDelivered: [],
  })),
  'help that is given ends the turn of who gave it': held(
    () => ({}),
    (turns) => turns.filter(({ task }) => task !== 'feedingBack'),
  ),
  'feedback of before the last help covers it': held(({ AssistanceProvided: [provided] }) => ({
    AssistanceProvided: provided ? [provided] : [],
  })),
  'materials may stay where they are': held(() => ({ AssistanceMaterialsHandedOver: [] })),
  'no turn stands still in an emergency': held(
    () => ({}),
    (turns) => turns.filter(({ suspended }, at) => !suspended || at === 0),
  ),
  'a turn begins a day late': held(
    () => ({}),
    (turns) => turns.map((turn) => ({ ...turn, from: { on: addDays(dayOfOccurrence(turn.from), 1) } })),
  ),
  'the first who was named stays in charge': held(
    () => ({}),
    (turns) =>
      turns.map((turn) => ({
        ...turn,
        holders: turn.holders.map(({ organ, officers }) => ({ organ, officers: officers.slice(0, 1) })),
      })),
  ),
  'one archive is enough for both': held(({ AssistanceArchived: [archived] }) => ({
    AssistanceArchived: archived
      ? [
          archived,
          { ...archived, data: { ...archived.data, side: 'requested' as const } },
          { ...archived, data: { ...archived.data, side: 'requesting' as const } },
        ]
      : [],
  })),
  'working steps are shown at once': system(({ views }) => ({
    views: views.map((view) => ({
      ...view,
      rowsOf: (moved) => view.rowsOf(moved).map((row) => (row.audience ? { ...row, audience: 'parties' } : row)),
    })),
  })),
  'a district supervises the whole city': system(({ relation }) => ({
    relation: (state, viewer, law) =>
      relation(state, viewer, {
        ...law,
        organs: {
          ...law.organs,
          organs: new Map([...law.organs.organs].map(([id, organ]) => [id, { ...organ, region: '350200' }])),
        },
      }),
  })),
};

/** The decision on `command` looks at other facts than the case has. */
function decided(command: string, facts: (facts: Facts) => Facts): Planted {
  return system(({ decider }) => ({
    decider: {
      ...decider,
      decisions: decider.decisions.map((row) =>
        row.command.name === command
          ? {
              ...row,
              decide: (asked, state, context) => row.decide(asked, { ...state, facts: facts(state.facts) }, context),
            }
          : row,
      ),
    },
  }));
}
