import {
  anything,
  day,
  id,
  list,
  mode,
  moment,
  number,
  object,
  occurrence,
  position,
  says,
  text,
} from './schema-parts.js';

const step = object({ person: text, organ: text, occurredAt: occurrence, recordedAt: moment }, ['organ']);
const asked = {
  request: id,
  status: { type: 'string', enum: ['pending', 'approved', 'refused'] },
  ...says,
  reason: text,
  requestedBy: step,
  decision: object({ outcome: text, by: step, reason: text }, ['reason']),
};
const undecided = ['reason', 'decision'] as const;
/** Of a stream of law: the revision that is shown. */
const shown = { ...mode, ...position, revision: number };
const cited = object({ source: text, title: text, documentNumber: text, date: day });
const edition = {
  label: { ...text, description: '规则包@施行日期#版次，事实的依据如此指称' },
  pack: text,
  instrument: text,
  documentNumber: text,
  effectiveFrom: day,
  effectiveTo: day,
  edition: number,
  digest: text,
};
const undated = ['documentNumber', 'effectiveFrom', 'effectiveTo'] as const;
const holidays = list(object({ on: day, name: text, weekday: text }, ['weekday']));
const notice = object(
  {
    source: text,
    title: text,
    documentNumber: text,
    date: day,
    year: number,
    holidays,
    worked: list(object({ on: day, weekday: text })),
    replaces: text,
  },
  ['replaces'],
);

/** The answers about law data: calendar, notices, packs. */
export const LAW_SCHEMAS = {
  LawCalendar: object(
    {
      ...shown,
      version: text,
      source: text,
      years: list(object({ year: number, ...says, holidays: number, worked: number, notice: cited }, ['notice'])),
    },
    ['mode'],
  ),
  LawCalendarYear: object(
    {
      ...shown,
      year: number,
      provisional: { type: 'boolean', description: '尚无放假通知：只按周末和法定节假日推算，日期为暂定' },
      ...says,
      holidays: list(
        object({ on: day, name: text, statute: { ...text, description: '法定节假日所依据的条款；放假调休的没有' } }, [
          'statute',
        ]),
      ),
      worked: list(day),
      notice: cited,
    },
    ['mode', 'notice'],
  ),
  CalendarNoticeList: object({ ...shown, requests: list(object({ ...asked, notice }, undecided)) }, ['mode']),
  CalendarNotice: object({ ...shown, ...asked, notice }, ['mode', ...undecided]),
  LawPackList: object({
    ...position,
    editions: list(object(edition, undated)),
    pending: list(object({ request: id, ...says, ...edition }, undated)),
  }),
  LawPack: object(
    {
      ...shown,
      editions: list(object(edition, undated)),
      requests: list(object({ ...asked, ...edition }, [...undated, ...undecided])),
    },
    ['mode'],
  ),
  LawPackEdition: object({ ...shown, ...asked, ...edition, content: anything }, ['mode', ...undated, ...undecided]),
};
