import type { AnomalyKind, Flag } from '#libs/kernel';
import type { FlagCode } from './flag-texts.js';

/** 信息完整性: flags of what the records do not show. */
const COMPLETENESS: readonly FlagCode[] = [
  'noFunctionMatch',
  'noDuration',
  'groundUnexplained',
  'noLegalBasis',
  'noGround',
  'noDocumentNumber',
  'emergencyIncomplete',
  'regimePlanUnknown',
  'acceptorNotNamed',
  'handlerNotNamed',
  'signatoryUnknown',
  'feedbackIncomplete',
  'feedbackUnnumbered',
  'inabilityUnwritten',
  'inabilityUnreasoned',
  'inabilityUncoded',
  'causeUnexplained',
  'breachNotCited',
  'registerLacks',
  'registerDiffers',
  'closedUnregistered',
];

/** 其他: what is open by the text or contradicts itself, so that only a person can tell what it is. */
const OTHER: readonly FlagCode[] = [
  'openEmergency',
  'openCause',
  'startContested',
  'startUnknown',
  'stopRecordedLate',
  'extensionRecordedLate',
  'stoppedInParts',
  'classDisputed',
  'classDecided',
  'classCorrected',
  'dueCorrected',
  'stopCorrected',
  'limitShortenedPast',
  'regimeApplies',
  'afterRequestedDay',
  'pressingRefused',
  'returnedBeforeNotice',
  'outOfOrder',
  'afterClosure',
];

/** What kind of anomaly a flag points at; 流程合法性 where it is none of the others. Lateness is told by clocks alone. */
export function anomalyKind({ code }: Pick<Flag, 'code'>): AnomalyKind {
  if ((COMPLETENESS as readonly string[]).includes(code)) return 'completeness';
  return (OTHER as readonly string[]).includes(code) ? 'other' : 'process';
}
