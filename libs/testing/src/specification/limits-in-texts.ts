import type { ClockRule } from '#libs/law';

/*
 * 条文与规则包: every clock of every shipped pack, as it was read from the articles themselves, by hand and without the
 * packs: what starts and stops it, who owes the act, how long, and what extends or suspends it.
 */

type Limit = readonly [when: string, unit: string, rule: string, article: string, number?: number];
export interface Read {
  readonly clock: string;
  readonly runs: readonly [starts: string, stops: string];
  /** Who owes the act. */
  readonly holder: string;
  readonly limits: readonly Limit[];
  /** A reading beside the number: 立即 behind it, or days in which nothing is said. */
  readonly readings?: Readonly<Record<string, object>>;
  readonly extension?: ClockRule['extension'];
}

const read = (
  clock: string,
  [starts, stops, holder]: readonly [starts: string, stops: string, holder: string],
  limits: readonly Limit[],
  more: Pick<Read, 'readings' | 'extension'> = {},
): Read => ({ clock, runs: [starts, stops], holder, limits, ...more });

const XM_16 = '第十六条第二款';
const TASK = '三（二）“联合执法义务”';
const MEETING = '四（二）“健全联席会议制度”';
const HELP = '三（三）“协助执法义务”';
const ARCHIVE = '四（一）“执法档案信息共享”第二段';
const FIRST = '四（二）“健全案件首接负责制度”';

export const TEXTS: Readonly<Record<string, readonly Read[]>> = {
  'XM assistance': [
    // 提供的最长期限: from receipt (art. 2: 收到…请求) to help, or to the notice of article 6 that none can be given.
    read(
      'provide',
      ['delivered', 'answered', 'requested'],
      [
        ['specialClass', 'workingDay', 'XM-16-5', XM_16, 20],
        ['always', 'workingDay', 'XM-16-4', XM_16, 10],
      ],
      { extension: { days: 10, unit: 'workingDay', maxCount: 1, rule: 'XM-16-6' } },
    ),
    read(
      'request',
      ['obstacleMet', 'requested', 'requesting'],
      [['always', 'workingDay', 'XM-16-1', '第十六条第一款', 10]],
    ),
    read('onSpot', ['delivered', 'provided', 'requested'], [['onSpotPossible', 'immediate', 'XM-16-2', XM_16]]),
  ],
  'CQ jointEnforcement': [
    // 按时完成: the joint duty of all; the lead's own task beside that of whoever takes part.
    read(
      'task',
      ['taskDate', 'taskCompleted', 'cooperating'],
      [['taskDateSet', 'taskDate', 'CQ-3.2-7', `三（二）“配合行政机关职责”、“联合执法义务”第一段`]],
    ),
    read(
      'leadTask',
      ['leadTaskDate', 'leadTaskCompleted', 'lead'],
      [['leadTaskDateSet', 'taskDate', 'CQ-3.2-14', `${TASK}第一段`]],
    ),
    read(
      'taskReport',
      ['taskDate', 'completionReported', 'cooperating'],
      [['taskDateSet', 'workingDay', 'CQ-3.2-8', `${TASK}第二段`, 5]],
    ),
    read(
      'causeExplained',
      ['statutoryCauseArose', 'statutoryCauseExplained', 'cooperating'],
      [['always', 'promptly', 'CQ-3.2-9', `${TASK}第三段`]],
    ),
    read(
      'meetingNotice',
      ['meetingDate', 'meetingNoticeDelivered', 'organiser'],
      [['always', 'workingDaysBefore', 'CQ-4.2-2', `${MEETING}第三段`, 5]],
    ),
    read(
      'meetingSlip',
      ['meetingDate', 'meetingSlipDelivered', 'participant'],
      [['always', 'workingDaysBefore', 'CQ-4.2-3', `${MEETING}第三段`, 2]],
    ),
    read(
      'minutesCopied',
      ['minutesIssued', 'minutesCopied', 'organiser'],
      [['always', 'sameDay', 'CQ-4.2-5', `${MEETING}第四段`]],
    ),
    read(
      'minutesTask',
      ['minutesTaskDate', 'minutesTaskCompleted', 'participant'],
      [['minutesTaskDateSet', 'taskDate', 'CQ-4.2-24', `${MEETING}第四段`]],
    ),
  ],
  'CQ enforcementAssistance': [
    read('reply', ['letterReceived', 'replied', 'assisting'], [['always', 'promptly', 'CQ-3.3-9', `${HELP}第二段`]]),
    // 立即 runs from receipt, before any reply; otherwise from the day of the reply that agrees.
    read(
      'urgentStart',
      ['received', 'assistanceStarted', 'assisting'],
      [['urgent', 'immediate', 'CQ-3.3-10', `${HELP}第三段`]],
    ),
    read(
      'start',
      ['agreed', 'assistanceStarted', 'assisting'],
      [['notUrgent', 'sameDay', 'CQ-3.3-11', `${HELP}第三段`]],
      {
        readings: { notUrgent: { graceDays: 1 } },
      },
    ),
    read(
      'information',
      ['informationAsked', 'informationSupplied', 'assisting'],
      [['always', 'promptly', 'CQ-3.3-7', '三（三）“协助行政机关职责”']],
    ),
  ],
  'CQ informationSharing': [
    read(
      'upload',
      ['recordMade', 'recordUploaded', 'informationHolder'],
      [['always', 'promptly', 'CQ-4.1-3', ARCHIVE]],
    ),
    // 自接到查询请求之日起: from receipt, though it is authenticated first.
    read(
      'query',
      ['queryReceived', 'queryServed', 'informationHolder'],
      [
        ['especiallyUrgent', 'immediate', 'CQ-4.1-5', ARCHIVE],
        ['always', 'workingDay', 'CQ-4.1-4', ARCHIVE, 5],
      ],
    ),
  ],
  'CQ transfers': [
    read(
      'transfer',
      ['noJurisdictionFound', 'transferred', 'caseHolder'],
      [
        ['heldFromOutside', 'workingDay', 'CQ-4.2-6', '四（二）“健全行政违法案件移送制度”第一段', 2],
        ['always', 'workingDay', 'CQ-4.2-6', '四（二）“健全行政违法案件移送制度”第一段', 2],
      ],
      { readings: { heldFromOutside: { backstop: true } } },
    ),
    read(
      'onward',
      ['noJurisdictionFound', 'transferred', 'caseHolder'],
      [['heldFromOutside', 'immediate', 'CQ-4.2-15', `${FIRST}第三段`]],
    ),
    read(
      'handling',
      ['jurisdictionConfirmed', 'handlingStarted', 'caseHolder'],
      [['always', 'immediate', 'CQ-4.2-13', `${FIRST}第二段`]],
    ),
  ],
  'GZ informationSharing': [
    // 立即告知 binds townships alone; whom they tell looks into it 及时. A county agency only has to tell.
    read(
      'inform',
      ['violationFound', 'agencyInformed', 'township'],
      [['foundByTownship', 'immediate', 'GZ-2-1-2-2', '二（一）2']],
    ),
    read(
      'investigate',
      ['agencyInformed', 'investigationStarted', 'informedAgency'],
      [['foundByTownship', 'promptly', 'GZ-2-1-2-3', '二（一）2']],
    ),
    read(
      'share',
      ['shareableArose', 'informationShared', 'provider'],
      [['always', 'promptly', 'GZ-2-1-0-1', '二（一）']],
    ),
  ],
  'GZ complaints': [
    read(
      'handling',
      ['complaintReceived', 'complaintHandled', 'receivingAgency'],
      [['always', 'promptly', 'GZ-2-1-3-1', '二（一）3']],
    ),
    read(
      'forwarding',
      ['complaintRegistered', 'complaintForwarded', 'receivingAgency'],
      [['foreign', 'promptly', 'GZ-2-1-3-4', '二（一）3']],
    ),
  ],
  'GZ transfers': [
    read(
      'transfer',
      ['jurisdictionFound', 'transferred', 'transferor'],
      [
        ['fromTownship', 'promptly', 'GZ-2-2-1-1', '二（二）1'],
        ['fromCountyAgency', 'promptly', 'GZ-2-2-1-2', '二（二）1'],
      ],
    ),
    read(
      'filingDecision',
      ['materialsReceived', 'filingDecided', 'transferee'],
      [['always', 'promptly', 'GZ-2-2-2-6', '二（二）2']],
    ),
    read(
      'filing',
      ['jurisdictionSettled', 'caseFiled', 'transferee'],
      [['caseNotRefused', 'promptly', 'GZ-2-2-4-1', '二（二）4']],
    ),
    // 在法定期限内办理完毕: the day another law sets for the case.
    read(
      'conclude',
      ['statutoryDate', 'concluded', 'transferee'],
      [['statutoryDateSet', 'taskDate', 'GZ-2-2-4-2', '二（二）4']],
    ),
  ],
  'GZ enforcementAssistance': [
    read(
      'refusalNotice',
      ['requested', 'refusalNotified', 'requested'],
      [['refused', 'promptly', 'GZ-2-4-0-4', '二（四）']],
    ),
  ],
  'GZ guidance': [
    read(
      'visit',
      ['delegated', 'visited', 'countyAgency'],
      [['delegationInvolved', 'countPerYear', 'GZ-2-5-0-2', '二（五）', 1]],
    ),
  ],
  'QZ enforcementSupervision': [
    read(
      'rectify',
      ['rectifyDate', 'rectified', 'supervised'],
      [['rectifyDateSet', 'taskDate', 'QZ-16-2', '第十六条']],
    ),
  ],
  'PW catalogue': [
    // 市级行政执法部门 declares before effect, 市政府法制办 answers from receipt.
    read(
      'declare',
      ['normEffective', 'declared', 'cityAgency'],
      [['normChangedByCityAgency', 'window', 'PW-9-5-0-1', '九（五）', 15]],
    ),
    read(
      'review',
      ['declarationReceived', 'reviewAnswered', 'legalOffice'],
      [['always', 'workingDay', 'PW-9-5-0-2', '九（五）', 10]],
    ),
  ],
  'PW onlineRunning': [
    read(
      'entry',
      ['enforcedOnSite', 'matterEntered', 'enforcementAgency'],
      [['penaltyEnforcedOnSite', 'workingDay', 'PW-10-2-2-2', '十（二）2', 1]],
    ),
    read(
      'report',
      ['dataProduced', 'dataReported', 'enforcementAgency'],
      [['always', 'workingDay', 'PW-10-2-2-4', '十（二）2', 3]],
    ),
  ],
  'PW complaints': [
    // 各相关行政执法部门、市效能办: whichever of the two it was given to.
    read(
      'consultation',
      ['inquiryReceived', 'consultationReplied', 'assigned'],
      [['consultation', 'workingDay', 'PW-10-2-6-1', '十（二）6', 3]],
    ),
    read(
      'complaint',
      ['complaintReceived', 'complaintAnswered', 'assigned'],
      [['complaint', 'workingDay', 'PW-10-2-6-3', '十（二）6', 10]],
    ),
  ],
};
