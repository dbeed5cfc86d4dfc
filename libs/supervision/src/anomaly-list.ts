import { addDays, type Json, type Names, type Row } from '#libs/kernel';
import { noFile, type SupervisionFile } from './file-state.js';
import type { AnomaliesQuery } from './queries.js';
import { anomalyText } from './texts.js';

/** What an anomaly must have to be listed, by the columns of its view. */
export function anomaliesWhere({ organ, case: supervisedCase, state, from, to, ...query }: AnomaliesQuery) {
  const { status, colour, kind, rule } = query;
  const equal = { status, colour, kind, rule, organ, supervised_case: supervisedCase };
  const given = Object.entries(equal).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(given),
    ...(state === undefined ? {} : { open: state === 'open' ? 1 : 0 }),
    ...(from === undefined && to === undefined
      ? {}
      : { since: { ...(from && { from }), ...(to && { before: addDays(to, 1) }) } }),
  };
}

/** One anomaly of the list. */
export function anomalyTold(row: Row, names: Names): object {
  // What the view put there is part of a file's state, as JSON.
  const file = { ...noFile, ...(row.standing as unknown as Pick<SupervisionFile, 'issued' | 'anomalies'>) };
  const [anomaly] = file.anomalies;
  const { colour, due } = row;
  return {
    file: row.case,
    anomaly: row.anomaly,
    supervised: { category: row.supervised_category, case: row.supervised_case } as Json,
    // None where it is for neither side alone.
    organ: row.holder,
    kind: row.kind,
    ...(colour === null ? {} : { colour }),
    rule: row.rule,
    ...(due === null ? {} : { due, provisional: row.provisional === 1 }),
    status: row.status,
    open: row.open === 1,
    since: row.since,
    says: anomaly ? anomalyText(file, anomaly, names) : '',
  };
}
