/** 游标无效: it is none, or not one of this list. */
export class CursorMalformed extends RangeError {
  override readonly name = 'CursorMalformed';
}

/**
 * 查询出错: the database answered, and what it refused is the statement: the program is at fault, and asking again changes
 * nothing. What the database says may quote values, and values may be personal data: only of names is its sentence kept.
 */
export class QueryFailed extends Error {
  override readonly name = 'QueryFailed';
  constructor(
    /** SQLSTATE. */
    readonly sqlState: string,
    said: string,
  ) {
    super(`SQLSTATE ${sqlState}${said}`);
  }
}

/** What `pg` tells of an error that the database answered with. */
interface Answered {
  readonly code: string;
  readonly message: string;
  readonly routine?: unknown;
  readonly position?: unknown;
}

/** Not supported, wrong number of rows, wrong values, wrong names: classes of SQLSTATE that no waiting mends. */
const OF_STATEMENT = /^(0A|21|22|42)/;
/** Its sentences quote the names and types of the statement, which no person said. */
const OF_NAMES = /^42/;
/** The tables have not been made yet; the account has no right to them. */
const OF_DATABASE = ['42P01', '42501'];

/**
 * The failure of the statement that `error` tells of; undefined where the database is not there, or not ready for it.
 * @param tablesStand the tables were seen to stand: then one that is missing is the statement's fault as well.
 */
export function queryFailure(error: unknown, tablesStand = false): QueryFailed | undefined {
  if (error instanceof QueryFailed) return error;
  if (!isAnswered(error) || !OF_STATEMENT.test(error.code)) return undefined;
  if (OF_DATABASE.includes(error.code) && !(tablesStand && error.code === '42P01')) return undefined;
  const { code, message, routine, position } = error;
  const where = [
    ...(typeof routine === 'string' ? [routine] : []),
    ...(typeof position === 'string' ? [`at character ${position}`] : []),
  ].join(' ');
  return new QueryFailed(code, `${OF_NAMES.test(code) ? `: ${message}` : ''}${where === '' ? '' : ` (${where})`}`);
}

const isAnswered = (error: unknown): error is Answered =>
  error instanceof Error &&
  typeof (error as Partial<Answered>).code === 'string' &&
  /^[0-9A-Z]{5}$/.test((error as Partial<Answered>).code ?? '');
