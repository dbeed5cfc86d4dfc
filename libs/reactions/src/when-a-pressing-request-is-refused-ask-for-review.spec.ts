import { RequestReview, type AssistanceFact } from '#libs/assistance';
import { instant, type Recorded } from '#libs/kernel';
import { law, requested, scene, unable } from '../../testing/src/specification/assistance-cases.js';
import { recordedAs, type Happened } from '../../testing/src/specification/index.js';
import { whenAPressingRequestIsRefusedAskForReview as reaction } from './index.js';

/** What the reaction asks for at the last of these facts. */
function asked(...facts: readonly Happened<AssistanceFact>[]): object | undefined {
  const recorded = recordedAs<AssistanceFact>(facts, scene);
  const evolve = reaction.remembers?.evolve as Readonly<Record<string, (state: unknown, fact: Recorded) => unknown>>;
  const state = (recorded as readonly Recorded[]).reduce(
    (so, fact) => evolve[fact.type]?.(so, fact) ?? so,
    reaction.remembers?.initial,
  );
  const last = recorded.at(-1) as Recorded;
  expect(last.type).toBe(reaction.when);
  return reaction.then(last, state, law);
}

const pressing = (code: string) => requested('2026-09-17', { grounds: [{ code }] });
const refused = unable('2026-09-21');

it.each(['XM-10-1', 'XM-10-2', 'XM-11-3'])('asks for a review of the notice where the request rests on %s', (code) => {
  const review = asked(pressing(code), refused);
  expect(review).toBeInstanceOf(RequestReview);
  expect(review).toMatchObject({
    occurredAt: { at: instant('2026-12-31T00:00:00Z') },
    about: recordedAs<AssistanceFact>([pressing(code), refused], scene)[1]?.id,
  });
});

it.each(['XM-9-2', 'XM-10-3', 'XM-11-1'])('asks for nothing where it rests on %s', (code) => {
  expect(asked(pressing(code), refused)).toBeUndefined();
});

it('asks for nothing where only the manner or the date cannot be met, or no law governs the case', () => {
  for (const kind of ['manner', 'date'] as const)
    expect(asked(pressing('XM-10-1'), unable('2026-09-21', { kind }))).toBeUndefined();
  expect(asked(refused)).toBeUndefined();
});
