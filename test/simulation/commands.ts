import * as commands from '#libs/assistance';
import type { CommandType } from '#libs/kernel';
import type { Kind } from './naive/acts.js';
import type { Played } from './stage.js';

/** The command each act is, and where it is posted below the case. */
const COMMANDS: Readonly<Record<Kind, readonly [command: CommandType, path: string]>> = {
  obstacle: [commands.NoteObstacle, 'obstacles'],
  forgoing: [commands.ForgoRequest, 'forgoing'],
  request: [commands.RequestAssistance, 'requests'],
  formalities: [commands.MakeUpFormalities, 'formalities'],
  materials: [commands.HandOverMaterials, 'materials'],
  delivery: [commands.RecordDelivery, 'receipts'],
  confirmation: [commands.ConfirmReceipt, 'confirmations'],
  acceptance: [commands.AcceptRequest, 'acceptances'],
  classDispute: [commands.DisputeClass, 'class-disputes'],
  classDecision: [commands.DecideClass, 'class-decisions'],
  step: [commands.RecordStep, 'steps'],
  extension: [commands.ApproveExtension, 'extensions'],
  filing: [commands.FileExtension, 'filings'],
  provision: [commands.ProvideAssistance, 'provisions'],
  feedback: [commands.GiveFeedback, 'feedback'],
  inability: [commands.NotifyInability, 'inability-notices'],
  return: [commands.ReturnMaterials, 'returns'],
  noMaterials: [commands.DeclareNoMaterials, 'no-materials'],
  entry: [commands.EnterRegister, 'register-entries'],
  closure: [commands.CloseCase, 'closure'],
  archive: [commands.ArchiveCase, 'archives'],
  regime: [commands.ActivateEmergencyRegime, 'emergency-regimes'],
  regimeEnd: [commands.EndEmergencyRegime, 'emergency-regime-ends'],
  assessment: [commands.AssessRule, 'assessments'],
};

/** The command classes that are played. */
export const PLAYED: readonly CommandType[] = Object.values(COMMANDS).map(([command]) => command);

export const pathOf = (kind: Kind): string => COMMANDS[kind][1];

/** The command of an act with what it says, and the row of the decision table that takes it. */
export function commandOf({ decider }: Played, kind: Kind, said: object) {
  const [type] = COMMANDS[kind];
  const row = decider.decisions.find(({ command }) => command === type);
  if (!row) throw new Error(`no decision takes ${type.name}`);
  return { command: Object.assign(new type(), said), row };
}
