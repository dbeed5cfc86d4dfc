import type { Marked, Recorded } from '#libs/kernel';
import type { CalendarFact, CalendarNotice, EditionFact, RulePack } from '#libs/law';

/** 〔密封〕: a value that nobody opened for this reader. */
const word = (value: Marked): string =>
  typeof value === 'string' ? value.trim().replace(/[。．.；;，,！!]+$/u, '') : '〔密封〕';
const because = (reason: Marked | undefined): string => (reason === undefined ? '' : `，理由是${word(reason)}`);

/** 一份放假通知 in a clause. */
export const noticeClause = ({ title, documentNumber, date, holidays, worked, replaces }: CalendarNotice): string =>
  `《${title}》（${documentNumber}，${date}；放假${holidays.length}天，调休上班${worked.length}天` +
  `${replaces === undefined ? '' : `；替代${replaces}`}）`;

/** 一个规则包版次 in a clause. */
export function packClause({ pack, instrument, effectiveFrom, effectiveTo, edition }: RulePack): string {
  const from = effectiveFrom === undefined ? '尚无施行日期' : `自${effectiveFrom}起施行`;
  return `规则包 ${pack}《${instrument}》${from}${effectiveTo === undefined ? '' : `、至${effectiveTo}止`}的第${edition}版`;
}

export function calendarSentence({ type, data }: Recorded<CalendarFact>): string {
  switch (type) {
    case 'CalendarPublished':
      return `随程序发布工作日历（${data.calendar.version}）。`;
    case 'CalendarNoticeRequested':
      return `申请将${noticeClause(data.notice)}入账${because(data.reason)}。`;
    case 'CalendarNoticeApproved':
      return '准予放假通知入账。';
    case 'CalendarNoticeRefused':
      return `放假通知不予入账${because(data.reason)}。`;
  }
}

export function editionSentence({ type, data }: Recorded<EditionFact>): string {
  switch (type) {
    case 'RulePackPublished':
      return `随程序发布${packClause(data.pack)}。`;
    case 'RulePackEditionRequested':
      return `申请发布${packClause(data.pack)}${because(data.reason)}。`;
    case 'RulePackEditionApproved':
      return '准予发布。';
    case 'RulePackEditionRefused':
      return `不予发布${because(data.reason)}。`;
  }
}
