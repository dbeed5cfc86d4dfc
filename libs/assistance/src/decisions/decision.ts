import type { By, Command, Context, Uuid } from '#libs/kernel';
import type { LawBook } from '#libs/law';
import { assertBy } from '../admission.js';
import type { AssistanceCase, AssistanceFactType, DataOf } from '../case-state.js';
import { recording } from '../judged.js';
import { refusal } from '../refusals.js';
import { said } from '../said.js';

export type Case = AssistanceCase;
export type Asked = Context<LawBook>;

/**
 * The decision of an act that is recorded as it was said, its performer being registered: nothing else is asked of it.
 * The command says exactly the fact's data.
 */
export const simply =
  <T extends AssistanceFactType>(type: T) =>
  <C extends Command & { readonly by?: By }>(command: C, state: Case, context: Asked) => {
    assertBy(command.by, context);
    // The fields a command declares are the data of its fact; the two classes of types do not know each other.
    const data = said(command) as unknown as DataOf[T];
    return recording({ type, occurredAt: command.occurredAt, data }, state, context);
  };

/** The organ recorded for. @throws Refusal when the recorder acts for none. */
export function recorderOrgan({ recorder }: Asked): Uuid {
  if (recorder.organ === undefined) throw refusal('UNKNOWN_ORGAN', { kind: 'notEntitled' });
  return recorder.organ;
}
