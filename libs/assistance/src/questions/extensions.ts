import { asked, OneOf, Optional, DaysQuery, type Flag, type Names, type Row, type Uuid } from '#libs/kernel';
import { flagText } from '../flag-texts.js';
import { day, EXTENSIONS, id, ids, is, present, text, textOf, where, whole, within, wordsOf, yesNo } from './parts.js';

const FAULTS = ['notEntitled', 'late', 'unfiled'] as const;
type Fault = (typeof FAULTS)[number];

class ExtensionsQuery extends DaysQuery {
  @Optional() @OneOf('问题', FAULTS) fault?: Fault;
}

const flagged = (code: string): string => `strpos(' ' || e.faults || ' ', ' ${code} ') > 0`;

/** How each is seen: what the approval's flags say, and of one that is to be filed, that no filing names it by then. */
const CONDITIONS: Readonly<Record<Fault, (instant: string) => string>> = {
  notEntitled: () => flagged('extensionNotEntitled'),
  late: () => flagged('extensionLate'),
  unfiled: (instant) => `e.filing_owed = 1 AND (e.filed_from IS NULL OR e.filed_from > ${instant})`,
};

/** 延长的问题: without an entitled approver, approved after the due day, or never filed; by the day of approval. */
export const extensionFaults = asked({
  name: 'extensions',
  asks: '哪些延长没有经有权的负责人批准，是在届满之后批准的，或者从未报送备案？',
  restsOn: { clocks: ['provide'], checks: ['extensionFiled'] },
  query: ExtensionsQuery,
  columns: {
    case: 'text',
    key: 'text',
    organ: 'text',
    on_day: 'text',
    approver: 'text',
    approver_organ: 'text',
    approver_post: 'text',
    days: 'integer',
    effective: 'integer',
    faults: 'text',
    fault_values: 'json',
    filed_on: 'text',
    filing: 'text',
    not_entitled: 'integer',
    late: 'integer',
    unfiled: 'integer',
  },
  rows: ({ organ, from, to, fault }, { asOf }, sql) => {
    const now = sql.bound(asOf);
    const filed = (cell: string): string => `CASE WHEN e.filed_from <= ${now} THEN ${cell} END`;
    const one = (of: Fault): string => `(${CONDITIONS[of](now)})`;
    return `SELECT e."case", e.event AS key, e.organ, e.on_day, e.approver, e.approver_organ, e.approver_post, e.days, e.effective,
        e.faults, e.fault_values, ${filed('e.filed_on')} AS filed_on, ${filed('e.filing')} AS filing, ${one('notEntitled')}::int AS not_entitled, ${one('late')}::int AS late,
        ${one('unfiled')}::int AS unfiled
      FROM ${sql.table(EXTENSIONS)} e ${where([
        fault ? one(fault) : `(${FAULTS.map(one).join(' OR ')})`,
        is('e.organ', organ, sql),
        within('e.on_day', { from, to }, sql),
      ])}`;
  },
  told: (row, _moment, names) => {
    const faults = [
      ...(row.not_entitled === 1 ? ['notEntitled'] : []),
      ...(row.late === 1 ? ['late'] : []),
      ...(row.unfiled === 1 ? ['unfiled'] : []),
    ];
    return present({
      organ: row.organ,
      on: row.on_day,
      approver: { person: row.approver, organ: row.approver_organ, post: row.approver_post },
      days: row.days,
      counted: row.effective === 1,
      filedOn: row.filed_on,
      faults,
      events: [row.key, row.filing].filter((event) => event !== null),
      says: saidOf(row, faults, names),
    });
  },
  answers: {
    properties: {
      organ: id,
      on: { ...day, description: '批准之日' },
      approver: {
        type: 'object',
        properties: { person: id, organ: id, post: text },
        required: ['person', 'organ', 'post'],
      },
      days: whole,
      counted: { ...yesNo, description: '是否计入期限' },
      filedOn: day,
      faults: { type: 'array', items: { type: 'string', enum: FAULTS } },
      events: ids,
    },
    required: ['organ', 'on', 'approver', 'counted', 'faults', 'events'],
  },
  totals: { by: ['organ'], sums: ['not_entitled', 'late', 'unfiled'] },
});

function saidOf(row: Row, faults: readonly string[], names: Names): string {
  const id = (cell: unknown): Uuid => textOf(cell) as Uuid;
  // What the view put there, as JSON: the values of each flag, in the order of the codes.
  const values = row.fault_values as unknown as readonly NonNullable<Flag['values']>[];
  const flags = wordsOf(row.faults);
  return [
    `${names.organ(id(row.organ))}：${textOf(row.on_day)}由${names.organ(id(row.approver_organ))}${textOf(row.approver_post)}`,
    `${names.person(id(row.approver))}批准的延长。`,
    ...flags.map((code, index) => flagText({ code, values: values[index] ?? {} }, names)),
    ...(faults.includes('unfiled') ? ['未见报送备案的记录。'] : []),
  ].join('');
}
