import { addDays, type LegalDate, type Names, type Row, type Uuid } from '#libs/kernel';
import type { SampleStatus } from './sample-state.js';
import { statusWords } from './sentences.js';

/** What a sample must have to be listed, by the columns of its view. */
export const samplesWhere = (asked: {
  readonly status?: SampleStatus;
  readonly category?: string;
  readonly from?: LegalDate;
  readonly to?: LegalDate;
}) => {
  const { status, category, from, to } = asked;
  return {
    ...(status === undefined ? {} : { status }),
    ...(category === undefined ? {} : { sampled_category: category }),
    ...(from === undefined && to === undefined
      ? {}
      : { fixed_on: { ...(from && { from }), ...(to && { before: addDays(to, 1) }) } }),
  };
};

/** One sample of the list. */
export const sampleTold = (row: Row, names: Names): object => ({
  sample: row.case,
  office: row.requesting,
  category: row.sampled_category,
  from: row.from_on,
  to: row.to_on,
  fixedOn: row.fixed_on,
  ...(row.drawn_on === null ? {} : { drawnOn: row.drawn_on }),
  status: row.status,
  count: row.frame_count,
  size: row.size,
  unchecked: row.unchecked_count,
  says: `${names.organ(row.requesting as Uuid)}抽查：总体${Number(row.frame_count)}件，${statusWords[row.status as SampleStatus]}。`,
});
