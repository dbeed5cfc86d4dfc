import type { Json } from '#libs/kernel';
import {
  packLabel,
  statutoryDays,
  yearSource,
  type Asked,
  type AskedLaw,
  type AskedStep,
  type Calendar,
  type CalendarNotice,
  type CalendarShelf,
  type EditionShelf,
  type OrganRegister,
  type PackEdition,
  type StatutoryDay,
} from '#libs/law';
import { noticeClause, packClause } from './sentences.js';

/** 工作日历, year by year. */
export const calendarPage = ({ calendar }: CalendarShelf): object => ({
  version: calendar.version,
  source: calendar.source,
  years: calendar.years.map(({ year, holidays, worked, notice }) => ({
    year,
    says: yearSource(calendar, year),
    holidays: holidays.length,
    worked: worked.length,
    ...(notice ? { notice } : {}),
  })),
});

/**
 * One year, day by day, with the provision behind each statutory holiday. A year without a notice is provisional: off are
 * those holidays alone, and the weekends.
 */
export function yearPage(calendar: Calendar, year: number): object {
  const listed = calendar.years.find((one) => one.year === year);
  const statutory = calendar.statute && statutoryDays(calendar.statute, year);
  const off = listed?.holidays ?? [...(statutory ?? [])].map(([on, { name }]) => ({ on, name })).toSorted(byDay);
  return {
    year,
    provisional: listed === undefined,
    says: yearSource(calendar, year),
    holidays: off.map(({ on, name }) => ({ on, name, ...provisionOf(statutory?.get(on)) })),
    worked: listed?.worked ?? [],
    ...(listed?.notice ? { notice: listed.notice } : {}),
  };
}

const byDay = (a: { readonly on: string }, b: { readonly on: string }): number => (a.on < b.on ? -1 : 1);

const provisionOf = (day: StatutoryDay | undefined): object => (day ? { statute: day.statute } : {});

/** 申请 of notices, newest first. */
export const noticesPage = ({ requests }: CalendarShelf, register: OrganRegister): object => ({
  requests: newestFirst(requests).map((asked) => noticePage(asked, register)),
});

export const noticePage = (asked: Asked<CalendarNotice>, register: OrganRegister): object => ({
  ...told(asked, register),
  says: noticeClause(asked.what),
  notice: asked.what,
});

/** 规则包 of one code: the editions in hand, and what was asked, newest first. */
export const packPage = ({ editions, requests }: EditionShelf, register: OrganRegister): object => ({
  editions: editions.map(editionLine),
  requests: newestFirst(requests).map((asked) => ({
    ...told(asked, register),
    says: packClause(asked.what.pack),
    ...editionLine(asked.what),
  })),
});

/** 在手的规则包 of every code, with what waits for a decision. Reasons are told where one request is asked for. */
export const packsPage = ({ editions, requests }: EditionShelf): object => ({
  editions: editions.map(editionLine),
  pending: newestFirst(requests)
    .filter(({ decision }) => decision === undefined)
    .map(({ event, what }) => ({ request: event, says: packClause(what.pack), ...editionLine(what) })),
});

/** A request with the whole content of the edition. */
export const editionRequestPage = (asked: Asked<PackEdition>, register: OrganRegister): object => ({
  ...told(asked, register),
  says: packClause(asked.what.pack),
  ...editionLine(asked.what),
  // A pack is stored JSON, though its interface does not say so.
  content: asked.what.pack as unknown as Json,
});

export const editionLine = (held: PackEdition): object => {
  const { pack, instrument, documentNumber, effectiveFrom, effectiveTo, edition } = held.pack;
  const known = Object.entries({ documentNumber, effectiveFrom, effectiveTo }).filter(
    ([, value]) => value !== undefined,
  );
  const of = { pack, instrument, ...Object.fromEntries(known), edition };
  return { label: packLabel(held), ...of, digest: held.digest };
};

const newestFirst = <What>(requests: AskedLaw<What>): readonly Asked<What>[] => [...requests.values()].reverse();

function told(asked: Asked<unknown>, { persons, organs }: OrganRegister): object {
  const step = ({ recorder, occurredAt, recordedAt }: AskedStep): object => ({
    person: persons.get(recorder.person)?.name ?? recorder.person,
    ...(recorder.organ ? { organ: organs.get(recorder.organ)?.name ?? recorder.organ } : {}),
    occurredAt,
    recordedAt,
  });
  const { event, decision, reason } = asked;
  const reasoned = (value: AskedStep['reason']): object => (value === undefined ? {} : { reason: value });
  return {
    request: event,
    status: decision?.outcome ?? 'pending',
    ...reasoned(reason),
    requestedBy: step(asked),
    ...(decision ? { decision: { outcome: decision.outcome, by: step(decision), ...reasoned(decision.reason) } } : {}),
  };
}
